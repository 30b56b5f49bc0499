"""A random user at the real window, looked after: whatever is done, what is shown is so. Long: `make monkey`."""

from random import Random
from types import SimpleNamespace

import pytest
import torch

from tests.soak import monkey as of_monkey
from tests.soak.monkey import Monkey
from visualdl.experiment.experiment import Experiment
from visualdl.gui.controls.experiment_panel import ExperimentPanel
from visualdl.gui.views.bars.readouts import Readouts

ACTS = 10


@pytest.fixture
def monkey(qapp, tmp_path):
    monkey = Monkey(0, tmp_path)
    yield monkey
    monkey.close()


def test_whatever_a_user_does_the_window_shows_what_is_so(qapp, tmp_path):
    monkey = Monkey(Random().randrange(1_000_000), tmp_path)  # a fault names it
    try:
        for _ in range(ACTS):
            assert monkey.act() == ""
    finally:
        monkey.close()


def do(monkey, act):
    """Let the monkey do this next; return what it finds."""
    monkey._user.act = lambda: act() or "the act"
    return monkey.act()


def test_a_run_that_nothing_acted_on_is_made_again_and_one_that_is_not_the_same_is_found(monkey):
    monkey._chance = Random(3)
    while not monkey.steps_compared:
        assert do(monkey, monkey._window.train_step) == ""
    run = monkey._clean._again
    with torch.inference_mode():
        run._network.param()[0][0].add_(1e-3)
    run._unseen = True
    assert "The same run from a clean start has another 0.weight" in do(monkey, lambda: None)


def test_a_readout_that_is_not_the_snapshots_is_found(monkey):
    monkey._window.findChild(Readouts)._numbers["Test loss"].setText("0.1234")
    assert "Test loss is shown as 0.1234, and is" in do(monkey, lambda: None)


def test_a_control_that_shows_something_else_is_found(monkey):
    monkey._window.findChild(ExperimentPanel).show_experiment(Experiment(depth=2))
    fault = do(monkey, lambda: None)
    assert "The panel has another depth than was asked for." in fault
    assert "Depth is shown as 2, and 3 was asked for." in fault
    assert fault.startswith("Seed 0, act 1:\n  1. the act\n")


def test_classes_that_cannot_be_chosen_are_no_fault(monkey):
    window, rings = monkey._window, Experiment(dataset="Rings", classes=3, samples=60)
    for experiment in (rings, rings.choose("dataset", "Moons"), rings.choose("dataset", "Plane")):
        assert do(monkey, lambda experiment=experiment: window.want(experiment)) == ""


def test_a_run_from_a_file_is_not_made_again_even_if_nobody_looks_at_once(monkey):
    def open_weights():
        monkey._window.reset()
        return of_monkey.KEEPS_ITS_STATE

    busy, chance = monkey._is_busy, monkey._chance
    monkey._is_busy = lambda: True
    monkey._chance = SimpleNamespace(random=lambda: 0.4, choice=min)
    assert do(monkey, open_weights) == ""
    monkey._is_busy, monkey._chance = busy, chance
    assert do(monkey, lambda: None) == ""
    assert monkey._clean.number is None
    assert do(monkey, monkey._window.reset) == ""
    assert monkey._clean.number == monkey._window.frame.run


def test_closing_and_opening_again_is_an_act(monkey, monkeypatch):
    monkeypatch.setattr(of_monkey, "REOPEN", 1)
    before = monkey._window
    assert monkey.act() == ""
    assert monkey._window is not before
    assert monkey.acts == 1


def fail(*_asked):
    raise KeyError("nobody expects it")


def test_a_check_ends_with_the_first_fault_and_an_exception_is_one(qapp, monkeypatch):
    monkeypatch.setattr(of_monkey, "TELL_EVERY", 0)
    monkeypatch.setattr(of_monkey.RandomUser, "act", fail)
    told = []
    assert "KeyError: 'nobody expects it'" in of_monkey.check_for(60, 0, told.append)
    assert len(told) == 1
    assert "1 acts" in told[0]
