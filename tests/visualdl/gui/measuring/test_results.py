"""The figures of a bench: percentiles are numbers that were measured, and JSON holds all of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.gui.measuring.results import Bench, Case, Start, percentile

CASE = Case("6 x 8", 1000.0, 600.0, 0.6, 58.5, 16.2, 40.0, 20.0, 35.0, 400.0)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_measured_number_that_so_many_do_not_exceed(values, percent):
    found = percentile(values, percent)
    assert found in values
    share = 100 * sum(value <= found for value in values) / len(values)
    assert share >= percent
    below = [value for value in values if value < found]
    assert 100 * len(below) / len(values) < percent


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1 value, not 0"):
        percentile([], 99)


def test_json_holds_every_figure():
    bench = Bench(
        {"cores": "2"}, {"torch": "1"}, "offscreen", (1100, 700), 5, 2.0, Start(1.0, 1.5, 1.6, 5), 350.0, (CASE,)
    )
    found = json.loads(bench.to_json())
    assert found["cases"] == [vars(CASE)]
    assert found["start"] == {"first_picture": 1.0, "first_map": 1.5, "first_trained_map": 1.6, "tries": 5}
    assert (found["platform"], found["window"], found["memory_at_rest"]) == ("offscreen", [1100, 700], 350.0)
