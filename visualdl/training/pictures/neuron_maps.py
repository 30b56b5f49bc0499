"""Looking into a network: every neuron's small map, one neuron's large one, the plane of two, and its answers."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from typing import TypedDict

import numpy as np
import torch
from torch import Tensor

import minidl
from visualdl.experiment.network_choices import ACTIVATIONS
from visualdl.training.model.networks import widths_of
from visualdl.training.pictures.activations import LayerActivations, activations_of, layer_of
from visualdl.training.pictures.boundary import picture_of
from visualdl.training.samples.input_grid import InputGrid
from visualdl.training.samples.samples import Samples
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import Floats, HiddenPlane, NeuronMaps, NeuronPicture, Predictions
from visualdl.training.values.read_only import frozen
from visualdl.training.values.snapshot_request import SnapshotRequest

SMALLEST_SCALE = 1e-6
"""What is smaller than this everywhere counts as 0 everywhere."""

FAINTEST = 0.2
"""A neuron's map has its own scale, but no smaller one than this share of its layer's: a weak neuron looks weak."""

PLANE = 33
"""How many points along each side the grid of the hidden plane has."""


class Pictures(TypedDict):
    """The fields of a Snapshot that a SnapshotRequest fills."""

    neurons: NeuronMaps | None
    focus: NeuronPicture | None
    plane: HiddenPlane | None
    predictions: Predictions | None


def pictures_of(
    request: SnapshotRequest, network: minidl.Sequential, samples: Samples, predictions: Callable[[], Predictions]
) -> Pictures:
    """Return what `request` asks for; None for what it does not ask for, and for neurons that do not exist.

    The hidden plane has the training points of the `samples`. `predictions` gives those for all of them.
    """
    return {
        "neurons": neuron_maps(network, samples.input_grid, request.neurons) if request.neurons else None,
        "focus": neuron_picture(request, network, samples.input_grid),
        "plane": hidden_plane(request.plane, network, samples) if request.plane else None,
        "predictions": predictions() if request.predictions else None,
    }


def neuron_maps(network: minidl.Sequential, grid: InputGrid, sides: Sequence[int]) -> NeuronMaps:
    """Return the maps of all neurons; `sides` are as in `SnapshotRequest`.

    Layers whose maps have one size are seen in one pass over the middles of their pixels, and coloured together.
    """
    side_of = [sides[min(layer, len(sides) - 1)] for layer in range(len(widths_of(network)))]
    maps: dict[int, tuple[Floats, Floats]] = {}
    for side in set(side_of):
        layers = [layer for layer, own in enumerate(side_of) if own == side]
        passed = _values(network, grid.pixels(side), layers[-1])
        values = [each for layer, each in enumerate(passed) if layer in layers]
        maps |= zip(layers, _maps_of(values, side), strict=True)
    levels, scales = zip(*(maps[layer] for layer in range(len(side_of))), strict=True)
    return NeuronMaps(levels, scales)


def _maps_of(layers: list[Tensor], side: int) -> Iterator[tuple[Floats, Floats]]:
    """Yield levels (neurons, side, side) and scales (neurons,) for the values (side * side, neurons) of each layer."""
    widths = [values.shape[1] for values in layers]
    maps = torch.cat([values.T for values in layers])
    largest = maps.abs().amax(1)
    least = [max(each.max().item() * FAINTEST, SMALLEST_SCALE) for each in torch.split(largest, widths)]
    scale = largest.maximum(torch.tensor(least).repeat_interleave(torch.tensor(widths)))
    shades = maps.mul_((127 / scale)[:, None]).add_(128.5).to(torch.uint8)  # half a level more: the rest is cut off
    ends = list(accumulate(widths))[:-1]
    return zip(np.split(frozen(shades.view(-1, side, side)), ends), np.split(frozen(scale), ends), strict=True)


def _values(network: minidl.Sequential, inputs: Tensor, last: int) -> Iterator[Tensor]:
    """Yield the values of each layer up to the `last`, (samples, neurons), from the inputs on."""
    yield inputs
    for layer in islice(activations_of(network, inputs), last):
        yield layer.activations


def neuron_picture(request: SnapshotRequest, network: minidl.Sequential, grid: InputGrid) -> NeuronPicture | None:
    """Return the picture of the neuron in focus, in the request's way; None if there is none."""
    neuron = request.focus
    if neuron is None or not _exists(neuron, network):
        return None
    inputs = grid.grid(request.resolution)
    if neuron.layer:
        layer = layer_of(network, inputs, neuron.layer, [neuron.number])
        values, decisive = layer.activations[:, 0], _decisive(layer)[:, 0]
    else:
        values = decisive = inputs[:, neuron.number]
    scale = _scale(values)
    return NeuronPicture(neuron, picture_of(values / scale, decisive, level_lines=request.level_lines), scale)


def hidden_plane(neurons: tuple[Neuron, Neuron], network: minidl.Sequential, samples: Samples) -> HiddenPlane | None:
    """Return the plane of two neurons; None if they do not exist or are not of one layer."""
    first, second = neurons
    if first.layer != second.layer or not (_exists(first, network) and _exists(second, network)):
        return None
    columns = [first.number, second.number]
    grid, points = (
        layer_of(network, inputs, first.layer, columns).activations if first.layer else inputs[:, columns]
        for inputs in (samples.input_grid.grid(PLANE), samples.inputs[: samples.training])
    )
    return HiddenPlane(neurons, frozen(grid.view(PLANE, PLANE, 2)), frozen(points), samples.data.train.labels)


def _exists(neuron: Neuron, network: minidl.Sequential) -> bool:
    widths = widths_of(network)
    return 0 <= neuron.layer < len(widths) and 0 <= neuron.number < widths[neuron.layer]


def _scale(values: Tensor) -> float:
    lowest, highest = torch.aminmax(values)
    return max(-lowest.item(), highest.item(), SMALLEST_SCALE)


def _decisive(layer: LayerActivations) -> Tensor:
    # The sum crosses 0 where the value does, or leaves it, and between two grid points its line is the smoother one.
    return layer.activations if ACTIVATIONS[type(layer.activation).__name__].never_zero else layer.pre_activations
