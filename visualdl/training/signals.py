"""Signals are what all neurons of a network say of some inputs, gathered in one forward pass."""

from dataclasses import dataclass
from typing import NamedTuple

from torch import Tensor

import minidl


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
        """The network's outputs, (samples, 2)."""
        return self.layers[-1].values

    @property
    def values(self) -> tuple[Tensor, ...]:
        """The values of every layer of neurons, (samples, neurons) each, numbered as in `Neuron`."""
        return (self.inputs, *(layer.values for layer in self.layers))


def signals_of(network: minidl.Sequential, inputs: Tensor) -> Signals:
    """Return what `network` says of `inputs`; the last module before a Linear, or before the end, is an activation."""
    layers: list[LayerSignals] = []
    sums = values = inputs
    last = len(network.modules) - 1
    for place, module in enumerate(network.modules):
        sums, values = values, module.forward(values)
        if place == last or isinstance(network.modules[place + 1], minidl.Linear):
            layers.append(LayerSignals(sums, module, values))
    return Signals(inputs, tuple(layers))
