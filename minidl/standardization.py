"""Standardization: every feature at mean 0 and deviation 1, as the training samples have them."""

from typing import NamedTuple

from torch import Tensor

from minidl.checks import described


class Standardization(NamedTuple):
    """X -> (X - mean) / deviation, feature by feature; mean and deviation are (features,). Source: section II.B."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, points: Tensor) -> "Standardization":
        """Take mean and standard deviation of `points` (samples, features): the training set's, for all sets.

        A feature that does not vary is only shifted. Raises ValueError without points, and unless they are rows of
        floating-point numbers.
        """
        if not isinstance(points, Tensor) or points.dim() != 2 or not points.is_floating_point() or len(points) == 0:
            raise ValueError(
                "Standardization needs at least 1 point, (samples, features) of floating-point numbers, "
                f"not {described(points)}."
            )
        constant = points.amax(0) == points.amin(0)  # by rounding, the deviation of equal numbers may be above 0
        deviation = points.std(0, correction=min(len(points) - 1, 1))
        return cls(points.mean(0), deviation.masked_fill(constant, 1.0))

    def apply(self, points: Tensor) -> Tensor:
        """Return the standardized points, (..., features). Raises ValueError for another number of features."""
        if not isinstance(points, Tensor) or points.shape[-1:] != self.mean.shape:
            raise ValueError(f"Standardization needs points of shape (..., {len(self.mean)}), not {described(points)}.")
        return (points - self.mean) / self.deviation
