"""Median and quartiles over runs, whatever the runs' numbers are."""

import numpy as np
import pytest

from visualdl.training.seeds.quartiles import quartiles_of

NAN, INF = np.nan, np.inf


@pytest.mark.parametrize("runs", [1, 2, 3, 10, 100])
def test_they_are_numpys_quantiles(runs):
    values = np.random.default_rng(runs).random((7, runs))
    spread = quartiles_of(values)
    expected = np.quantile(values, [0.25, 0.5, 0.75], axis=1)
    np.testing.assert_allclose([spread.lower, spread.median, spread.upper], expected)


@pytest.mark.parametrize("lost", [NAN, INF, -INF])
def test_runs_that_are_not_finite_are_left_out(lost):
    spread = quartiles_of([[3, lost, 1, 2], [lost, 5, lost, lost]])
    np.testing.assert_allclose([spread.lower, spread.median, spread.upper], [[1.5, 5], [2, 5], [2.5, 5]])


def test_where_no_run_is_finite_there_is_no_spread():
    spread = quartiles_of([[NAN, INF], [1, 1]])
    np.testing.assert_array_equal(spread.median, [NAN, 1])
    np.testing.assert_array_equal(spread.lower, spread.upper)


@pytest.mark.parametrize("shape", [(0, 3), (0, 0), (2, 0)])
def test_there_may_be_nothing(shape):
    assert np.isnan(quartiles_of(np.empty(shape)).median).all()
    assert quartiles_of(np.empty(shape)).upper.shape == shape[:1]
