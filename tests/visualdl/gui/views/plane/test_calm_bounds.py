"""Bounds of signed values: round, with zero, and without jumps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.gui.views.plane.calm_bounds import LEAST_USED, calm_bounds


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([0.0, 2.6], (0, 3)),
        ([-1.0, 1.0], (-1, 1)),
        ([3.1, 4.9], (0, 5)),
        ([-0.3, -0.1], (-0.3, 0)),
        ([0.0, 0.0], (0, 1)),
        ([0.3, 0.3], (0, 0.3)),
        ([], (0, 1)),
        ([np.nan, np.nan], (0, 1)),
        ([np.nan, 0.5, np.inf], (0, 0.5)),
        ([1e-20], (0, 1)),
        ([3e38, 2.0], (0, 2)),
    ],
)
def test_bounds_show_zero_and_all_that_has_a_place(values, bounds):
    assert calm_bounds(np.array(values)) == pytest.approx(bounds)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5))
def test_bounds_hold_the_values_and_are_used_by_more_than_what_would_change_them(values):
    low, high = calm_bounds(np.array(values))
    slack = 1e-9 * (high - low)
    assert low - slack <= min(*values, 0.0)
    assert max(*values, 0.0) <= high + slack
    used = max(*values, 0.0) - min(*values, 0.0)
    assert used < 1e-9 or used / (high - low) > LEAST_USED + 0.1


def test_bounds_stay_while_values_move_within_them():
    before = calm_bounds(np.array([0.0, 2.6]))
    assert calm_bounds(np.array([0.0, 2.9]), before) == before
    assert calm_bounds(np.array([0.0, 1.6]), before) == before
    assert calm_bounds(np.array([0.0, 1.4]), before)[1] < before[1]
    assert calm_bounds(np.array([0.0, 3.1]), before)[1] > before[1]
    assert calm_bounds(np.array([-0.1, 2.6]), before)[0] < before[0]
