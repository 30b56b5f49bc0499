"""The bounds of an axis of values of either sign: round, with zero in them, and calm while the values move."""

import math

import numpy as np

from visualdl.gui.views.plots.stable_axis import LOG_STEPS, Bounds, Values, round_up

PARTS = 8  # into which the values' span is cut, at most, to round the bounds
LEAST_USED = 0.5  # of the bounds; new ones are used by more than 0.6, so that no two values can make them jump
SMALLEST, LARGEST = 1e-9, 1e30  # what is smaller is zero to an axis; what is larger has no place on one


def calm_bounds(values: Values, before: Bounds | None = None) -> Bounds:
    """Return the ends of an axis that shows zero and the finite ones of `values`.

    They stay those of `before` while the values lie within and use half of them or more. Values that are all zero
    get an axis up to 1.
    """
    shown = values[np.abs(values) < LARGEST]  # not so of nan
    low, high = (float(end(shown, initial=0.0)) for end in (np.min, np.max))
    if high - low < SMALLEST:
        return 0.0, 1.0
    if before and before[0] <= low and high <= before[1] and high - low >= LEAST_USED * (before[1] - before[0]):
        return before
    step = round_up((high - low) / PARTS, LOG_STEPS)
    return math.floor(low / step) * step, math.ceil(high / step) * step
