"""Signals are what the neurons of a network say of some inputs, layer after layer."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import torch
from torch import Tensor

import minidl
from visualdl.training.model.networks import layers_of, widths_of

CACHED = 65_536
"""How many numbers of a layer, float32 each, stay in a core's cache beside those of the next one."""


class LayerActivations(NamedTuple):
    """What one layer says: `values` (samples, neurons), which its `activation` has made of the `sums` before it."""

    sums: Tensor
    activation: minidl.Module
    values: Tensor


def activations_of(network: minidl.Sequential, inputs: Tensor) -> Iterator[LayerActivations]:
    """Yield what each layer of `network`, as in evaluation, says of `inputs` (samples, features), up to the outputs.

    A sum is what the activation gets: normalised or not. Dropout leaves nothing out in evaluation, and is left out
    here. Each layer is computed when it is asked for; what nobody keeps is free for the next one.
    """
    values = inputs
    for linear, normalization, activation, _ in layers_of(network):
        sums = linear.forward(values)
        if normalization:
            sums = normalization.forward(sums)
        values = activation.forward(sums)
        yield LayerActivations(sums, activation, values)


def outputs_of(network: minidl.Sequential, inputs: Tensor) -> LayerActivations:
    """Return what the last layer of `network` says of `inputs` (samples, features)."""
    return layer_of(network, inputs, len(widths_of(network)) - 1)


def layer_of(
    network: minidl.Sequential, inputs: Tensor, layer: int, neurons: Sequence[int] | None = None
) -> LayerActivations:
    """Return what a layer of `network` says of `inputs` (samples, features), numbered as in `Neuron`: from 1 on.

    With `neurons`, it is what those say, in that order; the activation is the whole layer's. Many inputs go through in
    parts that a core's cache can keep from layer to layer.
    """
    rows = max(1, CACHED // max(widths_of(network)))
    parts = [next(islice(activations_of(network, part), layer - 1, None)) for part in torch.split(inputs, rows)]
    if neurons is not None:
        columns = list(neurons)
        parts = [part._replace(sums=part.sums[:, columns], values=part.values[:, columns]) for part in parts]
    if len(parts) == 1:
        return parts[0]
    sums, values = (torch.cat([getattr(part, name) for part in parts]) for name in ("sums", "values"))
    return LayerActivations(sums, parts[0].activation, values)
