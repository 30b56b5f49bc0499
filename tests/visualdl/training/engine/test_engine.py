"""The player's pace, steps, epochs and restarts, driven by a clock that stands still until it is moved."""

import math

import numpy as np
import pytest

from visualdl.experiment.experiment import Experiment, Layer
from visualdl.experiment.playback import SPEED
from visualdl.training.engine.engine import BURST, DRAG_PAUSE, EVALUATED_EVERY, Engine
from visualdl.training.run.run import Run
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import Checkpoint
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
def player(clock):
    return Engine(Experiment(width=4, depth=1), clock)


def run(player, clock, seconds, most=10_000):
    """Do what a thread would do for a while; each rest lasts as long as it was meant to."""
    end = clock.now + seconds
    for _ in range(most):
        wait = player.seconds_until_due()
        if wait is None or clock.now + wait > end:
            clock.now = end
            return
        clock.now += wait
        player.work()


def test_nothing_moves_until_it_is_asked_for(player):
    assert player.seconds_until_due() is None
    assert player.snapshot().step == 0
    assert not player.snapshot().advancing


@pytest.mark.parametrize("speed", [1, 7.5, 50, 900])
def test_it_keeps_the_pace(player, clock, speed):
    player.set_speed(speed)
    player.play()
    run(player, clock, 4)
    assert player.snapshot().step == pytest.approx(4 * speed, abs=1.1)


def test_at_the_upper_end_there_is_no_limit(player):
    player.set_speed(SPEED.maximum)
    player.play()
    for _ in range(100):
        assert player.seconds_until_due() == 0
        player.work()
    assert player.snapshot().step == 100


@pytest.fixture
def steps_take_time(clock, monkeypatch):
    """Let eight steps take as long as they may follow each other."""
    advance = Run.advance

    def advance_in_time(session, most=1):
        clock.now += most * BURST / 8
        advance(session, most)

    monkeypatch.setattr(Run, "advance", advance_in_time)


def test_at_full_speed_as_many_steps_follow_each_other_as_take_a_moment(player, steps_take_time):
    player.set_speed(SPEED.maximum)
    player.play()
    steps = [player.snapshot().step]
    for _ in range(4):
        player.work()
        steps.append(player.snapshot().step)
    assert steps == [0, 1, 9, 17, 20], "an epoch has 20, and ends each time"
    player.set_speed(50)
    player.work()
    assert player.snapshot().step == 21
    player.set_speed(SPEED.maximum)
    player.apply(Experiment(width=5, depth=1), 1)
    player.work()
    assert player.snapshot().step == 1, "how long the steps of another network take is not known"


def test_an_epoch_comes_at_full_speed_however_slow_the_pace(player, steps_take_time):
    player.set_speed(1)
    player.advance_epochs()
    steps = []
    while player.snapshot().advancing:
        player.work()
        steps.append(player.snapshot().step)
    assert steps == [1, 9, 17, 20]


def test_a_late_player_does_not_rush_for_long(player, clock):
    player.set_speed(10)
    player.play()
    clock.now += 60  # the machine slept
    steps = 0
    while player.seconds_until_due() == 0:
        player.work()
        steps += 1
    assert steps <= 4


def test_a_new_speed_holds_at_once(player, clock):
    player.set_speed(1)
    player.play()
    player.work()
    player.set_speed(100)
    run(player, clock, 1)
    assert player.snapshot().step >= 99


def test_pause_stops(player):
    player.play()
    player.pause()
    assert player.seconds_until_due() is None


def test_a_step_is_one_mini_batch_and_pauses(player):
    player.play()
    player.advance_step()
    assert player.snapshot().step == 1
    assert player.seconds_until_due() is None


def test_an_epoch_ends_where_the_epoch_ends_and_pauses(player, clock):
    player.set_speed(1)
    player.play()
    run(player, clock, 3)
    player.advance_epochs()
    start = clock.now
    run(player, clock, 1)
    snapshot = player.snapshot()
    assert (snapshot.epoch, snapshot.batch, snapshot.step) == (1, 0, 20)
    assert not snapshot.advancing
    assert clock.now == start + 1, "an epoch is not held back by the speed"


def test_to_play_while_an_epoch_is_under_way_goes_on_beyond_it_at_the_set_speed(player, clock):
    player.set_speed(10)
    player.advance_epochs()
    player.work()
    assert player.snapshot().advancing
    player.play()
    run(player, clock, 4)
    assert player.snapshot().step == pytest.approx(41, abs=1.1)
    assert player.snapshot().advancing


def test_to_play_again_takes_the_next_step_at_once(player):
    player.set_speed(1)
    player.play()
    player.work()
    assert player.seconds_until_due() == 1
    player.pause()
    player.play()
    assert player.seconds_until_due() == 0


def test_epochs_asked_for_while_one_is_under_way_add_up(player, clock):
    for _ in range(3):
        player.advance_epochs()
        player.work()
    run(player, clock, 1)
    assert player.snapshot().epoch == 3


def test_live_changes_keep_the_run_and_the_steps(player, clock):
    player.play()
    run(player, clock, 1)
    steps = player.snapshot().step
    player.apply(Experiment(width=4, depth=1, learning_rate=0.5), 0)
    snapshot = player.snapshot()
    assert (snapshot.run, snapshot.step) == (0, steps)
    assert snapshot.experiment.learning_rate == 0.5
    assert snapshot.advancing


def test_changes_within_a_second_are_one_drag_and_later_ones_are_another(player, clock):
    for seconds, rate in ((0.0, 0.02), (0.5, 0.05), (0.875, 0.1), (DRAG_PAUSE, 0.2)):
        clock.now += seconds
        player.apply(Experiment(width=4, depth=1, learning_rate=rate), 0)
        player.apply(Experiment(width=4, depth=1, learning_rate=rate), 0)  # nothing new, no part of any drag
    texts = [change.text for change in player.snapshot().curves.changes]
    assert texts == ["Learning rate 0.01 → 0.1", "Learning rate 0.1 → 0.2"]


def test_what_changes_nothing_prolongs_no_drag(player, clock):
    for rate in (0.02, 0.02, 0.05):
        player.apply(Experiment(width=4, depth=1, learning_rate=rate), 0)
        clock.now += 0.75 * DRAG_PAUSE
    texts = [change.text for change in player.snapshot().curves.changes]
    assert texts == ["Learning rate 0.01 → 0.02", "Learning rate 0.02 → 0.05"]


def test_without_hidden_layers_their_choices_start_nothing_anew(clock):
    player = Engine(Experiment(depth=0), clock)
    player.advance_step()
    player.apply(Experiment(depth=0, width=99, hidden_activation="Tanh"), 0)
    snapshot = player.snapshot()
    assert (snapshot.step, snapshot.experiment.width, snapshot.curves.changes) == (1, 99, ())
    player.apply(Experiment(depth=1, width=99, hidden_activation="Tanh"), 1)
    assert player.snapshot().step == 0


def test_a_new_network_starts_from_nothing_and_goes_on_training(player, clock):
    player.play()
    run(player, clock, 1)
    player.apply(Experiment(width=9, depth=2), 1)
    snapshot = player.snapshot()
    assert (snapshot.run, snapshot.step, snapshot.experiment.width) == (1, 0, 9)
    assert snapshot.advancing
    run(player, clock, 1)
    assert player.snapshot().step > 0


def test_the_same_experiment_with_a_new_run_number_starts_again(player, clock):
    initial = player.snapshot().evaluation
    player.play()
    run(player, clock, 1)
    player.pause()
    player.apply(Experiment(width=4, depth=1), 1)
    assert player.snapshot().evaluation == initial
    assert player.snapshot().run == 1


def test_the_speed_is_measured(player, clock):
    player.set_speed(40)
    player.play()
    for _ in range(10):
        run(player, clock, 0.25)
        speed = player.snapshot().steps_per_second
    assert speed == pytest.approx(40, rel=0.05)
    player.pause()
    assert player.snapshot().steps_per_second == 0


@pytest.mark.parametrize("command", ["play", "advance_epochs"])
def test_the_speed_is_that_since_it_goes_on_without_the_rest_before(player, clock, command):
    player.play()
    player.snapshot()
    run(player, clock, 1)
    assert player.snapshot().steps_per_second == pytest.approx(50, rel=0.05)
    player.pause()
    clock.now += 0.5
    getattr(player, command)()
    assert player.snapshot().steps_per_second == 0


def test_a_run_that_cannot_go_on_pauses(clock):
    player = Engine(Experiment(depth=0, output_activation="ReLU", learning_rate=10), clock)
    player.set_speed(math.inf)
    player.play()
    run(player, clock, 1)
    snapshot = player.snapshot()
    assert snapshot.problem
    assert not snapshot.advancing
    assert player.seconds_until_due() is None
    player.play()
    player.work()
    assert player.seconds_until_due() is None, "only a new run recovers"
    player.apply(snapshot.experiment, 1)
    assert not player.snapshot().problem


BIAS = ParameterIndex("0.bias", (3,))


def test_edits_act_at_once_and_only_on_the_run_that_they_are_meant_for(player):
    player.set_number(BIAS, 0.5, 0)
    player.set_locked(BIAS, True, 0)
    player.advance_step()
    snapshot = player.snapshot()
    assert snapshot.weights["0.bias"][3] == 0.5
    assert snapshot.locked == {BIAS}
    player.apply(Experiment(width=2, depth=1), 1)
    before = player.snapshot()
    player.set_number(BIAS, 0.5, 0)  # no such place any more
    player.set_number(ParameterIndex("0.bias", (0,)), 0.5, 0)  # another neuron now
    player.set_locked(ParameterIndex("0.bias", (0,)), True, 0)
    after = player.snapshot()
    assert after.weights["0.bias"].tolist() == before.weights["0.bias"].tolist()
    assert (after.locked, after.curves.changes) == (frozenset(), ())
    with pytest.raises(ValueError, match="no position"):
        player.set_number(BIAS, 0.5, 1)


def test_edits_within_a_second_are_one_drag(player, clock):
    for seconds, value in ((0.0, 0.1), (0.5, 0.2), (2.0, 0.3)):
        clock.now += seconds
        player.set_number(BIAS, value, 0)
    texts = [change.text for change in player.snapshot().curves.changes]
    assert [text.rpartition(" ")[2] for text in texts] == ["0.2", "0.3"]


def test_a_look_is_answered(player):
    assert player.snapshot().neurons is None
    assert len(player.snapshot(SnapshotRequest(neurons=(33,))).neurons.levels) == 3


def test_with_weights_kept_a_new_network_goes_on_where_the_old_one_was(player, clock):
    player.play()
    run(player, clock, 1)
    before = player.snapshot()
    player.apply(Experiment(width=9, depth=1), 1, None, True)
    after = player.snapshot()
    assert (after.run, after.step, after.advancing) == (1, before.step, True)
    assert after.evaluation.test_loss == pytest.approx(before.evaluation.test_loss, rel=1e-4)
    assert [change.text for change in after.curves.changes] == ["Width 4 → 9"]
    layers = (Layer(9, "ReLU"), Layer(12, "ReLU"))
    player.apply(Experiment(depth=2, layers=layers), 2, keep_weights=True)
    assert [change.text for change in player.snapshot().curves.changes] == ["Width 4 → 9", "Layer 2 added"]


def test_a_goal_stays_while_the_network_grows(player, clock):
    player.advance_epochs()
    player.work()
    player.apply(Experiment(width=5, depth=1), 1, keep_weights=True)
    run(player, clock, 1)
    assert (player.snapshot().epoch, player.snapshot().batch) == (1, 0)


def test_dragging_the_width_is_one_change(player):
    for number, width in enumerate((5, 6, 7), start=1):
        player.apply(Experiment(width=width, depth=1), number, keep_weights=True)
    assert [change.text for change in player.snapshot().curves.changes] == ["Width 4 → 7"]


@pytest.mark.parametrize("experiment", [Experiment(width=4, depth=1), Experiment(width=9, depth=1, seed=1)])
def test_a_reset_and_another_seed_keep_nothing(player, experiment):
    player.advance_step()
    player.apply(experiment, 1, keep_weights=True)
    snapshot = player.snapshot()
    assert (snapshot.step, snapshot.curves.changes) == (0, ())


def test_a_run_that_had_to_stop_leaves_nothing_to_keep(clock):
    experiment = Experiment(depth=0, output_activation="ReLU", learning_rate=10)
    seen, unseen = Engine(experiment, clock), Engine(experiment, clock)
    while not seen.snapshot().problem:
        seen.advance_step()
        unseen.advance_step()
    for player in (seen, unseen):  # who has not looked since the latest step does not know yet
        player.apply(Experiment(depth=1, width=4), 1, keep_weights=True)
        assert (player.snapshot().step, player.snapshot().problem) == (0, "")


def test_weights_that_are_given_come_before_those_that_could_be_kept(player):
    wider = Experiment(width=5, depth=1)
    given = Run(wider).snapshot().weights
    player.advance_step()
    player.apply(wider, 1, Checkpoint(given, step=7), keep_weights=True)
    snapshot = player.snapshot()
    assert snapshot.step == 7
    assert all(np.array_equal(array, snapshot.weights[name]) for name, array in given.items())


@pytest.mark.parametrize("plays", [False, True])
def test_a_new_run_forgets_the_epoch_that_was_to_be_reached(player, plays):
    if plays:
        player.play()
    player.advance_epochs(5)
    player.apply(Experiment(width=5, depth=1), 1)
    assert player.seconds_until_due() is None
    assert not player.snapshot().advancing


def test_of_many_samples_a_resting_run_is_evaluated_on_all_and_one_that_plays_is_not(clock, monkeypatch):
    player = Engine(Experiment(width=4, depth=1, samples=20_000), clock)
    asked = []
    snapshot = player._session.snapshot

    def remember(look, *, exact, evaluated):
        asked.append(exact)
        return snapshot(look, exact=exact, evaluated=evaluated)

    monkeypatch.setattr(player._session, "snapshot", remember)
    player.snapshot()
    player.play()
    run(player, clock, 0.1)
    moving = player.snapshot().evaluation
    player.pause()
    resting = player.snapshot().evaluation
    assert asked == [True, False, True]
    assert moving != resting


@pytest.mark.parametrize("command", [Engine.play, lambda player: player.advance_epochs(5)], ids=["play", "epochs"])
def test_what_goes_on_is_evaluated_ten_times_a_second_and_at_rest_and_after_a_change_at_once(player, clock, command):
    command(player)
    player.work()
    evaluated = []
    for _ in range(20):
        evaluated.append(player.snapshot().evaluated)
        player.work()
        clock.now += EVALUATED_EVERY / 5 + 1e-6
    assert evaluated == 4 * [True, False, False, False, False]
    assert player.snapshot().evaluated
    player.work()
    assert not player.snapshot().evaluated
    player.apply(Experiment(width=4, depth=1, learning_rate=0.02), 0)
    assert player.snapshot().evaluated
    player.work()
    assert not player.snapshot().evaluated
    player.pause()
    assert player.snapshot().evaluated


@pytest.mark.parametrize("command", ["play", "advance_epochs"])
def test_it_pauses_where_the_experiment_says_and_goes_on_when_asked_to(player, clock, command):
    player.apply(Experiment(width=4, depth=1, stop_when="Epochs", stop_at=2), 0)
    player.set_speed(900)
    getattr(player, command)(*([5] if command == "advance_epochs" else []))
    run(player, clock, 2)
    snapshot = player.snapshot()
    assert (snapshot.epoch, snapshot.batch, snapshot.advancing) == (2, 0, False)
    assert snapshot.stopped == "Stopped: 2 epochs are done."
    player.play()
    run(player, clock, 0.1)
    assert player.snapshot().advancing
    assert player.snapshot().stopped == ""
