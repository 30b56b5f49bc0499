"""How numbers spread: median and quartiles, and what chance does to the median of ten."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visualdl.paper.results import Floats


@dataclass(frozen=True)
class Spread:
    """Lower quartile, median, upper quartile and mean of some numbers, the quartiles interpolated."""

    lower: float
    median: float
    upper: float
    mean: float

    @classmethod
    def of(cls, values: Sequence[float] | Floats) -> "Spread":
        """Take them of `values`, at least one."""
        lower, median, upper = np.percentile(values, (25, 50, 75)).tolist()
        return cls(lower, median, upper, float(np.mean(values)))


def likely_medians(values: Floats, size: int, share: float = 0.95) -> tuple[float, float]:
    """Return the range in which a `share` of all medians of `size` numbers lie that are drawn from `values`.

    By 10,000 draws from a fixed seed.
    """
    draws = np.random.default_rng(0).choice(values, (10_000, size))
    low, high = np.percentile(np.median(draws, axis=1), (50 * (1 - share), 50 * (1 + share))).tolist()
    return low, high


def distance(some: Floats, others: Floats) -> float:
    """Return Kolmogorov and Smirnov's distance: the largest difference of the shares at or below one value, 0 to 1."""
    places = np.concatenate([some, others])
    shares = [np.searchsorted(np.sort(values), places, side="right") / len(values) for values in (some, others)]
    return float(np.abs(shares[0] - shares[1]).max())


def chance_distance(runs: int) -> float:
    """Return the distance that two samples of `runs` numbers from one distribution exceed in 5 of 100 cases.

    Smirnov's 1.358 sqrt(2 / n), an approximation for many runs.
    """
    return float(1.358 * np.sqrt(2 / runs))
