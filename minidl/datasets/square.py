"""What all data sets share: the unit square and Playground's on it, noise, fair turns, and what they refuse."""

import math

import torch
from torch import Tensor

from minidl.checks import is_within, whole

MOST_NOISE = 0.5
MOST_CLASSES = 6

SIDE = 12  # of Playground's square, from -6 to 6


def from_playground(points: Tensor) -> Tensor:
    """Return points of TensorFlow Playground's square, from -6 to 6, as points of the unit square."""
    return points / SIDE + 0.5


def to_playground(points: Tensor) -> Tensor:
    """Return points of the unit square as points of TensorFlow Playground's square, from -6 to 6."""
    return (points - 0.5) * SIDE


def polar(radius: Tensor | float, angle: Tensor) -> Tensor:
    """Return the points (..., 2) at these distances from the origin, at angles in radians from the first axis."""
    return torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=-1)


def moved_uniformly(points: Tensor, reach: float, generator: torch.Generator | None) -> Tensor:
    """Return `points`, each moved along each axis by a number drawn uniformly from -reach to reach."""
    if reach == 0:
        return points  # and the generator stays where it is
    return points + reach * (2 * torch.rand(points.shape, generator=generator) - 1)


def moved_normally(points: Tensor, deviation: float, generator: torch.Generator | None) -> Tensor:
    """Return `points`, each moved along each axis by a normally distributed number of this standard deviation."""
    if deviation == 0:
        return points  # and the generator stays where it is
    return points + deviation * torch.randn(points.shape, generator=generator)


def turns(samples: int, classes: int, generator: torch.Generator | None) -> tuple[Tensor, Tensor, Tensor]:
    """Deal the samples out to classes in random order, so that no class has two samples more than another.

    Returns, all (samples,) and int64, each sample's class, its number in its class from 0 on, and that class's size.
    """
    order = torch.randperm(samples, generator=generator)
    labels = order % classes
    return labels, order // classes, (samples - labels + classes - 1) // classes


def angles(labels: Tensor, classes: int) -> Tensor:
    """Return an angle for each class, evenly around the circle: of two, class 1 is at 0 and class 0 opposite."""
    return math.pi + 2 * math.pi * labels / classes


def expect_samples(samples: int, noise: float) -> None:
    """Raise ValueError, naming it, unless `samples` is a count and `noise` a share up to MOST_NOISE."""
    whole("A data set", "a sample count", samples, 0)
    if not is_within(noise, 0, MOST_NOISE):
        raise ValueError(f"A data set needs noise from 0 to {MOST_NOISE}, not {noise!r}.")


def expect_classes(classes: int) -> None:
    """Raise ValueError, naming it, unless `classes` is a count from 2 to MOST_CLASSES."""
    if not isinstance(classes, int) or not 2 <= classes <= MOST_CLASSES:
        raise ValueError(f"A data set needs from 2 to {MOST_CLASSES} classes, not {classes!r}.")
