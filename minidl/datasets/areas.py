"""Two classes that are areas of the square: a point's label says in which of them it lies.

Noise leaves the points where they are, and labels each by a place near it instead: where areas meet, labels mix.
"""

import torch
from torch import Tensor

from minidl.checks import whole
from minidl.datasets.square import expect_samples, from_playground, moved_uniformly, polar, turns

CIRCLE_RADIUS = 5  # in Playground's square; the inner class reaches to its half
XOR_REACH, XOR_GAP = 5, 0.3


def circle(samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    """Draw half of the points from a circle's inner half, half from its rim, with a gap between.

    In Playground's coordinates the distances r from the centre are drawn uniformly from 0 to 2.5 and from 3.5 to 5, the
    angles from all. Label 1 is r < 2.5, for the point moved uniformly by up to 5 noise along each axis.
    Source: TensorFlow Playground, classifyCircleData.
    """
    expect_samples(samples, noise)
    inner, _, _ = turns(samples, 2, generator)
    share, turn = torch.rand(2, samples, generator=generator)
    radius = CIRCLE_RADIUS * torch.where(inner == 1, 0.5 * share, 0.7 + 0.3 * share)
    points = polar(radius, 2 * torch.pi * turn)
    place = moved_uniformly(points, CIRCLE_RADIUS * noise, generator)
    return from_playground(points), (torch.hypot(*place.unbind(1)) < CIRCLE_RADIUS / 2).long()


def xor(samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    """Draw points uniformly from the four quarters of the square; quarters that touch at a corner only are one class.

    In Playground's coordinates x and y are drawn from -5 to 5, and pushed 0.3 away from the axes. Label 1 is
    x y >= 0, for the point moved uniformly by up to 5 noise along each axis.
    Source: TensorFlow Playground, classifyXORData.
    """
    expect_samples(samples, noise)
    points = XOR_REACH * (2 * torch.rand(samples, 2, generator=generator) - 1)
    points += torch.where(points > 0, XOR_GAP, -XOR_GAP)
    place = moved_uniformly(points, XOR_REACH * noise, generator)
    return from_playground(points), (place.prod(1) >= 0).long()


def checkerboard(
    samples: int, generator: torch.Generator | None = None, *, fields: int = 4, noise: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Draw points uniformly from the unit square, a board of `fields` times `fields` fields in two colours.

    Label 1 is an odd sum of the field's row and column, counted from 0, for the point moved uniformly by up to noise
    times a field along each axis. The classes are of one size on average if `fields` is even. Raises ValueError also
    for fewer than 2 fields a side.
    """
    expect_samples(samples, noise)
    whole("A checkerboard", "a count of fields a side", fields, 2)
    points = torch.rand(samples, 2, generator=generator)
    place = moved_uniformly(points * fields, noise, generator)
    return points, place.floor().sum(1).remainder(2).long()
