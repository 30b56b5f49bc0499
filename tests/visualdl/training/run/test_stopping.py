"""A run stops for what it should, says why, and goes on from there when it is asked to."""

from dataclasses import replace

import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.training.run.stopping import Stopping
from visualdl.training.values.snapshot import Evaluation


def sentences(stopping, evaluations):
    """Return what is said after each epoch of a run that is as good as the numbers: losses, or shares of errors."""
    return [stopping.after_epoch(epoch, each) for epoch, each in enumerate(evaluations, start=1)]


def errors(*shares):
    return [Evaluation(0, 0, 0, share) for share in shares]


def losses(*values):
    return [Evaluation(value, 0, 0, 0) for value in values]


def test_epochs_come_once():
    stopping = Stopping(Experiment(stop_when="Epochs", stop_at=2.5))
    assert sentences(stopping, [None] * 5) == ["", "", "Stopped: 3 epochs are done.", "", ""]
    assert not stopping.needs_evaluation


def test_an_error_below_stops_again_only_after_it_was_above():
    stopping = Stopping(Experiment(stop_when="Test error below", stop_at=5))
    assert stopping.needs_evaluation
    said = sentences(stopping, errors(0.05, 0.048, 0.04, 0.06, 0.031))
    assert said == [
        "",
        "Stopped: test error 4.8 % is below 5 %.",
        "",
        "",
        "Stopped: test error 3.1 % is below 5 %.",
    ]


def test_a_plateau_lasts_so_many_epochs_and_after_a_stop_so_many_anew():
    stopping = Stopping(Experiment(stop_when="Loss plateau", stop_at=2))
    said = sentences(stopping, losses(1, 0.5, 0.4999, 0.6, 0.6, 0.6, 0.1))
    stop = "Stopped: the training loss has not fallen for 2 epochs."
    assert said == ["", "", "", stop, "", stop, ""]


def test_without_anything_to_stop_for_nothing_stops():
    assert sentences(Stopping(Experiment()), errors(0, 0)) == ["", ""]


def test_another_bound_is_looked_at_as_if_the_run_began_now():
    stopping = Stopping(Experiment(stop_when="Test error below", stop_at=5))
    assert sentences(stopping, errors(0.01, 0.01))[1] == ""
    stopping.change(Experiment(stop_when="Test error below", stop_at=5, learning_rate=0.5))
    assert sentences(stopping, errors(0.01)) == [""]
    stopping.change(Experiment(stop_when="Test error below", stop_at=2))
    assert sentences(stopping, errors(0.01)) == ["Stopped: test error 1 % is below 2 %."]


@pytest.mark.parametrize("live", [False, True], ids=["from the start", "chosen while it trains"])
def test_a_session_says_it_until_it_goes_on(live):
    wanted = Experiment(stop_when="Test error below", stop_at=100)
    run = Watched(Experiment() if live else wanted)
    run.advance()
    run.change(wanted)
    while not run.stopped:
        run.advance()
    assert run.epoch == 1
    assert run.snapshot().stopped == run.stopped
    assert run.stopped.endswith("% is below 100 %.")
    run.advance()
    assert run.snapshot().stopped == ""


def test_a_session_says_it_until_it_changes():
    session = Watched(Experiment(batch_size=1000, stop_when="Epochs", stop_at=1))
    session.advance()
    assert session.snapshot().stopped
    session.change(replace(session.experiment, learning_rate=0.5))
    assert session.snapshot().stopped == ""


def test_of_a_regression_it_is_the_unexplained_variance_that_falls_below():
    experiment = Experiment(dataset="Plane", stop_when="Test error below", stop_at=5)
    stopping = Stopping(experiment)
    assert stopping.after_epoch(1, Evaluation(1.0, 1.0, 0.5, 0.5)) == ""
    sentence = stopping.after_epoch(2, Evaluation(1.0, 1.0, 0.04, 0.043))
    assert sentence == "Stopped: test 1 − R² 4.3 % is below 5 %."


@pytest.mark.parametrize("change", [{"noise": 20}, {"data_draw": 1}, {"seed": 5}])
def test_other_data_makes_a_plateau_begin_anew(change):
    experiment = Experiment(stop_when="Loss plateau", stop_at=2)
    stopping = Stopping(experiment)
    assert sentences(stopping, losses(0.5, 0.1)) == ["", ""]
    stopping.change(replace(experiment, **change))
    said = [stopping.after_epoch(epoch, each) for epoch, each in enumerate(losses(2.0, 1.5, 1.0, 1.0, 1.0), start=3)]
    assert said == ["", "", "", "", "Stopped: the training loss has not fallen for 2 epochs."]


def test_a_network_that_grows_does_not_stop_again_for_what_it_has_reached():
    experiment = Experiment(depth=1, width=4, samples=100, batch_size=50, stop_when="Test error below", stop_at=100)
    run = Watched(experiment)
    run.advance()
    assert run.stopped
    epoch = run.epoch
    run.change(replace(experiment, width=6))
    run.advance()
    assert run.epoch == epoch + 1
    assert run.stopped == ""
