"""The paper's data set, the disk, and how any is made ready for a network: normalisation and targets."""

import math

import torch
from torch import Tensor

from minidl.datasets.square import expect_samples, moved_uniformly

DISK_CENTRE = (0.5, 0.5)
DISK_RADIUS = 1 / math.sqrt(2 * math.pi)  # an area of 1/2: as many points inside as outside


def disk(samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    """Draw points uniformly from the unit square, and say which lie in the disk of half its area.

    Returns points (samples, 2) in [0, 1]^2 and labels (samples,), int64: 1 inside the disk around (0.5, 0.5) of radius
    1/sqrt(2 pi), 0 outside. Raises ValueError for a negative count and for noise outside 0 to 0.5.
    Source: the paper, section II.A, which has no noise. Here noise leaves the points where they are, as Playground's
    does with its circle, and labels each by the point moved uniformly by up to noise/2 along each axis.
    """
    expect_samples(samples, noise)
    points = torch.rand(samples, 2, generator=generator)
    place = moved_uniformly(points, noise / 2, generator)
    distance_squared = (place - torch.tensor(DISK_CENTRE)).square().sum(1)
    return points, (distance_squared <= DISK_RADIUS**2).long()
