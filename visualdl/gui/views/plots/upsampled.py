"""A picture between its points: the values of a coarse grid over the square on a finer one."""

import math
from functools import cache

import numpy as np


def refined(values: np.ndarray, side: int) -> np.ndarray:
    """Return `values` (n, n) on a grid of at least (side, side): the same points, and linear between them."""
    between = max(1, math.ceil((side - 1) / (len(values) - 1)))
    if between == 1:
        return values
    weights = _weights(len(values), between)
    finer: np.ndarray = weights @ values.astype(np.float32) @ weights.T
    return finer


@cache
def _weights(points: int, between: int) -> np.ndarray:
    """Return (finer, points) of which each row makes one of the finer points from its two neighbours."""
    places = np.arange((points - 1) * between + 1) / between
    return np.maximum(0, 1 - np.abs(places[:, np.newaxis] - np.arange(points))).astype(np.float32)
