"""The history stays bounded, and keeps the first and the latest moment of a run of any length."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.training.run.history import History
from visualdl.training.values.snapshot import Evaluation


def evaluation(epoch):
    return Evaluation(1.0 + epoch, 2.0 + epoch, 3.0 + epoch, 4.0 + epoch)


def record(history, epochs):
    for epoch in range(epochs + 1):
        if history.wants(epoch):
            history.record(epoch, evaluation(epoch))


@given(epochs=st.integers(0, 500), capacity=st.integers(2, 40))
def test_a_run_of_any_length_is_bounded_and_keeps_first_and_latest(epochs, capacity):
    history = History(capacity)
    record(history, epochs)
    curves = history.curves(epochs, evaluation(epochs))
    assert len(curves.epochs) <= capacity + 1
    assert curves.epochs[0] == 0
    assert curves.epochs[-1] == epochs
    steps = np.diff(curves.epochs)
    assert (steps > 0).all()
    assert len(set(steps[:-1].tolist())) <= 1, "between the first and the latest the moments stand evenly"
    assert np.array_equal(curves.train_loss, curves.epochs + 1)
    assert np.array_equal(curves.test_error, curves.epochs + 4)


@given(epochs=st.integers(2, 500), capacity=st.integers(2, 40))
def test_no_more_is_forgotten_than_needed(epochs, capacity):
    history = History(capacity)
    record(history, epochs)
    assert len(history.curves(epochs, evaluation(epochs)).epochs) >= min(epochs + 1, capacity // 2)


def test_the_latest_moment_may_lie_within_an_epoch():
    history = History()
    record(history, 2)
    assert history.curves(2.4, evaluation(2.4)).epochs.tolist() == [0, 1, 2, 2.4]


def test_curves_are_read_only_and_do_not_change_afterwards():
    history = History(4)
    record(history, 3)
    curves = history.curves(3, evaluation(3))
    with pytest.raises(ValueError, match="read-only"):
        curves.train_loss[0] = 0
    history.record(4, evaluation(4))
    assert curves.epochs.tolist() == [0, 1, 2, 3]


def test_a_history_needs_room_for_two_moments():
    with pytest.raises(ValueError, match="at least 2 moments, not 1"):
        History(1)


def test_ten_million_epochs_take_no_more_room_than_a_thousand():
    history, epochs, epoch = History(), 10_000_000, 0
    while epoch <= epochs:
        history.record(epoch, evaluation(epoch))
        epoch += next(stride for stride in (2**power for power in range(24)) if history.wants(epoch + stride))
    curves = history.curves(epochs, evaluation(epochs))
    assert 500 <= len(curves.epochs) <= 1001
    assert (curves.epochs[0], curves.epochs[-1]) == (0, epochs)
    assert len(set(np.diff(curves.epochs)[:-1].tolist())) == 1
