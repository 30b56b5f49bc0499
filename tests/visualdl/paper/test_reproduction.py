"""The reproduction trains what it says: the same runs as a run, one by one and at once, again and again alike."""

from dataclasses import replace

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.paper import at_once, reproduction
from visualdl.paper.at_once import chunks
from visualdl.paper.reproduction import reproduce

SMALL = Experiment(depth=1, width=4, batch_size=250, learning_rate=0.001, seed=5)
EPOCHS = 2


@pytest.fixture(autouse=True)
def few_alone_and_few_at_once(monkeypatch):
    monkeypatch.setattr(reproduction, "MOST_TIMED", 2)
    monkeypatch.setattr(at_once, "LARGEST_CHUNK", 2)


def quiet(*_progress):
    pass


def session_error(seed):
    run = Watched(replace(SMALL, seed=seed))
    while run.epoch < EPOCHS:
        run.advance()
    evaluation = run.snapshot().evaluation
    return 100 * evaluation.train_error, 100 * evaluation.test_error


def test_every_run_does_what_a_session_of_its_seed_does():
    found = reproduce(SMALL, 5, quiet, EPOCHS)
    assert (found.seeds, found.timed, found.epochs) == ((5, 6, 7, 8, 9), 2, EPOCHS)
    expected = np.array([session_error(seed) for seed in found.seeds]).T
    for outcome in (found.minidl, found.torch_sum):  # steps so short that rounding moves a sample or two
        np.testing.assert_allclose([outcome.train, outcome.test], expected, atol=0.31)
    assert np.abs(found.torch_mean.train - found.minidl.train).max() > 1
    assert np.array_equal(found.minidl.train_curves[:, -1], found.minidl.train[:2])


def test_the_same_seed_and_number_of_runs_find_the_same_errors():
    first, second = reproduce(SMALL, 4, quiet, EPOCHS), reproduce(SMALL, 4, quiet, EPOCHS)
    for name in ("minidl", "torch_mean", "torch_sum"):
        one, other = getattr(first, name), getattr(second, name)
        for quantity in ("train", "test", "train_curves"):
            assert np.array_equal(getattr(one, quantity), getattr(other, quantity))


def test_times_are_those_of_the_runs_that_were_trained_alone():
    found = reproduce(SMALL, 3, quiet, EPOCHS)
    for outcome in (found.minidl, found.torch_mean, found.torch_sum):
        assert outcome.wall.shape == outcome.cpu.shape == (2,)
        assert (outcome.wall > 0).all()
        assert not outcome.train.flags.writeable
    assert found.minidl.train_curves.shape == (2, EPOCHS + 1)


def test_it_tells_how_far_it_is():
    told = []
    reproduce(SMALL, 5, lambda *progress: told.append(progress), EPOCHS)
    assert told == [
        ("Runs one by one", 1, 2),
        ("Runs one by one", 2, 2),
        ("Runs many at once", 0, 3),  # one, and then two
        ("Runs many at once", 1, 3),
        ("Runs many at once", 2, 3),
        ("Runs many at once", 3, 3),
    ]


def test_runs_that_cannot_be_are_refused_before_any_is_trained():
    with pytest.raises(ValueError, match="Runs must be at least 1, not 0"):
        reproduce(SMALL, 0, quiet)
    with pytest.raises(ValueError, match="Seed must be a whole number from 0 to 999999, not 1000000"):
        reproduce(Experiment(seed=999_998), 3, quiet)


@pytest.mark.parametrize("runs", [0, 1, 100, 101, 490, 9990])
def test_chunks_hold_every_run_once_and_are_nearly_of_one_size(runs, monkeypatch):
    monkeypatch.setattr(at_once, "LARGEST_CHUNK", 100)
    found = list(chunks(runs))
    assert [run for chunk in found for run in chunk] == list(range(runs))
    sizes = [len(chunk) for chunk in found]
    assert max(sizes, default=0) <= 100
    assert max(sizes, default=0) - min(sizes, default=0) <= 1
