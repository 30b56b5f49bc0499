"""The engine's pace, steps, epochs and restarts, driven by a clock that stands still until it is moved."""

import math

import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.experiment.playback import SPEED
from visualdl.training.engine.engine import DRAG_PAUSE, EVALUATED_EVERY, Engine
from visualdl.training.engine.run_job import BURST
from visualdl.training.run.observer import Observer
from visualdl.training.run.run import Run
from visualdl.training.values.by_value import are_same
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.snapshot_request import SnapshotRequest


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(clock):
    return Engine(Experiment(width=4, depth=1), clock)


def run(engine, clock, seconds, most=10_000):
    """Do what a thread would do for a while; each rest lasts as long as it was meant to."""
    end = clock.now + seconds
    for _ in range(most):
        wait = engine.seconds_until_due()
        if wait is None or clock.now + wait > end:
            clock.now = end
            return
        clock.now += wait
        engine.work()


def test_nothing_moves_until_it_is_asked_for(engine):
    assert engine.seconds_until_due() is None
    assert engine.frame().snapshot.step == 0
    assert not engine.frame().playback.advancing


@pytest.mark.parametrize("speed", [1, 7.5, 50, 900])
def test_it_keeps_the_pace(engine, clock, speed):
    engine.set_speed(speed)
    engine.play()
    run(engine, clock, 4)
    assert engine.frame().snapshot.step == pytest.approx(4 * speed, abs=1.1)


def test_at_the_upper_end_there_is_no_limit(engine):
    engine.set_speed(SPEED.maximum)
    engine.play()
    for _ in range(100):
        assert engine.seconds_until_due() == 0
        engine.work()
    assert engine.frame().snapshot.step == 100


@pytest.fixture
def steps_take_time(clock, monkeypatch):
    """Let eight steps take as long as they may follow each other."""
    advance = Run.advance

    def advance_in_time(run, most=1):
        clock.now += most * BURST / 8
        advance(run, most)

    monkeypatch.setattr(Run, "advance", advance_in_time)


def test_at_full_speed_as_many_steps_follow_each_other_as_take_a_moment(engine, steps_take_time):
    engine.set_speed(SPEED.maximum)
    engine.play()
    steps = [engine.frame().snapshot.step]
    for _ in range(4):
        engine.work()
        steps.append(engine.frame().snapshot.step)
    assert steps == [0, 1, 9, 17, 20], "an epoch has 20, and ends each time"
    engine.set_speed(50)
    engine.work()
    assert engine.frame().snapshot.step == 21
    engine.set_speed(SPEED.maximum)
    engine.change(Experiment(width=5, depth=1))
    engine.work()
    assert engine.frame().snapshot.step == 1, "how long the steps of another network take is not known"


def test_an_epoch_comes_at_full_speed_however_slow_the_pace(engine, steps_take_time):
    engine.set_speed(1)
    engine.advance_epochs()
    steps = []
    while engine.frame().playback.advancing:
        engine.work()
        steps.append(engine.frame().snapshot.step)
    assert steps == [1, 9, 17, 20]


def test_a_late_engine_does_not_rush_for_long(engine, clock):
    engine.set_speed(10)
    engine.play()
    clock.now += 60  # the machine slept
    steps = 0
    while engine.seconds_until_due() == 0:
        engine.work()
        steps += 1
    assert steps <= 4


def test_a_new_speed_holds_at_once(engine, clock):
    engine.set_speed(1)
    engine.play()
    engine.work()
    engine.set_speed(100)
    run(engine, clock, 1)
    assert engine.frame().snapshot.step >= 99


def test_pause_stops(engine):
    engine.play()
    engine.pause()
    assert engine.seconds_until_due() is None


def test_a_step_is_one_mini_batch_and_pauses(engine):
    engine.play()
    engine.advance_step()
    assert engine.frame().snapshot.step == 1
    assert engine.seconds_until_due() is None


def test_an_epoch_ends_where_the_epoch_ends_and_pauses(engine, clock):
    engine.set_speed(1)
    engine.play()
    run(engine, clock, 3)
    engine.advance_epochs()
    start = clock.now
    run(engine, clock, 1)
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.epoch, snapshot.batch, snapshot.step) == (1, 0, 20)
    assert not frame.playback.advancing
    assert clock.now == start + 1, "an epoch is not held back by the speed"


def test_to_play_while_an_epoch_is_under_way_goes_on_beyond_it_at_the_set_speed(engine, clock):
    engine.set_speed(10)
    engine.advance_epochs()
    engine.work()
    assert engine.frame().playback.advancing
    engine.play()
    run(engine, clock, 4)
    assert engine.frame().snapshot.step == pytest.approx(41, abs=1.1)
    assert engine.frame().playback.advancing


def test_to_play_again_takes_the_next_step_at_once(engine):
    engine.set_speed(1)
    engine.play()
    engine.work()
    assert engine.seconds_until_due() == 1
    engine.pause()
    engine.play()
    assert engine.seconds_until_due() == 0


def test_epochs_asked_for_while_one_is_under_way_add_up(engine, clock):
    for _ in range(3):
        engine.advance_epochs()
        engine.work()
    run(engine, clock, 1)
    assert engine.frame().snapshot.epoch == 3


def test_live_changes_keep_the_run_and_the_steps(engine, clock):
    engine.play()
    run(engine, clock, 1)
    steps = engine.frame().snapshot.step
    engine.change(Experiment(width=4, depth=1, learning_rate=0.5))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (frame.run, snapshot.step) == (0, steps)
    assert snapshot.experiment.learning_rate == 0.5
    assert frame.playback.advancing


def test_changes_within_a_second_are_one_drag_and_later_ones_are_another(engine, clock):
    for seconds, rate in ((0.0, 0.02), (0.5, 0.05), (0.875, 0.1), (DRAG_PAUSE, 0.2)):
        clock.now += seconds
        engine.change(Experiment(width=4, depth=1, learning_rate=rate))
        engine.change(Experiment(width=4, depth=1, learning_rate=rate))  # nothing new, no part of any drag
    texts = [change.text for change in engine.frame().curves.changes]
    assert texts == ["Learning rate 0.01 → 0.1", "Learning rate 0.1 → 0.2"]


def test_what_changes_nothing_prolongs_no_drag(engine, clock):
    for rate in (0.02, 0.02, 0.05):
        engine.change(Experiment(width=4, depth=1, learning_rate=rate))
        clock.now += 0.75 * DRAG_PAUSE
    texts = [change.text for change in engine.frame().curves.changes]
    assert texts == ["Learning rate 0.01 → 0.02", "Learning rate 0.02 → 0.05"]


def test_without_hidden_layers_their_choices_start_nothing_anew(clock):
    engine = Engine(Experiment(depth=0), clock)
    engine.advance_step()
    engine.change(Experiment(depth=0, width=99, hidden_activation="Tanh"))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.step, snapshot.experiment.width, frame.curves.changes) == (1, 99, ())
    engine.change(Experiment(depth=1, width=99, hidden_activation="Tanh"))
    assert engine.frame().snapshot.step == 0


def test_a_new_network_starts_from_nothing_and_goes_on_training(engine, clock):
    engine.play()
    run(engine, clock, 1)
    engine.change(Experiment(width=9, depth=2))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (frame.run, snapshot.step, snapshot.experiment.width) == (1, 0, 9)
    assert frame.playback.advancing
    run(engine, clock, 1)
    assert engine.frame().snapshot.step > 0


def test_the_same_experiment_begins_again_as_another_run(engine, clock):
    initial = engine.frame().snapshot.evaluation
    engine.play()
    run(engine, clock, 1)
    engine.pause()
    engine.begin(Experiment(width=4, depth=1))
    assert engine.frame().snapshot.evaluation == initial
    assert engine.frame().run == 1


def test_the_speed_is_measured(engine, clock):
    engine.set_speed(40)
    engine.play()
    for _ in range(10):
        run(engine, clock, 0.25)
        speed = engine.frame().playback.steps_per_second
    assert speed == pytest.approx(40, rel=0.05)
    engine.pause()
    assert engine.frame().playback.steps_per_second == 0


@pytest.mark.parametrize("command", ["play", "advance_epochs"])
def test_the_speed_is_that_since_it_goes_on_without_the_rest_before(engine, clock, command):
    engine.play()
    engine.frame()
    run(engine, clock, 1)
    assert engine.frame().playback.steps_per_second == pytest.approx(50, rel=0.05)
    engine.pause()
    clock.now += 0.5
    getattr(engine, command)()
    assert engine.frame().playback.steps_per_second == 0


def test_a_run_that_cannot_go_on_pauses(clock):
    engine = Engine(Experiment(depth=0, output_activation="ReLU", learning_rate=10), clock)
    engine.set_speed(math.inf)
    engine.play()
    run(engine, clock, 1)
    frame = engine.frame()
    snapshot = frame.snapshot
    assert snapshot.problem
    assert not frame.playback.advancing
    assert engine.seconds_until_due() is None
    engine.play()
    engine.work()
    assert engine.seconds_until_due() is None, "only a new run recovers"
    engine.begin(snapshot.experiment)
    assert not engine.frame().snapshot.problem


BIAS = ParameterIndex("0.bias", (3,))


def test_edits_act_at_once_and_only_on_the_run_that_they_are_meant_for(engine):
    engine.set_number(BIAS, 0.5, 0)
    engine.set_locked(BIAS, True, 0)
    engine.advance_step()
    frame = engine.frame()
    snapshot = frame.snapshot
    assert snapshot.weights["0.bias"][3] == 0.5
    assert snapshot.locked == {BIAS}
    engine.change(Experiment(width=2, depth=1))
    before = engine.frame().snapshot
    engine.set_number(BIAS, 0.5, 0)  # no such place any more
    engine.set_number(ParameterIndex("0.bias", (0,)), 0.5, 0)  # another neuron now
    engine.set_locked(ParameterIndex("0.bias", (0,)), True, 0)
    after = engine.frame()
    assert after.snapshot.weights["0.bias"].tolist() == before.weights["0.bias"].tolist()
    assert (after.snapshot.locked, after.curves.changes) == (frozenset(), ())
    with pytest.raises(ValueError, match="no position"):
        engine.set_number(BIAS, 0.5, 1)


def test_edits_within_a_second_are_one_drag(engine, clock):
    for seconds, value in ((0.0, 0.1), (0.5, 0.2), (2.0, 0.3)):
        clock.now += seconds
        engine.set_number(BIAS, value, 0)
    texts = [change.text for change in engine.frame().curves.changes]
    assert [text.rpartition(" ")[2] for text in texts] == ["0.2", "0.3"]


def test_a_look_is_answered(engine):
    assert engine.frame().snapshot.neurons is None
    assert len(engine.frame(SnapshotRequest(neurons=(33,))).snapshot.neurons.levels) == 3


def test_with_weights_kept_a_new_network_goes_on_where_the_old_one_was(engine, clock):
    engine.play()
    run(engine, clock, 1)
    before = engine.frame().snapshot
    engine.change(Experiment(width=9, depth=1), keep_weights=True)
    after = engine.frame()
    assert (after.run, after.network, after.snapshot.step, after.playback.advancing) == (0, 1, before.step, True)
    assert after.snapshot.evaluation.test_loss == pytest.approx(before.evaluation.test_loss, rel=1e-4)
    assert [change.text for change in after.curves.changes] == ["Width 4 → 9"]
    layers = (Layer(9, "ReLU"), Layer(12, "ReLU"))
    engine.change(Experiment(depth=2, layers=layers), keep_weights=True)
    assert [change.text for change in engine.frame().curves.changes] == ["Width 4 → 9", "Layer 2 added"]


def test_a_goal_stays_while_the_network_grows(engine, clock):
    engine.advance_epochs()
    engine.work()
    engine.change(Experiment(width=5, depth=1), keep_weights=True)
    run(engine, clock, 1)
    assert (engine.frame().snapshot.epoch, engine.frame().snapshot.batch) == (1, 0)


def test_dragging_the_width_is_one_change(engine):
    for width in (5, 6, 7):
        engine.change(Experiment(width=width, depth=1), keep_weights=True)
    assert [change.text for change in engine.frame().curves.changes] == ["Width 4 → 7"]


@pytest.mark.parametrize(
    "act",
    [
        lambda engine: engine.begin(Experiment(width=4, depth=1)),
        lambda engine: engine.change(Experiment(width=9, depth=1, seed=1), keep_weights=True),
    ],
)
def test_a_reset_and_another_seed_keep_nothing(engine, act):
    engine.advance_step()
    act(engine)
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.step, frame.curves.changes) == (0, ())


def test_a_run_that_had_to_stop_leaves_nothing_to_keep(clock):
    experiment = Experiment(depth=0, output_activation="ReLU", learning_rate=10)
    seen, unseen = Engine(experiment, clock), Engine(experiment, clock)
    while not seen.frame().snapshot.problem:
        seen.advance_step()
        unseen.advance_step()
    for engine in (seen, unseen):  # who has not looked since the latest step does not know yet
        engine.change(Experiment(depth=1, width=4), keep_weights=True)
        assert (engine.frame().snapshot.step, engine.frame().snapshot.problem) == (0, "")


def test_a_run_begins_from_the_state_that_is_given(engine):
    wider = Run(Experiment(width=5, depth=1, optimizer="Adam"))
    wider.advance(7)
    engine.begin(wider.experiment, wider.state())
    engine.advance_step()
    wider.advance()
    assert are_same(engine.frame().snapshot.weights, wider.state().weights)


@pytest.mark.parametrize("plays", [False, True])
def test_a_new_run_forgets_the_epoch_that_was_to_be_reached(engine, plays):
    if plays:
        engine.play()
    engine.advance_epochs(5)
    engine.change(Experiment(width=5, depth=1))
    assert engine.seconds_until_due() is None
    assert not engine.frame().playback.advancing


def test_of_many_samples_a_resting_run_is_evaluated_on_all_and_one_that_plays_is_not(clock, monkeypatch):
    engine = Engine(Experiment(width=4, depth=1, samples=20_000), clock)
    asked = []
    observe = Observer.observe

    def remember(observer, state, request, *, exact, evaluated):
        asked.append(exact)
        return observe(observer, state, request, exact=exact, evaluated=evaluated)

    monkeypatch.setattr(Observer, "observe", remember)
    engine.frame()
    engine.play()
    run(engine, clock, 0.1)
    moving = engine.frame().snapshot.evaluation
    engine.pause()
    resting = engine.frame().snapshot.evaluation
    assert asked == [True, False, True]
    assert moving != resting


@pytest.mark.parametrize("command", [Engine.play, lambda engine: engine.advance_epochs(5)], ids=["play", "epochs"])
def test_what_goes_on_is_evaluated_ten_times_a_second_and_at_rest_and_after_a_change_at_once(engine, clock, command):
    command(engine)
    engine.work()
    evaluated = []
    for _ in range(20):
        evaluated.append(engine.frame().snapshot.evaluated)
        engine.work()
        clock.now += EVALUATED_EVERY / 5 + 1e-6
    assert evaluated == 4 * [True, False, False, False, False]
    assert engine.frame().snapshot.evaluated
    engine.work()
    assert not engine.frame().snapshot.evaluated
    engine.change(Experiment(width=4, depth=1, learning_rate=0.02))
    assert engine.frame().snapshot.evaluated
    engine.work()
    assert not engine.frame().snapshot.evaluated
    engine.pause()
    assert engine.frame().snapshot.evaluated


@pytest.mark.parametrize("command", ["play", "advance_epochs"])
def test_it_pauses_where_the_experiment_says_and_goes_on_when_asked_to(engine, clock, command):
    engine.change(Experiment(width=4, depth=1, stop_when="Epochs", stop_at=2))
    engine.set_speed(900)
    getattr(engine, command)(*([5] if command == "advance_epochs" else []))
    run(engine, clock, 2)
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.epoch, snapshot.batch, frame.playback.advancing) == (2, 0, False)
    assert snapshot.stopped == "Stopped: 2 epochs are done."
    engine.play()
    run(engine, clock, 0.1)
    assert engine.frame().playback.advancing
    assert engine.frame().snapshot.stopped == ""
