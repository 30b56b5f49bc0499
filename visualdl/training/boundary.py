"""The picture of a network: what its outputs say over the unit square, and the line on which it decides."""

from collections.abc import Iterator

import contourpy
import numpy as np
import torch
from torch import Tensor

import minidl
from visualdl.task import SOFTMAX, Task
from visualdl.training.frozen import frozen
from visualdl.training.objective import signed, sureness, sureness_of_winner, winners
from visualdl.training.pictures import SHADES, Boundary, Floats
from visualdl.training.signals import LayerSignals

GRID = 65  # points along each side of the picture


def boundary_of(outputs: LayerSignals, task: Task, scale: float = 1.0) -> Boundary:
    """Return the picture that the `outputs` give, those of GRID * GRID grid points (see `Samples.grid`).

    `scale` is that of a regression's values.
    """
    if task.is_regression:
        return Boundary(frozen(outputs.values.reshape(GRID, GRID)), (), scale)
    # They keep the order of the sums but flatten it into steps, between which a line can only be guessed.
    flattens = isinstance(outputs.activation, minidl.Tanh | minidl.Sigmoid)
    decisive = outputs.sums if flattens else outputs.values
    if task.outputs > 2:
        return _of_many_classes(task, outputs.values, decisive)
    if task.outputs == 1 and isinstance(outputs.activation, minidl.Sigmoid | minidl.Softplus):
        decisive = outputs.values  # above 0 everywhere, and that decides
    return picture_of(sureness(task, outputs.values), signed(decisive))


def picture_of(values: Tensor, decisive: Tensor) -> Boundary:
    """Return the picture of `values`, whose contour is where `decisive` is 0: (GRID * GRID,) both."""
    return Boundary(frozen(values.reshape(GRID, GRID)), tuple(_lines(decisive)))


def shades_of(sure: Tensor, winner: Tensor, level: float) -> Tensor:
    """Return the colours to be of classes that win: `sure` says how much from 0 or below, pale, to 1, `level` is pale.

    Class k has the SHADES from k SHADES on. All three have one shape; the result is uint8.
    """
    strength = ((sure - level) / (1 - level)).clamp(0, 1).nan_to_num()
    return (winner * SHADES + (strength * (SHADES - 1)).round().long()).to(torch.uint8)


def _of_many_classes(task: Task, values: Tensor, decisive: Tensor) -> Boundary:
    winner, sure = winners(values), sureness_of_winner(task, values)
    level = 1 / task.outputs if task.loss == SOFTMAX else 0.0
    lines: list[Floats] = []
    for each in range(task.outputs - 1):  # what divides the last class from others is the others' line, too
        others = [other for other in range(task.outputs) if other != each]
        lines += _lines(decisive[:, each] - decisive[:, others].amax(1))
    shape = GRID, GRID
    return Boundary(
        frozen(sure.reshape(shape)),
        tuple(lines),
        winners=frozen(winner.reshape(shape)),
        shades=frozen(shades_of(sure, winner, level).reshape(shape)),
    )


def _lines(heights: Tensor) -> Iterator[Floats]:
    """Yield the lines on which heights (GRID * GRID,) are 0."""
    side = np.linspace(0, 1, GRID)
    generator = contourpy.contour_generator(
        side, side, heights.reshape(GRID, GRID).numpy(), line_type=contourpy.LineType.Separate
    )
    yield from map(np.asarray, generator.lines(0.0))
