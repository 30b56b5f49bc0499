"""Bounds move in round steps, and hold what they are made for."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from visualdl.gui.views.plots.stable_axis import (
    StableAxis,
    epoch_bounds,
    exponent_bounds,
    round_down,
    round_up,
    value_bounds,
)


@pytest.mark.parametrize("value", [1e-30, 0.05, 0.051, 0.99, 1.0, 1.01, 9.99, 10.0, 49.9, 3.3e38])
def test_round_bounds_hold_their_value_and_waste_at_most_half_of_it(value: float) -> None:
    assert value <= round_up(value) <= 1.5 * value
    assert value / 2.5 <= round_down(value) < value


def test_an_epoch_axis_begins_at_0_and_never_ends_before_the_papers_10_epochs() -> None:
    assert epoch_bounds(np.empty(0)) == epoch_bounds(np.array([0.0])) == epoch_bounds(np.array([0.0, 10])) == (0, 10)
    assert epoch_bounds(np.array([0.0, 10.1])) == (0, 12)


def test_a_run_of_1000_epochs_moves_its_axis_rarely() -> None:
    assert len({epoch_bounds(np.array([0, float(epoch)])) for epoch in range(1001)}) <= 22


def test_a_linear_axis_begins_at_0_and_leaves_out_what_is_not_finite() -> None:
    assert value_bounds(np.array([[0.3, np.inf], [1.9, np.nan]])) == (0, 2)
    assert value_bounds(np.array([[np.nan], [0.0]])) == (0, 1)


def test_a_logarithmic_axis_ends_below_the_smallest_value_and_spans_a_decade() -> None:
    assert exponent_bounds(np.array([0.2, 3.0, np.inf])) == pytest.approx((np.log10(0.1), np.log10(5)))
    assert exponent_bounds(np.array([4.0])) == pytest.approx((np.log10(0.5), np.log10(5)))


def test_zeros_lower_a_logarithmic_axis_below_its_lowest_number() -> None:
    low, top = exponent_bounds(np.array([0.2, 3.0, 0.0]))
    assert low < -1
    assert top == pytest.approx(np.log10(5))
    assert all(np.isfinite(exponent_bounds(np.array([0.0]))))


@pytest.mark.usefixtures("qapp")
def test_numbers_on_an_axis_are_short_and_have_the_same_decimals() -> None:
    axis = StableAxis("left", QFont())
    assert axis.tickStrings([-1e-17, 0.5, 1.0], 1.0, 0.5) == ["0.0", "0.5", "1.0"]
    assert axis.tickStrings([0.0, 2e5, 4e5], 1.0, 2e5) == ["0", "2e5", "4e5"]
    axis.setLogMode(y=True)
    assert axis.tickStrings([-5.0, -1.0, 0.0, 32.0], 1.0, None) == ["1e-5", "0.1", "1", "1e32"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("spacing", "numbers"),
    [
        (500.0, ["0", "500", "1000"]),
        (8e3, ["0", "8k", "16k"]),
        (1e3, ["0", "1k", "2k"]),
        (2.5e3, ["0", "2.5k", "5k"]),
        (1e5, ["0", "100k", "200k"]),
        (2e6, ["0", "2M", "4M"]),
        (1e9, ["0", "1e9", "2e9"]),
    ],
)
def test_large_numbers_side_by_side_are_short(spacing: float, numbers: list[str]) -> None:
    axis = StableAxis("bottom", QFont())
    assert axis.tickStrings([0.0, spacing, 2 * spacing], 1.0, spacing) == numbers


@pytest.mark.usefixtures("qapp")
def test_steps_of_large_numbers_have_their_unit() -> None:
    axis = StableAxis("bottom", QFont())
    assert axis.tickStrings([11_500.0, 12_000.0], 1.0, 500.0) == ["11.5k", "12k"]
    assert axis.tickStrings([329_200.0, 329_300.0], 1.0, 100.0) == ["329.2k", "329.3k"]
    assert axis.tickStrings([5e5, 1e6, 1.5e6], 1.0, 5e5) == ["0.5M", "1M", "1.5M"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [30, 65, 92, 150])
@pytest.mark.parametrize("points", [9, 14, 18])
def test_numbers_one_above_the_other_do_not_touch(size: int, points: int) -> None:
    font = QFont()
    font.setPointSize(points)
    (_, ticks), *_ = StableAxis("left", font).tickValues(0.0, 100.0, size)
    lines = QFontMetricsF(font).height()
    assert all((after - before) * size / 100 > 0.85 * lines for before, after in pairwise(ticks))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [100, 140, 400])
@pytest.mark.parametrize("low", [0.0, -1.0])
@pytest.mark.parametrize("high", [0.001, 10.0, 900.0, 1_800.0, 12_500.0, 90_000.0, 900_000.0, 123_456_789.0, 1e13])
def test_numbers_side_by_side_do_not_touch(low: float, high: float, size: int) -> None:
    low *= high
    font = QFont()
    axis = StableAxis("bottom", font)
    (spacing, ticks), *_ = axis.tickValues(low, high, size)
    texts = axis.tickStrings(ticks, 1.0, spacing)
    assert len(texts) >= (2 if low == 0 else 1)
    for (left, right), places in zip(pairwise(texts), pairwise(ticks), strict=True):
        half_of_both = sum(map(QFontMetricsF(font).horizontalAdvance, (left, right))) / 2
        assert (places[1] - places[0]) * size / (high - low) > half_of_both


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("low", "high", "numbers"), [(-1.0, 0.0, 4), (-2.0, 0.0, 7), (-4.0, 0.0, 5), (-40.0, 38.0, 7)])
def test_a_logarithmic_axis_of_150_pixels_has_room_for_its_numbers(low: float, high: float, numbers: int) -> None:
    ticks = StableAxis("left", QFont()).logTickValues(low, high, 150, [])[0][1]
    assert sum(low <= tick <= high for tick in ticks) == pytest.approx(numbers, abs=1)


@pytest.mark.usefixtures("qapp")
def test_a_logarithmic_axis_tells_the_numbers_of_a_narrow_range_apart() -> None:
    axis = StableAxis("left", QFont())
    axis.setLogMode(y=True)
    for decades in (0.3, 0.01, 0.001):
        (spacing, ticks), *_ = axis.tickValues(-1.0, -1.0 + decades, 150)
        assert 2 <= sum(-1.0 <= tick <= -1.0 + decades for tick in ticks) <= 6
        assert len(set(axis.tickStrings(ticks, 1.0, spacing))) == len(ticks)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("log", [False, True])
def test_an_axis_of_no_length_has_no_numbers(log: bool) -> None:
    axis = StableAxis("left", QFont())
    axis.setLogMode(y=log)
    axis.setRange(0.0, 1.0)
    assert axis.labelled(150)
    axis.setRange(1.0, 1.0)
    assert axis.labelled(150) == []
    assert not axis.tickValues(1.0, 1.0, 150)
