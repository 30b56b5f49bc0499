"""The true boundary of a data set: the lines that divide its classes by definition, whatever its points are."""

import math

import numpy as np
from numpy.typing import NDArray

from minidl.datasets import DISK_CENTRE, DISK_RADIUS
from minidl.datasets.areas import CIRCLE_RADIUS
from minidl.datasets.square import SIDE
from visualdl.training.values.read_only import frozen_array

Line = NDArray[np.float64]

CORNERS = 360  # of a circle: on a screen no one sees them


def true_boundary(dataset: str) -> tuple[Line, ...]:
    """Return the lines, (points, 2) each in data coordinates; none for a data set whose points alone say their class.

    They are where the labels of minidl.datasets change: see there.
    """
    if dataset == "Disk":
        return (_circle(DISK_RADIUS),)
    if dataset == "Circle":
        return (_circle(CIRCLE_RADIUS / 2 / SIDE),)
    if dataset == "XOR":
        return _board((0.5,))
    if dataset == "Checkerboard":
        return _board((0.25, 0.5, 0.75))
    return ()


def _circle(radius: float) -> Line:
    angles = np.linspace(0, 2 * math.pi, CORNERS + 1)
    return frozen_array(np.array(DISK_CENTRE) + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))


def _board(places: tuple[float, ...]) -> tuple[Line, ...]:
    upright = [np.array([[place, 0.0], [place, 1.0]]) for place in places]
    return tuple(frozen_array(line) for line in (*upright, *(line[:, ::-1].copy() for line in upright)))
