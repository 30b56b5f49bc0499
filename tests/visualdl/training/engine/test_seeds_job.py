"""Many seeds at once, played and paused: what a picture of them holds, and how it hangs together with single runs."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.data_choices import LAST_SEED
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.training.engine.engine import Engine
from visualdl.training.engine.seeds_job import LOOK_EVERY, MOMENTS, PICTURE_EVERY, SLICE, SeedsJob
from visualdl.training.run.observer import Observer
from visualdl.training.run.run import Run
from visualdl.training.seeds.seed_runs import SeedRuns
from visualdl.training.torch_reference.reference import TorchReference

SMALL = Experiment(width=4, depth=1, batch_size=250)  # 4 steps an epoch


class Clock:
    """Moves on a little with each look at it, as clocks do, and by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        self.now += 1e-6
        return self.now


@pytest.fixture
def clock():
    return Clock()


def evaluations(curves):
    return np.array([curves.train_loss[-1], curves.test_loss[-1], curves.train_error[-1], curves.test_error[-1]])


def work_and_look(engine, clock):
    """Let forty slices pass, with pictures as often as a window asks for them."""
    begun, asked = clock.now, clock.now
    while clock.now < begun + 40 * SLICE:
        engine.work()
        if clock.now > asked + PICTURE_EVERY:
            engine.frame()
            asked = clock.now


def test_its_curves_are_those_of_each_seed_alone(clock):
    training = SeedsJob(SMALL, 3, False, clock)
    for _ in range(9):
        training.work()
    seeds = training.snapshot()
    assert (seeds.seeds, seeds.step, seeds.epoch) == ((0, 1, 2), 9, 2)
    assert seeds.minidl.epochs.tolist() == [0, 1, 2, 2.25]
    assert seeds.minidl.test_error.shape == (4, 3)
    for seed in range(3):
        single = Watched(replace(SMALL, seed=seed))
        for _ in range(9):
            single.advance()
        np.testing.assert_allclose(
            evaluations(seeds.minidl)[:, seed], astuple(single.snapshot().evaluation), rtol=1e-4, atol=1.1e-3
        )
    assert seeds.torch is None


def test_torch_learns_the_same_beside_and_both_are_timed(clock):
    training = SeedsJob(SMALL, 2, True, clock)
    start = training.snapshot()
    np.testing.assert_allclose(evaluations(start.torch), evaluations(start.minidl), rtol=1e-5)
    for _ in range(8):
        training.work()
    seeds = training.snapshot()
    np.testing.assert_allclose(evaluations(seeds.torch), evaluations(seeds.minidl), rtol=1e-3, atol=2.1e-3)
    assert not np.array_equal(seeds.torch.train_loss[-1], seeds.torch.train_loss[0])
    assert seeds.minidl.seconds == pytest.approx(8e-6)  # one look at the clock a step
    assert seeds.torch.seconds == pytest.approx(16e-6)  # and one for each twin


def test_what_changes_while_they_train_acts_on_torch_in_the_same_way(clock):
    training = SeedsJob(replace(SMALL, batch_norm="Yes"), 2, True, clock)
    training.work()
    training.change(
        replace(SMALL, optimizer="Adam", penalty="L2", dropout=0.4, schedule="Warm-up", stop_when="Epochs", stop_at=1)
    )
    start = evaluations(training.snapshot().minidl)
    for _ in range(8):
        training.work()
    seeds = training.snapshot()
    assert (seeds.experiment.optimizer, seeds.epoch) == ("Adam", 2), "what stops a run does not stop seeds"
    np.testing.assert_allclose(evaluations(seeds.torch), evaluations(seeds.minidl), rtol=1e-3, atol=1.1e-3)
    assert np.abs(evaluations(seeds.minidl) - start).max() > 0.02


def test_while_it_plays_what_costs_much_is_a_moment_old_and_at_rest_it_is_the_latest(clock):
    training = SeedsJob(SMALL, 2, False, clock)
    training.play()
    training.work()
    first = training.snapshot()
    assert first.minidl.epochs[-1] == 0
    clock.now += PICTURE_EVERY
    second = training.snapshot()
    assert second.agreement is not first.agreement
    assert second.minidl is first.minidl
    clock.now += LOOK_EVERY
    assert training.snapshot().minidl.epochs[-1] == 0.25
    training.work()
    training.pause()
    seeds = training.snapshot()
    assert seeds.minidl.epochs[-1] == 0.5
    assert seeds.agreement is not second.agreement
    assert not seeds.advancing
    again = training.snapshot()
    assert again.minidl is seeds.minidl
    assert again.agreement is seeds.agreement


def test_the_picture_says_how_many_runs_say_inside(clock):
    training = SeedsJob(SMALL, 2, False, clock)
    before = training.snapshot().agreement.shares
    for _ in range(8):
        training.work()
    after = training.snapshot().agreement.shares
    assert not np.array_equal(before, after)
    assert set(np.unique(after)) <= {0, 0.5, 1}
    assert not after.flags.writeable


@pytest.mark.parametrize("count", [1, 10, 11, 100])
def test_any_number_of_runs_has_a_picture(clock, count):
    seeds = SeedsJob(SMALL, count, False, clock).snapshot()
    assert len(seeds.seeds) == seeds.minidl.train_loss.shape[1] == count
    assert seeds.agreement.shares.shape[0] == seeds.agreement.shares.shape[1] >= 33


def test_the_last_seeds_are_taken_where_there_are_no_more(clock):
    training = SeedsJob(replace(SMALL, seed=LAST_SEED), 3, False, clock)
    assert training.snapshot().seeds == (LAST_SEED - 2, LAST_SEED - 1, LAST_SEED)


def test_a_long_training_is_bounded_and_its_beginning_is_seen_most_closely(clock):
    training = SeedsJob(replace(SMALL, batch_size=1000), 1, False, clock)
    for _ in range(30):
        training.work()
    assert training.snapshot().minidl.epochs.tolist() == [0, 1, *range(2, 21, 2), 30]
    for _ in range(5 * MOMENTS):
        training.work()
    assert MOMENTS / 2 < len(training.snapshot().minidl.epochs) <= MOMENTS + 1


# ---- in slices


@pytest.fixture
def slow_torch(clock, monkeypatch):
    """Let a twin take half a slice for a step."""
    learn = TorchReference.learn

    def learn_slowly(*arguments):
        clock.now += SLICE / 2
        learn(*arguments)

    monkeypatch.setattr(TorchReference, "learn", learn_slowly)


@pytest.fixture
def sliced(clock, slow_torch):
    """Five seeds that play: a step takes three slices."""
    training = SeedsJob(SMALL, 5, True, clock)
    training.pace.set_speed(SPEED.maximum)
    training.play()
    return training


def test_torch_takes_its_step_in_slices_and_nobody_sees_half_a_step(sliced, clock):
    start = sliced.snapshot()
    seen = []
    for _ in range(6):
        clock.now += LOOK_EVERY
        before = clock.now
        sliced.work()
        assert clock.now - before < 1.1 * SLICE
        seen.append(sliced.snapshot())
    assert [each.step for each in seen] == [1, 1, 1, 2, 2, 2]
    assert [each.minidl.epochs[-1] for each in seen] == [0, 0, 0.25, 0.25, 0.25, 0.5]
    assert seen[1].torch is start.torch
    for each in seen:
        np.testing.assert_allclose(evaluations(each.torch), evaluations(each.minidl), rtol=1e-3, atol=2.1e-3)
    assert seen[-1].torch.seconds == pytest.approx(2 * 5 * SLICE / 2, rel=0.01), "without what lies between slices"


def test_a_pause_lets_the_step_under_way_become_whole(sliced):
    sliced.work()
    sliced.pause()
    assert sliced.seconds_until_due() == 0
    assert sliced.snapshot().advancing
    assert sliced.snapshot().minidl.epochs[-1] == 0
    sliced.work()
    sliced.work()
    assert sliced.seconds_until_due() is None
    seeds = sliced.snapshot()
    assert not seeds.advancing
    assert (seeds.step, seeds.minidl.epochs[-1]) == (1, 0.25)
    np.testing.assert_allclose(evaluations(seeds.torch), evaluations(seeds.minidl), rtol=1e-3, atol=2.1e-3)


def test_what_changes_within_a_step_acts_on_all_twins_from_the_next_step_on(sliced):
    sliced.work()
    sliced.change(replace(SMALL, optimizer="Adam", learning_rate=0.02))
    for _ in range(8):
        sliced.work()
    sliced.pause()
    seeds = sliced.snapshot()
    assert (seeds.step, seeds.experiment.optimizer) == (3, "Adam")
    np.testing.assert_allclose(evaluations(seeds.torch), evaluations(seeds.minidl), rtol=1e-3, atol=2.1e-3)


def test_a_twin_that_fails_fails_once(sliced, monkeypatch):
    sliced.work()
    monkeypatch.setattr(TorchReference, "learn", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sliced.work()
    sliced.pause()
    assert sliced.seconds_until_due() is None


# ---- with a player


@pytest.fixture
def engine(clock):
    engine = Engine(SMALL, clock)
    engine.set_speed(SPEED.maximum)
    return engine


def work(engine, times):
    for _ in range(times):
        engine.work()


def test_seeds_are_played_and_paused_apart_from_the_run(engine, monkeypatch):
    monkeypatch.setattr("visualdl.training.engine.run_job.BURST", 0.0)  # one step at a time
    assert engine.frame().seeds is None
    engine.begin_seeds(2, False)
    work(engine, 3)
    assert (engine.frame().snapshot.step, engine.frame().seeds.step) == (0, 3)
    engine.play()
    work(engine, 10)
    both = engine.frame()
    assert both.snapshot.step > 0
    assert both.seeds.step > 3
    assert both.snapshot.step + both.seeds.step == 13
    engine.pause_seeds()
    work(engine, 2)
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.step, frame.seeds.step) == (both.snapshot.step + 2, both.seeds.step)
    assert frame.playback.advancing
    assert not frame.seeds.advancing
    engine.pause()
    assert engine.seconds_until_due() is None
    engine.play_seeds()
    work(engine, 1)
    assert engine.frame().seeds.step == both.seeds.step + 1


@pytest.fixture
def slow_run(clock, monkeypatch):
    """Let a run take a tenth of a slice for a step."""
    advance = Run.advance

    def advance_slowly(run, most=1):
        before = run.step
        advance(run, most)
        clock.now += (run.step - before) * SLICE / 10

    monkeypatch.setattr(Run, "advance", advance_slowly)


def test_what_pictures_of_the_seeds_cost_is_their_time(engine, clock, monkeypatch, slow_run, slow_torch):
    agreement = SeedRuns.agreement

    def draw_slowly(*arguments):
        clock.now += SLICE
        return agreement(*arguments)

    monkeypatch.setattr(SeedRuns, "agreement", draw_slowly)
    engine.begin_seeds(4, True)
    engine.play()
    work_and_look(engine, clock)
    assert engine.frame().snapshot.step == pytest.approx(200, rel=0.1)


def test_what_pictures_of_the_run_cost_is_its_time(engine, clock, monkeypatch, slow_run, slow_torch):
    observe = Observer.observe

    def draw_slowly(*arguments, **how):
        clock.now += 2 * SLICE
        return observe(*arguments, **how)

    engine.begin_seeds(4, True)
    engine.play()
    monkeypatch.setattr(Observer, "observe", draw_slowly)
    work_and_look(engine, clock)
    assert engine.frame().seeds.step == pytest.approx(10, abs=1)


def test_at_full_speed_run_and_seeds_share_the_time_not_the_steps(engine, clock, slow_run, slow_torch):
    engine.begin_seeds(4, True)  # a step takes two slices
    work(engine, 20)  # what they had before does not count
    engine.play()
    start, begun = engine.frame(), clock.now
    while clock.now < begun + 40 * SLICE:
        engine.work()
    end = engine.frame()
    assert end.snapshot.step == pytest.approx(200, rel=0.1)
    assert end.seeds.step - start.seeds.step == pytest.approx(10, abs=1)


def test_what_a_slower_pace_has_left_to_the_run_is_not_owed_at_full_speed(engine, clock, slow_run, slow_torch):
    engine.set_speed(10)
    engine.begin_seeds(4, True)  # a step takes 20 times as long as one of the run
    engine.play()
    begun = clock.now
    while clock.now + (wait := engine.seconds_until_due()) < begun + 2:
        clock.now += wait
        engine.work()
    engine.set_speed(SPEED.maximum)
    start, begun = engine.frame(), clock.now
    while clock.now < begun + 40 * SLICE:
        engine.work()
    end = engine.frame()
    assert end.snapshot.step - start.snapshot.step == pytest.approx(200, rel=0.1)
    assert end.seeds.step - start.seeds.step == pytest.approx(10, abs=1)


def test_each_beginning_of_seeds_is_told_from_those_before(engine):
    engine.begin_seeds(1, False)
    first = engine.frame().seeds.start
    engine.begin_seeds(1, False)
    assert engine.frame().seeds.start == first + 1


def test_seeds_keep_the_pace_of_the_run(engine, clock):
    engine.set_speed(50)
    engine.begin_seeds(1, False)
    engine.play()
    end = clock.now + 2
    while clock.now + (wait := engine.seconds_until_due()) < end:
        clock.now += wait
        engine.work()
    assert engine.frame().seeds.step == pytest.approx(100, abs=2)
    assert engine.frame().snapshot.step == pytest.approx(100, abs=2)


def test_what_acts_between_two_batches_acts_on_the_seeds_and_nothing_else_does(engine):
    engine.begin_seeds(2, True)
    work(engine, 1)
    engine.change(replace(SMALL, learning_rate=0.002, batch_size=500))
    work(engine, 1)
    seeds = engine.frame().seeds
    assert (seeds.experiment, seeds.step) == (replace(SMALL, learning_rate=0.002, batch_size=500), 2)
    engine.pause_seeds()
    np.testing.assert_allclose(
        evaluations(engine.frame().seeds.torch), evaluations(engine.frame().seeds.minidl), rtol=1e-3, atol=1.1e-3
    )
    engine.change(replace(SMALL, width=9, seed=5))
    assert engine.frame().seeds.experiment.width == 4
    assert engine.frame().seeds.seeds == (0, 1)


def test_one_of_the_seeds_is_opened_where_it_is(engine):
    engine.begin_seeds(3, False)
    work(engine, 6)
    engine.pause_seeds()
    engine.open_seed(replace(SMALL, seed=2))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert snapshot.experiment == replace(SMALL, seed=2)
    assert (frame.run, snapshot.step, snapshot.epoch, snapshot.batch) == (1, 6, 1, 2)
    np.testing.assert_allclose(astuple(snapshot.evaluation), evaluations(frame.seeds.minidl)[:, 2], rtol=1e-5)


@pytest.mark.parametrize("begun", [(2, SMALL), (3, replace(SMALL, width=9))])
def test_a_seed_that_others_have_replaced_meanwhile_begins_at_its_initial_weights(engine, begun):
    count, experiment = begun
    engine.begin_seeds(3, False)
    engine.begin(experiment)
    engine.begin_seeds(count, False)
    work(engine, 6)
    engine.open_seed(replace(SMALL, seed=2))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (snapshot.experiment, frame.run, snapshot.step) == (replace(SMALL, seed=2), 2, 0)


def test_a_diverged_seed_begins_at_its_initial_weights(engine):
    wild = Experiment(depth=0, output_activation="ReLU", learning_rate=10)
    engine.change(wild)
    engine.begin_seeds(8, False)
    work(engine, 30)
    engine.pause_seeds()
    losses = engine.frame().seeds.minidl.train_loss[-1]
    diverged = int(np.flatnonzero(~np.isfinite(losses))[0])
    engine.open_seed(replace(wild, seed=diverged))
    frame = engine.frame()
    snapshot = frame.snapshot
    assert (frame.run, snapshot.step) == (2, 0)
    assert snapshot.evaluation.is_finite()


def test_without_seeds_their_commands_do_nothing(engine):
    engine.play_seeds()
    engine.pause_seeds()
    assert engine.frame().seeds is None


def test_another_speed_is_the_seeds_speed_at_once(engine, clock):
    engine.begin_seeds(2, False)
    engine.set_speed(5)
    engine.work()
    clock.now += 0.1
    assert engine.seconds_until_due() == pytest.approx(0.1, abs=0.01)


def test_other_data_is_for_the_seeds_that_begin_after_it(clock):
    training = SeedsJob(SMALL, 2, False, clock)
    training.change(replace(SMALL, dataset="XOR", noise=10, learning_rate=0.02))
    assert training.snapshot().experiment == replace(SMALL, learning_rate=0.02)
