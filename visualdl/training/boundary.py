"""The picture of a network: its outputs over the unit square, and the line on which it decides."""

import contourpy
import numpy as np
from torch import Tensor

import minidl
from visualdl.training.evaluation import signed
from visualdl.training.frozen import frozen
from visualdl.training.pictures import Boundary

GRID = 65  # points along each side of the picture


def boundary_of(network: minidl.Sequential, grid: Tensor) -> Boundary:
    """Return the picture that `network` gives of `grid`, (GRID * GRID, 2) normalised inputs (see `Samples.grid`)."""
    *layers, activation = network.modules
    sums = minidl.Sequential(*layers).forward(grid)
    outputs = signed(activation.forward(sums))
    # Tanh keeps the sign of the difference but flattens it into steps, between which a line can only be guessed.
    decisive = signed(sums) if isinstance(activation, minidl.Tanh) else outputs
    side = np.linspace(0, 1, GRID)
    heights = decisive.reshape(GRID, GRID).numpy()
    lines = contourpy.contour_generator(side, side, heights, line_type=contourpy.LineType.Separate)
    return Boundary(frozen(outputs.reshape(GRID, GRID)), tuple(np.asarray(line) for line in lines.lines(0.0)))
