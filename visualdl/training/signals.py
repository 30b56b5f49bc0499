"""Signals are what all neurons of a network say of some inputs, gathered in one forward pass."""

from dataclasses import dataclass
from typing import NamedTuple

from torch import Tensor

import minidl
from visualdl.training.networks import layers_of


class LayerSignals(NamedTuple):
    """What one layer says: `values` (samples, neurons), which its `activation` has made of the `sums` before it."""

    sums: Tensor
    activation: minidl.Module
    values: Tensor


@dataclass(frozen=True, eq=False)
class Signals:
    """What a network says of `inputs` (samples, features), layer by layer up to the outputs."""

    inputs: Tensor
    layers: tuple[LayerSignals, ...]

    @property
    def outputs(self) -> Tensor:
        """The network's outputs, (samples, outputs)."""
        return self.layers[-1].values

    @property
    def values(self) -> tuple[Tensor, ...]:
        """The values of every layer of neurons, (samples, neurons) each, numbered as in `Neuron`."""
        return (self.inputs, *(layer.values for layer in self.layers))


def signals_of(network: minidl.Sequential, inputs: Tensor) -> Signals:
    """Return what `network`, as in evaluation, says of `inputs`; a sum is what the activation gets: normalised or not.

    Dropout leaves nothing out in evaluation, and is left out here.
    """
    layers: list[LayerSignals] = []
    values = inputs
    for linear, normalization, activation, _ in layers_of(network):
        sums = linear.forward(values)
        if normalization:
            sums = normalization.forward(sums)
        values = activation.forward(sums)
        layers.append(LayerSignals(sums, activation, values))
    return Signals(inputs, tuple(layers))
