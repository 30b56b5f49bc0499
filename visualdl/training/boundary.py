"""The picture of a network: its outputs over the unit square, the line on which it decides, and lines of one level."""

import math

import contourpy
import numpy as np
from torch import Tensor

import minidl
from visualdl.training.evaluation import signed
from visualdl.training.frozen import frozen
from visualdl.training.pictures import LEVELS, Boundary, LevelLines
from visualdl.training.signals import LayerSignals


def boundary_of(outputs: LayerSignals, *, level_lines: bool = False) -> Boundary:
    """Return the picture that the `outputs` give, those of the points of a grid (see `Samples.grid`)."""
    # They keep the sign of the difference but flatten it into steps, between which a line can only be guessed.
    flattens = isinstance(outputs.activation, minidl.Tanh | minidl.Sigmoid)
    decisive = outputs.sums if flattens else outputs.values
    return picture_of(signed(outputs.values), signed(decisive), level_lines=level_lines)


def picture_of(values: Tensor, decisive: Tensor, *, level_lines: bool = False) -> Boundary:
    """Return the picture of `values`, whose contour is where `decisive` is 0: (side * side,) both."""
    side = math.isqrt(len(values))
    picture = values.reshape(side, side)
    asked = LEVELS if level_lines else ()
    (contour,) = _lines(decisive.reshape(side, side), (0.0,))
    return Boundary(frozen(picture), contour, tuple(map(LevelLines, asked, _lines(picture, asked))))


def _lines(heights: Tensor, levels: tuple[float, ...]) -> list[tuple[np.ndarray, ...]]:
    """Return for each of the `levels` the lines on which `heights` (side, side) over the square are that high."""
    ticks = np.linspace(0, 1, len(heights))
    generator = contourpy.contour_generator(ticks, ticks, heights.numpy(), line_type=contourpy.LineType.Separate)
    return [tuple(np.asarray(line) for line in generator.lines(level)) for level in levels]
