"""Looking into a network: every neuron's small map, one neuron's large one, the plane of two, and its answers."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypedDict

import torch
from torch import Tensor

import minidl
from visualdl.training.boundary import picture_of
from visualdl.training.frozen import frozen
from visualdl.training.pictures import Answers, Floats, HiddenPlane, Labels, Look, Neuron, NeuronMaps, NeuronPicture
from visualdl.training.signals import LayerSignals, Signals

SMALLEST_SCALE = 1e-6
"""What is smaller than this everywhere counts as 0 everywhere."""

FAINTEST = 0.2
"""A neuron's map has its own scale, but no smaller one than this share of its layer's: a weak neuron looks weak."""

PLANE = 33
"""How many points along each side the grid of the hidden plane has: every so manyth one of the boundary's."""

NEVER_ZERO = (minidl.Sigmoid, minidl.Softplus)
"""Activations whose value is above 0 where their sum is not; all others have the sum's sign."""


class Pictures(TypedDict):
    """The fields of a Snapshot that a Look fills."""

    neurons: NeuronMaps | None
    focus: NeuronPicture | None
    plane: HiddenPlane | None
    answers: Answers | None


def look_at(
    look: Look, grid: Signals, training: Signals, labels: Labels | Floats, answers: Callable[[], Answers]
) -> Pictures:
    """Return what `look` asks for; None for what it does not ask for, and for neurons that do not exist.

    `grid` are the signals of the boundary's grid points, `training` those of samples that begin with the training
    points, whose classes, or values, the `labels` are. `answers` gives what the network answers to the samples.
    """
    return {
        "neurons": neuron_maps(grid, look.neurons) if look.neurons else None,
        "focus": neuron_picture(look.focus, grid, level_lines=look.level_lines) if look.focus else None,
        "plane": hidden_plane(look.plane, grid, training, labels) if look.plane else None,
        "answers": answers() if look.answers else None,
    }


def neuron_maps(grid: Signals, sides: Sequence[int]) -> NeuronMaps:
    """Return the maps of all neurons; `sides` are as in `Look`."""
    levels, scales = [], []
    for layer, values in enumerate(grid.values):
        maps = _pixels(values, sides[min(layer, len(sides) - 1)])
        largest = maps.abs().amax((1, 2))
        scale = largest.clamp_min(max(largest.max().item() * FAINTEST, SMALLEST_SCALE))
        shades = maps.mul_((127 / scale)[:, None, None]).add_(128.5)  # half a level more: what follows cuts off
        levels.append(frozen(shades.to(torch.uint8)))
        scales.append(frozen(scale))
    return NeuronMaps(tuple(levels), tuple(scales))


def _pixels(values: Tensor, side: int) -> Tensor:
    """(resolution², neurons) -> (neurons, side, side): along each side, pixels instead of points."""
    resolution = math.isqrt(len(values))
    along = _resampling(resolution, side)
    rows = along.mm(values.view(resolution, -1)).view(side, resolution, -1)
    return rows.permute(2, 0, 1).reshape(-1, resolution).mm(along.T).view(-1, side, side)


@lru_cache(maxsize=64)
def _resampling(points: int, pixels: int) -> Tensor:
    """Return the weights (pixels, points) with which points over a square's side, ends included, make up its pixels.

    A pixel is the mean of the points around its middle: linear between two where pixels are closer than points.
    """
    middles = (torch.arange(pixels) + 0.5) / pixels * (points - 1)
    reach = max(1.0, (points - 1) / pixels)
    weights = (1 - (middles[:, None] - torch.arange(points)).abs() / reach).clamp_min(0)
    return weights / weights.sum(1, keepdim=True)


def neuron_picture(neuron: Neuron, grid: Signals, *, level_lines: bool = False) -> NeuronPicture | None:
    """Return the picture of one neuron; None if there is no such neuron."""
    if not _exists(neuron, grid):
        return None
    values = grid.values[neuron.layer][:, neuron.number]
    decisive = _decisive(grid.layers[neuron.layer - 1])[:, neuron.number] if neuron.layer else values
    scale = _scale(values)
    return NeuronPicture(neuron, picture_of(values / scale, decisive, level_lines=level_lines), scale)


def hidden_plane(
    neurons: tuple[Neuron, Neuron], grid: Signals, training: Signals, labels: Labels | Floats
) -> HiddenPlane | None:
    """Return the plane of two neurons; None if they do not exist or are not of one layer."""
    first, second = neurons
    if first.layer != second.layer or not (_exists(first, grid) and _exists(second, grid)):
        return None
    columns = [first.number, second.number]
    plane = _over_square(grid.values[first.layer][:, columns], PLANE)
    points = training.values[first.layer][: len(labels), columns]
    return HiddenPlane(neurons, frozen(plane), frozen(points), labels)


def _exists(neuron: Neuron, grid: Signals) -> bool:
    values = grid.values
    return 0 <= neuron.layer < len(values) and 0 <= neuron.number < values[neuron.layer].shape[-1]


def _over_square(values: Tensor, side: int) -> Tensor:
    """(resolution², neurons) -> (side, side, neurons): grid points at even distances, edges included."""
    resolution = math.isqrt(len(values))
    stride = (resolution - 1) // (side - 1)
    return values.view(resolution, resolution, -1)[::stride, ::stride]


def _scale(values: Tensor) -> float:
    lowest, highest = torch.aminmax(values)
    return max(-lowest.item(), highest.item(), SMALLEST_SCALE)


def _decisive(layer: LayerSignals) -> Tensor:
    # The sum crosses 0 where the value does, or leaves it, and between two grid points its line is the smoother one.
    return layer.values if isinstance(layer.activation, NEVER_ZERO) else layer.sums
