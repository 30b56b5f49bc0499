"""The quartiles of a number over many runs, its median among them. Runs whose number is not finite are left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Quartiles:
    """The quartiles at each moment, (moments,) each; nan where no run's number is finite."""

    lower: NDArray[np.float64]
    median: NDArray[np.float64]
    upper: NDArray[np.float64]


def quartiles_of(values: ArrayLike) -> Quartiles:
    """Return the quartiles of `values` (moments, runs) over the runs, interpolated like `numpy.quantile`."""
    numbers = np.asarray(values, dtype=float)
    ordered = np.sort(np.where(np.isfinite(numbers), numbers, np.nan), axis=1)  # nan comes last
    last = np.isfinite(ordered).sum(axis=1) - 1
    return Quartiles(*(_at(ordered, last * share) for share in (0.25, 0.5, 0.75)))


def _at(ordered: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what stands at a place of each row, (moments,), between two of its numbers too; nan below place 0."""
    if not ordered.shape[1]:
        return np.full(len(ordered), np.nan)
    below = np.maximum(np.floor(places), 0).astype(int)
    above = np.maximum(np.ceil(places), 0).astype(int)
    rows = np.arange(len(ordered))
    low, high = ordered[rows, below], ordered[rows, above]
    between: NDArray[np.float64] = low + (high - low) * (places - below)
    return between
