"""The picture of a network: its outputs over the unit square, and the line on which it decides."""

import contourpy
import numpy as np
from torch import Tensor

import minidl
from visualdl.training.evaluation import signed
from visualdl.training.frozen import frozen
from visualdl.training.pictures import Boundary
from visualdl.training.signals import LayerSignals

GRID = 65  # points along each side of the picture


def boundary_of(outputs: LayerSignals) -> Boundary:
    """Return the picture that the `outputs` give, those of GRID * GRID grid points (see `Samples.grid`)."""
    # They keep the sign of the difference but flatten it into steps, between which a line can only be guessed.
    flattens = isinstance(outputs.activation, minidl.Tanh | minidl.Sigmoid)
    decisive = outputs.sums if flattens else outputs.values
    return picture_of(signed(outputs.values), signed(decisive))


def picture_of(values: Tensor, decisive: Tensor) -> Boundary:
    """Return the picture of `values`, whose contour is where `decisive` is 0: (GRID * GRID,) both."""
    side = np.linspace(0, 1, GRID)
    heights = decisive.reshape(GRID, GRID).numpy()
    lines = contourpy.contour_generator(side, side, heights, line_type=contourpy.LineType.Separate)
    return Boundary(frozen(values.reshape(GRID, GRID)), tuple(np.asarray(line) for line in lines.lines(0.0)))
