"""The anatomy of a network: which of a snapshot's numbers stand at which neuron, and between which two."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import Floats
from visualdl.training.values.run_state import Weights


class NetworkIndex:
    """The neurons and links of a network with these weights, from inputs of these names to outputs for `classes`.

    `shapes` are the names and shapes of the weight matrices, (inputs, outputs) each, from the input on; `widths` are
    the numbers of neurons of all layers, from the inputs to the outputs. The links are numbered from 0 on: matrix by
    matrix, row by row.
    """

    def __init__(self, weights: Weights, inputs: tuple[str, ...], classes: tuple[str, ...]) -> None:
        self.inputs, self.classes = inputs, classes
        self.shapes = {name: array.shape for name, array in weights.items() if _is_matrix(name, array)}
        self.biases = tuple(_bias_of(name) if _bias_of(name) in weights else None for name in self.shapes)
        shapes = list(self.shapes.values())
        self.widths: tuple[int, ...] = (shapes[0][0], *(shape[1] for shape in shapes))
        self._names = list(self.shapes)
        self._starts = np.concatenate([[0], np.cumsum([rows * columns for rows, columns in shapes])])

    def fits(self, weights: Weights, inputs: tuple[str, ...], classes: tuple[str, ...]) -> bool:
        """Say whether these weights, inputs and classes are those of such a network."""
        return (self.inputs, self.classes) == (inputs, classes) and self.shapes == {
            name: array.shape for name, array in weights.items() if _is_matrix(name, array)
        }

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(self._starts[-1])

    @property
    def last(self) -> int:
        """The layer of the outputs."""
        return len(self.widths) - 1

    def has(self, neuron: Neuron) -> bool:
        """Say whether there is such a neuron."""
        return 0 <= neuron.layer <= self.last and 0 <= neuron.number < self.widths[neuron.layer]

    def link_values(self, weights: Weights) -> Floats:
        """Return the numbers of all links, (links,)."""
        return np.concatenate([weights[name].ravel() for name in self._names])

    def bias_values(self, weights: Weights) -> Floats:
        """Return the biases of all neurons after the inputs, (neurons,), layer by layer; 0 where there is none."""
        parts = zip(self.biases, self.widths[1:], strict=True)
        return np.concatenate([np.zeros(width, np.float32) if name is None else weights[name] for name, width in parts])

    def weight(self, link: int) -> ParameterIndex:
        """Return the place of a link's weight."""
        matrix = int(np.searchsorted(self._starts, link, side="right")) - 1
        source, target = divmod(link - int(self._starts[matrix]), self.widths[matrix + 1])
        return ParameterIndex(self._names[matrix], (source, target))

    def link(self, place: ParameterIndex) -> int | None:
        """Return the link whose weight stands at a place; None if no link's does."""
        if place.name not in self.shapes or not _is_within(place.position, self.shapes[place.name]):
            return None
        matrix = self._names.index(place.name)
        source, target = place.position
        return int(self._starts[matrix]) + source * self.widths[matrix + 1] + target

    def bias(self, neuron: Neuron) -> ParameterIndex | None:
        """Return the place of a neuron's bias; None if it has none, as the inputs."""
        name = self.biases[neuron.layer - 1] if neuron.layer else None
        return ParameterIndex(name, (neuron.number,)) if name else None

    def incoming(self, neuron: Neuron, source: int) -> ParameterIndex | None:
        """Return the place of the weight from a neuron of the layer before; None for an input, which has no such."""
        return ParameterIndex(self._names[neuron.layer - 1], (source, neuron.number)) if neuron.layer else None

    def ends(self, place: ParameterIndex) -> tuple[Neuron | None, Neuron] | None:
        """Return from where to where a number leads: a weight from neuron to neuron, a bias from None; else None."""
        if self.link(place) is not None:
            layer = self._names.index(place.name)
            return Neuron(layer, place.position[0]), Neuron(layer + 1, place.position[1])
        if place.name in self.biases and len(place.position) == 1:
            neuron = Neuron(self.biases.index(place.name) + 1, place.position[0])
            return (None, neuron) if self.has(neuron) else None
        return None

    def links_of(self, neuron: Neuron) -> NDArray[np.int64]:
        """Return the links that come from a neuron or lead to it."""
        found = []
        if neuron.layer:
            start, width = int(self._starts[neuron.layer - 1]), self.widths[neuron.layer]
            found.append(start + neuron.number + width * np.arange(self.widths[neuron.layer - 1]))
        if neuron.layer < self.last:
            start, width = int(self._starts[neuron.layer]), self.widths[neuron.layer + 1]
            found.append(start + neuron.number * width + np.arange(width))
        return np.concatenate(found)

    @cached_property
    def neurons_with_bias(self) -> tuple[Neuron, ...]:
        """All neurons after the inputs, in the order of `bias_values`."""
        return tuple(Neuron(layer, k) for layer in range(1, self.last + 1) for k in range(self.widths[layer]))

    def name(self, neuron: Neuron) -> str:
        """Say which neuron it is."""
        if neuron.layer == 0:
            return f"input {self.inputs[neuron.number]}"
        if neuron.layer == self.last:
            return f"output {self.classes[neuron.number]}"
        return f"layer {neuron.layer} neuron {neuron.number + 1}"


def _is_matrix(name: str, array: Floats) -> bool:
    return name.endswith(".weight") and array.ndim == 2


def _bias_of(name: str) -> str:
    return f"{name.removesuffix('.weight')}.bias"


def _is_within(position: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    return len(position) == len(shape) and all(0 <= at < size for at, size in zip(position, shape, strict=True))
