"""The numbers of a logarithmic axis are round, apart, and there, at every zoom."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.gui.views.plots.log_ticks import log_ticks


def numbers(low: float, high: float, gap: float) -> list[float]:
    """Return those in sight."""
    return [float(f"{10**tick:.6g}") for tick in log_ticks(low, high, gap) if low - 1e-9 <= tick <= high + 1e-9]


@pytest.mark.parametrize(
    ("low", "high", "gap", "expected"),
    [
        (0.3, 1.7, 0.25, [2, 5, 10, 20, 50]),
        (0.0, 2.0, 0.4, [1, 3, 10, 30, 100]),
        (-3.0, 0.0, 0.6, [0.001, 0.01, 0.1, 1]),
        (-8.0, 0.0, 1.5, [1e-8, 1e-6, 1e-4, 1e-2, 1]),
        (np.log10(0.2), np.log10(0.8), 0.1, [0.2, 0.4, 0.6, 0.8]),
        (np.log10(0.145), np.log10(0.87), 0.15, [0.2, 0.5]),
        (np.log10(0.34), np.log10(0.48), 0.03, [0.35, 0.4, 0.45]),
        (np.log10(0.0221), np.log10(0.0399), 0.09, [0.03]),
    ],
)
def test_numbers_are_round(low: float, high: float, gap: float, expected: list[float]) -> None:
    assert numbers(low, high, gap) == pytest.approx(expected)


@given(st.floats(-30, 30), st.floats(0.001, 60), st.integers(2, 20))
def test_there_is_a_number_and_all_have_room(low: float, decades: float, lines: int) -> None:
    gap = decades / lines
    ticks = log_ticks(low, low + decades, gap)
    assert all(after - before >= gap * (1 - 1e-9) for before, after in pairwise(ticks))
    assert len(numbers(low, low + decades, gap)) >= (2 if lines >= 8 else 1)
    assert len(numbers(low, low + decades, gap)) <= lines + 1
