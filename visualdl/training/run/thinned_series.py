"""The moments of a run of any length, in bounded memory: when it is full, every second one is forgotten."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

CAPACITY = 1000

Rows = NDArray[np.float64]


class ThinnedSeries:
    """`size` numbers at the ends of epochs 0, stride, 2 stride, ...; the stride doubles when `capacity` is reached.

    A run may begin at any moment, within an epoch too: its first one is always kept. Raises ValueError for a capacity
    below 2.
    """

    def __init__(self, size: int, capacity: int = CAPACITY) -> None:
        if capacity < 2:
            raise ValueError(f"A history needs room for at least 2 moments, not {capacity}.")
        self._rows = np.empty((capacity, 1 + size))
        self._count = 0
        self._stride = 1

    def wants(self, epoch: float) -> bool:
        """Say whether the end of `epoch` is one of the moments to keep."""
        return epoch % self._stride == 0

    def record(self, epoch: float, values: ArrayLike) -> None:
        """Keep the values (size,) at the end of an epoch that `wants` asked for; epochs come in rising order."""
        if self._count == len(self._rows):
            kept = self._rows[::2].copy()
            self._rows[: len(kept)] = kept
            self._count = len(kept)
            self._stride *= 2
            if not self.wants(epoch):
                return
        self._rows[self._count, 0] = epoch
        self._rows[self._count, 1:] = values
        self._count += 1

    def with_latest(self, epoch: float, values: ArrayLike) -> tuple[Rows, Rows]:
        """Return the epochs (moments,) and values (size, moments) kept, the last ones being `values` at `epoch`.

        Both are read-only copies.
        """
        kept = self._rows[: self._count]
        if self._count and kept[-1, 0] >= epoch:
            kept = kept[:-1]
        columns = np.empty((self._rows.shape[1], len(kept) + 1))
        columns[:, :-1] = kept.T
        columns[0, -1] = epoch
        columns[1:, -1] = values
        columns.setflags(write=False)
        return columns[0], columns[1:]
