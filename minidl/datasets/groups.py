"""Classes that are drawn one by one, each around a place or along a line of its own, and of one size.

Noise moves the points themselves, by their class's rule. Spiral, moons and rings set their points at even distances:
without noise, two draws of one count hold the same points, so training and test points should be parts of one draw.
"""

import math

import torch
from torch import Tensor

from minidl.datasets.square import (
    angles,
    expect_classes,
    expect_samples,
    from_playground,
    moved_normally,
    moved_uniformly,
    polar,
    turns,
)

RADIUS = 5  # in Playground's square, of the spiral and of the outermost ring
MOONS_RADIUS = 0.3  # in the unit square: the two together are 0.9 wide


def gaussians(
    samples: int, generator: torch.Generator | None = None, *, classes: int = 2, noise: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Draw each class from a round normal distribution of its own.

    In Playground's coordinates the variance along each axis grows from 0.5 to 4 with the noise, 0.5 + 7 noise; the
    centres are (-2, -2) of class 0 and (2, 2) of class 1. More classes have theirs evenly on the circle through
    these two. Source: TensorFlow Playground, classifyTwoGaussData.
    """
    expect_samples(samples, noise)
    expect_classes(classes)
    labels, _, _ = turns(samples, classes, generator)
    centres = polar(math.hypot(2, 2), angles(labels, classes) + math.pi / 4)
    return from_playground(moved_normally(centres, math.sqrt(0.5 + 7 * noise), generator)), labels


def spiral(
    samples: int, generator: torch.Generator | None = None, *, classes: int = 2, noise: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Set the points of each class along an arm of a spiral; the arms are turned copies of one.

    In Playground's coordinates, point i of an arm's n is at x = r sin t, y = r cos t with r = 5 i/n and
    t = 2 pi 1.75 i/n + pi + 2 pi label / 2, moved uniformly by up to noise along each axis. With more classes it is
    2 pi label / classes, and 3.5 / classes turns instead of 1.75: neighbouring arms stay as far apart.
    Source: TensorFlow Playground, classifySpiralData.
    """
    expect_samples(samples, noise)
    expect_classes(classes)
    labels, number, size = turns(samples, classes, generator)
    way = number / size
    t = 2 * math.pi * 3.5 / classes * way + angles(labels, classes)
    points = polar(RADIUS * way, math.pi / 2 - t)  # x = r sin t
    return from_playground(moved_uniformly(points, noise, generator)), labels


def moons(samples: int, generator: torch.Generator | None = None, *, noise: float = 0.0) -> tuple[Tensor, Tensor]:
    """Set the points along two half circles, each reaching into the other.

    Point i of a class's n is at (cos t, sin t) in class 0, at (1 - cos t, 1/2 - sin t) in class 1, t = pi i/(n - 1),
    moved by normally distributed numbers of the deviation `noise`. All this is in units of the half circles' radius,
    which is 0.3 here, with the middle of both at the middle of the unit square. Source: scikit-learn, make_moons.
    """
    expect_samples(samples, noise)
    labels, number, size = turns(samples, 2, generator)
    half_circle = polar(1.0, math.pi * number / (size - 1).clamp(min=1))
    points = torch.where(labels.unsqueeze(1) == 0, half_circle, torch.tensor([1.0, 0.5]) - half_circle)
    middle = torch.tensor([0.5, 0.25])
    return 0.5 + MOONS_RADIUS * (moved_normally(points, noise, generator) - middle), labels


def rings(
    samples: int, generator: torch.Generator | None = None, *, classes: int = 2, noise: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Set the points of each class along a circle; all have one centre, and the last class is the innermost.

    In Playground's coordinates, point i of a class's n is at r (cos t, sin t) with t = 2 pi i/n and
    r = 5 (classes - label) / classes, moved by normally distributed numbers. Their deviation is noise times the
    distance between two rings, so that it means the same for any number of them.
    Source: scikit-learn, make_circles with factor 1/2, for two classes; there, noise is in units of the outer radius.
    """
    expect_samples(samples, noise)
    expect_classes(classes)
    labels, number, size = turns(samples, classes, generator)
    distance = RADIUS / classes
    points = polar(distance * (classes - labels), 2 * math.pi * number / size)
    return from_playground(moved_normally(points, noise * distance, generator)), labels
