"""A frame is the part of the plane that a picture shows as the unit square, in the data's own units."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROOM = 0.05  # of the range, beyond it at each end: a point at the edge would be cut
ALMOST = 0.1  # this far from its edges, points still fill the unit square


@dataclass(frozen=True)
class Frame:
    """From `low` to `high` along x1 and along x2. Raises ValueError unless both are finite and grow."""

    low: tuple[float, float] = (0.0, 0.0)
    high: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        for low, high in zip(self.low, self.high, strict=True):
            if not (low < high and math.isfinite(high - low)):
                raise ValueError(f"A frame must go from a number to a larger one, not from {low} to {high}.")

    def to_square(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions (..., 2) of the plane as places of the unit square."""
        low, high = self._corners()
        return np.divide(positions - low, high - low)

    def from_square(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places (..., 2) of the unit square as positions of the plane."""
        low, high = self._corners()
        return np.add(low, places * (high - low))

    def _corners(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.array(self.low), np.array(self.high)


UNIT = Frame()
"""The unit square itself."""


def frame_around(along1: tuple[float, float], along2: tuple[float, float]) -> Frame:
    """Return a frame a little larger than what goes from and to these numbers along x1 and along x2.

    What lies in the unit square and fills it has that square for its frame.
    """
    if all(0 <= low <= ALMOST and 1 - ALMOST <= high <= 1 for low, high in (along1, along2)):
        return UNIT
    rooms = [ROOM * (high - low) for low, high in (along1, along2)]
    return Frame((along1[0] - rooms[0], along2[0] - rooms[1]), (along1[1] + rooms[0], along2[1] + rooms[1]))
