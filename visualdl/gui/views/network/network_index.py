"""The network index: which link of the diagram stands for which weight, and which numbers a snapshot has for them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import Floats
from visualdl.training.values.run_state import Weights
from visualdl.training.values.topology import Topology


class NetworkIndex:
    """The links and biases of a network of this `topology`, numbered from the inputs on.

    Links are numbered from 0 on: layer by layer, and there by the neuron they come from.
    """

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        widths = np.array(topology.widths)
        self._starts = np.concatenate([[0], np.cumsum(widths[:-1] * widths[1:])])

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(self._starts[-1])

    def link_values(self, weights: Weights) -> Floats:
        """Return the numbers of all links, (links,)."""
        return np.concatenate([weights[weight].ravel() for weight, *_ in self.topology.tensors])

    def bias_values(self, weights: Weights) -> Floats:
        """Return the biases of all neurons after the inputs, (neurons,), layer by layer."""
        return np.concatenate([weights[bias] for _, bias, *_ in self.topology.tensors])

    def weight(self, link: int) -> ParameterIndex:
        """Return the place of a link's weight."""
        layer = int(np.searchsorted(self._starts, link, side="right"))
        source, target = divmod(link - int(self._starts[layer - 1]), self.topology.widths[layer])
        return self.topology.incoming(Neuron(layer, target), source)

    def link(self, place: ParameterIndex) -> int | None:
        """Return the link whose weight stands at a place; None if no link's does."""
        if place.kind != "weight" or not self.topology.has(place):
            return None
        source, target = self.topology.ends(place)
        return int(self._starts[source.layer]) + source.number * self.topology.widths[target.layer] + target.number

    def links_of(self, neuron: Neuron) -> NDArray[np.int64]:
        """Return the links that come from a neuron or lead to it."""
        found, widths = [], self.topology.widths
        if neuron.layer:
            start, width = int(self._starts[neuron.layer - 1]), widths[neuron.layer]
            found.append(start + neuron.number + width * np.arange(widths[neuron.layer - 1]))
        if neuron.layer < self.topology.last:
            start, width = int(self._starts[neuron.layer]), widths[neuron.layer + 1]
            found.append(start + neuron.number * width + np.arange(width))
        return np.concatenate(found)

    @cached_property
    def neurons_with_bias(self) -> tuple[Neuron, ...]:
        """All neurons after the inputs, in the order of `bias_values`."""
        widths = enumerate(self.topology.widths[1:], start=1)
        return tuple(Neuron(layer, number) for layer, width in widths for number in range(width))
