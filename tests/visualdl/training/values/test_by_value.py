"""Values hold arrays, and are equal bit for bit or not at all."""

import numpy as np
import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.training.run.run import Run
from visualdl.training.values.by_value import are_same

ONE = np.array([1.0, 2.0], np.float32)


@pytest.mark.parametrize(
    "other",
    [
        np.nextafter(ONE, np.float32(9)),
        ONE[:1],
        ONE.reshape(2, 1),
        ONE.view(np.int32),
    ],
    ids=["bit", "length", "shape", "dtype"],
)
def test_arrays_are_the_same_bit_for_bit_or_not_at_all(other):
    assert are_same(ONE, ONE.copy())
    assert not are_same(ONE, other)
    assert not are_same({"weight": (ONE,)}, {"weight": (other,)})


def test_minus_zero_is_another_number_and_nan_is_the_same_as_itself():
    assert not are_same(np.array([0.0]), np.array([-0.0]))
    assert are_same(np.array([np.nan]), np.array([np.nan]))


def test_a_run_state_is_another_one_step_later():
    run = Run(Experiment(depth=1, width=3))
    before, again = run.state(), run.state()
    assert before == again
    run.advance(1)
    assert run.state() != before
