"""Activations: what the neurons of a network give for some inputs, layer after layer."""

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
    """`activations` (samples, neurons) of one layer, which its `activation` makes of the `pre_activations`."""

    pre_activations: Tensor
    activation: minidl.Module
    activations: Tensor


def activations_of(network: minidl.Sequential, inputs: Tensor) -> Iterator[LayerActivations]:
    """Yield what each layer of `network`, as in evaluation, says of `inputs` (samples, features), up to the outputs.

    A pre-activation is what the activation gets: normalized or not. Dropout leaves nothing out in evaluation, and is
    left out here. Each layer is computed when it is asked for; what nobody keeps is free for the next one.
    """
    activations = inputs
    for linear, normalization, activation, _ in layers_of(network):
        pre_activations = linear.forward(activations)
        if normalization:
            pre_activations = normalization.forward(pre_activations)
        activations = activation.forward(pre_activations)
        yield LayerActivations(pre_activations, activation, activations)


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
        parts = [
            LayerActivations(part.pre_activations[:, columns], part.activation, part.activations[:, columns])
            for part in parts
        ]
    if len(parts) == 1:
        return parts[0]
    return LayerActivations(
        torch.cat([part.pre_activations for part in parts]),
        parts[0].activation,
        torch.cat([part.activations for part in parts]),
    )
