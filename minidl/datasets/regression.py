"""Regression: each point has a value, a function of where it lies.

Noise leaves the points where they are, and takes each value from a place near it instead: where the function is
steep, values scatter.
"""

import torch
from torch import Tensor

from minidl.datasets.square import SIDE, expect_samples, moved_uniformly, to_playground

CONES = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))  # x, y, sign
CONE_RADIUS = 2


def plane(samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    """Draw points uniformly from the unit square, with values that lie in a plane.

    In Playground's coordinates the value is (x + y) / 10, from -1.2 to 1.2 without noise, of the point moved uniformly
    by up to 6 noise along each axis. Source: TensorFlow Playground, regressPlane.
    """
    points, place = _points_and_places(samples, noise, generator)
    return points, place.sum(1) / 10


def multi_gaussian(
    samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Draw points uniformly from the unit square, with values that make three hills and three hollows.

    In Playground's coordinates a hill is max(0, 1 - d/2), d the distance from its top, and a hollow the negative of
    that: cones, whatever Playground's name for them says. No two overlap; between them the value is 0. It is the
    value of the point moved uniformly by up to 6 noise along each axis. Source: TensorFlow Playground, regressGaussian.
    """
    points, place = _points_and_places(samples, noise, generator)
    cones = torch.tensor(CONES)
    distance = torch.hypot(place[:, :1] - cones[:, 0], place[:, 1:] - cones[:, 1])  # (samples, cones)
    return points, (cones[:, 2] * torch.relu(1 - distance / CONE_RADIUS)).sum(1)


def _points_and_places(samples: int, noise: float, generator: torch.Generator | None) -> tuple[Tensor, Tensor]:
    """Return points of the unit square, and in Playground's coordinates the places that say their values."""
    expect_samples(samples, noise)
    points = torch.rand(samples, 2, generator=generator)
    return points, moved_uniformly(to_playground(points), SIDE / 2 * noise, generator)
