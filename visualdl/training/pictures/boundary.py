"""The picture of a network: what its outputs say over the unit square, where they decide, and lines of one level."""

import math
from functools import lru_cache

import contourpy
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

import minidl
from visualdl.experiment.task import SOFTMAX, Task
from visualdl.training.model.objective import confidence, confidence_of_predicted_class, predicted_classes, signed
from visualdl.training.pictures.activations import LayerActivations
from visualdl.training.values.pictures import LEVELS, SHADES, Boundary, Floats, LevelLines
from visualdl.training.values.read_only import frozen


def boundary_of(outputs: LayerActivations, task: Task, scale: float = 1.0, *, level_lines: bool = False) -> Boundary:
    """Return the picture that the `outputs` give, those of the points of a grid (see `Square.grid`).

    `scale` is that of a regression's values.
    """
    if task.is_regression:
        values = _square(outputs.activations[:, 0])
        return Boundary(frozen(values), (), _level_lines(values / scale, level_lines), scale)
    # They keep the order of the sums but flatten it into steps, between which a line can only be guessed.
    flattens = isinstance(outputs.activation, minidl.Tanh | minidl.Sigmoid)
    decisive = outputs.pre_activations if flattens else outputs.activations
    if task.outputs > 2:
        return _of_many_classes(task, outputs.activations, decisive, level_lines)
    if task.outputs == 1 and isinstance(outputs.activation, minidl.Sigmoid | minidl.Softplus):
        decisive = outputs.activations  # above 0 everywhere, and that decides
    return picture_of(confidence(task, outputs.activations), signed(decisive), level_lines=level_lines)


def picture_of(values: Tensor, decisive: Tensor, *, level_lines: bool = False) -> Boundary:
    """Return the picture of `values`, whose contour is where `decisive` is 0: (side * side,) both."""
    picture = _square(values)
    (contour,) = _lines(_square(decisive), (0.0,))
    return Boundary(frozen(picture), contour, _level_lines(picture, level_lines))


def shades_of(sure: Tensor, predicted_class: Tensor, level: float) -> Tensor:
    """Return the colours to be of classes that win: `sure` says how much from 0 or below, pale, to 1, `level` is pale.

    Class k has the SHADES from k SHADES on. All three have one shape; the result is uint8.
    """
    strength = ((sure - level) / (1 - level)).clamp(0, 1).nan_to_num()
    return (predicted_class * SHADES + (strength * (SHADES - 1)).round().long()).to(torch.uint8)


def _of_many_classes(task: Task, values: Tensor, decisive: Tensor, level_lines: bool) -> Boundary:
    predicted_class, sure = _square(predicted_classes(values)), _square(confidence_of_predicted_class(task, values))
    level = 1 / task.outputs if task.loss == SOFTMAX else 0.0
    contour: list[Floats] = []
    for each in range(task.outputs - 1):  # what divides the last class from others is the others' line, too
        others = [other for other in range(task.outputs) if other != each]
        (lines,) = _lines(_square(decisive[:, each] - decisive[:, others].amax(1)), (0.0,))
        contour += lines
    shades = frozen(shades_of(sure, predicted_class, level))
    return Boundary(
        frozen(sure),
        tuple(contour),
        _level_lines(sure, level_lines),
        predicted_classes=frozen(predicted_class),
        shades=shades,
    )


def _square(numbers: Tensor) -> Tensor:
    """(side * side,) -> (side, side)."""
    side = math.isqrt(len(numbers))
    return numbers.reshape(side, side)


def _level_lines(picture: Tensor, asked: bool) -> tuple[LevelLines, ...]:
    return tuple(map(LevelLines, LEVELS, _lines(picture, LEVELS))) if asked else ()


def _lines(heights: Tensor, levels: tuple[float, ...]) -> list[tuple[Floats, ...]]:
    """Return for each of the `levels` the lines on which `heights` (side, side) over the square are that high.

    Heights of which some are not finite have no lines.
    """
    if not heights.isfinite().all():
        return [() for _ in levels]
    x, y = _places(len(heights))
    # contourpy's function for this looks for gaps among the heights, and takes longer for that than for the lines
    generator = contourpy.SerialContourGenerator(
        x,
        y,
        heights.double().numpy(),
        None,  # type: ignore[arg-type]  # no gaps
        corner_mask=False,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.OuterCode,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
    )
    return [tuple(np.asarray(line) for line in generator.lines(level)) for level in levels]


@lru_cache(maxsize=8)
def _places(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x1 and x2 of the square's points, (side, side) each."""
    ticks = np.linspace(0, 1, side)
    x1, x2 = np.meshgrid(ticks, ticks)
    return x1, x2
