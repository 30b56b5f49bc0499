"""The paper's data set, the disk, and how any is made ready for a network: normalisation and targets."""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from minidl.checks import described, whole
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


class Normalization(NamedTuple):
    """X -> (X - mean) / deviation, feature by feature; mean and deviation are (features,). Source: section II.B."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, points: Tensor) -> "Normalization":
        """Take mean and standard deviation of `points` (samples, features): the training set's, for all sets.

        A feature that does not vary is only shifted. Raises ValueError without points, and unless they are rows of
        floating-point numbers.
        """
        if not isinstance(points, Tensor) or points.dim() != 2 or not points.is_floating_point() or len(points) == 0:
            raise ValueError(
                "Normalization needs at least 1 point, (samples, features) of floating-point numbers, "
                f"not {described(points)}."
            )
        constant = points.amax(0) == points.amin(0)  # by rounding, the deviation of equal numbers may be above 0
        deviation = points.std(0, correction=min(len(points) - 1, 1))
        return cls(points.mean(0), deviation.masked_fill(constant, 1.0))

    def apply(self, points: Tensor) -> Tensor:
        """Return the normalised points, (..., features). Raises ValueError for another number of features."""
        if not isinstance(points, Tensor) or points.shape[-1:] != self.mean.shape:
            raise ValueError(f"Normalization needs points of shape (..., {len(self.mean)}), not {described(points)}.")
        return (points - self.mean) / self.deviation


def signed_targets(labels: Tensor, classes: int = 2) -> Tensor:
    """Return (samples, classes): +1 in the column of each label, -1 in the others. Source: the paper, section II.D.

    Raises ValueError for fewer than 1 class, for labels that are not int64 (samples,), and for a label outside
    0 ... classes - 1.
    """
    whole("signed_targets", "a class count", classes)
    if not isinstance(labels, Tensor) or labels.dtype != torch.int64 or labels.dim() != 1:
        raise ValueError(f"signed_targets needs labels of shape (samples,) and torch.int64, not {described(labels)}.")
    if labels.numel() and (labels.min() < 0 or labels.max() >= classes):
        raise ValueError(f"Labels must lie between 0 and {classes - 1}; they span {labels.min()} to {labels.max()}.")
    targets = torch.full((len(labels), classes), -1.0)
    targets[torch.arange(len(labels)), labels] = 1.0
    return targets


def one_hot_targets(labels: Tensor, classes: int = 2) -> Tensor:
    """Return (samples, classes): 1 in the column of each label, 0 in the others. Raises as `signed_targets` does."""
    return signed_targets(labels, classes).clamp(min=0)
