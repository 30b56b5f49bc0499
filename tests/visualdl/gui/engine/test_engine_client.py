"""The trainer: one snapshot at a time, nothing of an older run, and no question while nothing changes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject

from visualdl.experiment.experiment import Experiment
from visualdl.gui.engine.engine_client import LIGHT_FRAME, MANY_MAPS, MANY_MAPS_EVERY, PATIENCE, EngineClient
from visualdl.training.engine.engine import Engine
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import NeuronMaps
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, RESOLUTIONS, SnapshotRequest


@pytest.fixture
def trainer(qtbot):
    owner = QObject()
    trainer = EngineClient(Experiment(width=4, depth=1), owner)
    trainer.seen = []
    trainer.arrived.connect(trainer.seen.append)
    trainer.start()
    qtbot.waitUntil(trainer.is_at_rest, timeout=20_000)
    yield trainer
    trainer.close()


def test_the_first_snapshot_comes_by_itself(trainer):
    assert [snapshot.step for snapshot in trainer.seen] == [0]


def test_it_begins_when_it_is_started_with_what_was_asked_before(qtbot):
    owner, seen = QObject(), []
    trainer = EngineClient(Experiment(width=4, depth=1), owner)
    trainer.arrived.connect(seen.append)
    trainer.advance_step()
    assert not trainer.is_running()
    for _ in range(2):  # the second time it runs already
        trainer.start()
    try:
        qtbot.waitUntil(lambda: bool(seen) and trainer.is_at_rest(), timeout=20_000)
        assert seen[-1].step == 1
    finally:
        trainer.close()


def test_one_that_was_closed_does_not_start():
    owner = QObject()
    trainer = EngineClient(Experiment(width=4, depth=1), owner)
    trainer.close()
    trainer.start()
    assert not trainer.is_running()


def test_nothing_is_asked_while_nothing_changes(trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", lambda look: asked.append(1))
    for _ in range(5):
        trainer._tick()
    assert asked == []


def test_at_most_one_snapshot_is_in_flight(trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", lambda look: asked.append(1))
    for _ in range(5):
        trainer.advance_step()
        trainer._tick()
    assert asked == [1]


def test_what_belongs_to_an_older_run_is_dropped(qtbot, trainer):
    old = trainer.seen[-1]
    trainer.begin(trainer.experiment)
    trainer.seen.clear()
    trainer._receive(old)
    assert trainer.seen == []
    qtbot.waitUntil(trainer.is_at_rest)
    assert {snapshot.run for snapshot in trainer.seen} == {1}


def test_of_many_wishes_between_two_frames_the_last_one_counts(qtbot, trainer, monkeypatch):
    applied = []
    apply = Engine.apply
    monkeypatch.setattr(Engine, "apply", lambda player, *wish: (applied.append(wish[:2]), apply(player, *wish)))
    for width in (5, 6, 7):
        trainer.want(Experiment(width=width, depth=1))
    qtbot.waitUntil(trainer.is_at_rest)
    assert applied == [(Experiment(width=7, depth=1), 1)]
    assert trainer.seen[-1].experiment.width == 7


def test_a_command_acts_on_what_was_wished_before_it(qtbot, trainer):
    trainer.want(Experiment(width=4, depth=1, batch_size=400))
    trainer.advance_step()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].curves.epochs[-1] == 0.4


def test_after_a_failure_it_asks_again_only_for_the_next_command(qtbot, trainer, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.Run.advance", lambda session: 1 / 0)
        with qtbot.waitSignal(trainer.failed):
            trainer.play()
        qtbot.waitUntil(trainer.is_at_rest)
    trainer.advance_step()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].step == 1


def test_pictures_keep_coming_while_a_slider_moves_faster_than_they_do(qtbot, trainer):
    trainer.seen.clear()
    ask, width = trainer._thread.ask_for_snapshot, iter(range(5, 100))

    def ask_and_drag_on(look):
        ask(look)
        trainer.want(Experiment(width=next(width), depth=1))  # between the question and its answer

    trainer._thread.ask_for_snapshot = ask_and_drag_on
    trainer.want(Experiment(width=3, depth=1))
    qtbot.waitUntil(lambda: len(trainer.seen) >= 10)
    trainer._thread.ask_for_snapshot = ask
    assert [snapshot.experiment.width for snapshot in trainer.seen[1:10]] == list(range(5, 14))


def test_a_snapshot_that_fails_is_not_asked_for_again_and_again(qtbot, trainer, monkeypatch):
    failures = []
    trainer.failed.connect(lambda text, details: failures.append(text))
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.engine.engine.Engine.snapshot", lambda player, look: 1 / 0)
        trainer.advance_step()
        qtbot.waitUntil(lambda: bool(failures))
        for _ in range(5):
            trainer._tick()
        qtbot.waitUntil(trainer.is_at_rest)
    assert len(failures) == 1
    trainer.advance_step()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].step == 2


def test_after_a_failing_step_the_picture_says_that_nothing_advances(qtbot, trainer, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.Run.advance", lambda session: 1 / 0)
        with qtbot.waitSignal(trainer.failed):
            trainer.play()
        qtbot.waitUntil(trainer.is_at_rest)
    assert not trainer.seen[-1].advancing
    assert trainer.seen[-1].steps_per_second == 0


def test_another_look_is_seen_at_rest_and_then_nothing_is_asked_any_more(qtbot, trainer, monkeypatch):
    trainer.look = SnapshotRequest(neurons=(33,), focus=Neuron(1, 2))
    assert not trainer.is_up_to_date()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].neurons is not None
    assert trainer.seen[-1].focus.neuron == Neuron(1, 2)
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", asked.append)
    trainer.look = SnapshotRequest(neurons=(33,), focus=Neuron(1, 2))
    trainer._tick()
    assert asked == []
    trainer.look = ONLY_THE_RUN
    trainer._tick()
    assert asked == [ONLY_THE_RUN]


def test_a_number_that_is_set_or_locked_is_seen_at_rest(qtbot, trainer):
    place = ParameterIndex("0.bias", (3,))
    trainer.set_number(place, 0.5)
    trainer.set_locked(place, True)
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].weights["0.bias"][3] == 0.5
    assert trainer.seen[-1].locked == {place}


@pytest.mark.parametrize("keep_weights", [False, True])
def test_an_edit_of_a_network_that_is_gone_meanwhile_does_nothing(qtbot, trainer, keep_weights):
    failures = []
    trainer.failed.connect(lambda text, details: failures.append(text))
    trainer.keep_weights = keep_weights
    trainer.want(Experiment(width=2, depth=1))
    trainer.set_number(ParameterIndex("0.bias", (3,)), 0.5)  # of the network on show, which the wish replaces before
    trainer.set_number(ParameterIndex("0.bias", (0,)), 0.5)
    trainer.set_locked(ParameterIndex("0.bias", (0,)), True)
    qtbot.waitUntil(trainer.is_at_rest)
    snapshot = trainer.seen[-1]
    assert (snapshot.run, snapshot.experiment.width, snapshot.locked, failures) == (1, 2, frozenset(), [])
    assert 0.5 not in snapshot.weights["0.bias"]
    trainer.set_number(ParameterIndex("0.bias", (0,)), 0.5)
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].weights["0.bias"][0] == 0.5


def test_a_bad_edit_is_told_and_training_can_go_on(qtbot, trainer):
    with qtbot.waitSignal(trainer.failed) as blocker:
        trainer.set_number(ParameterIndex("0.bias", (4,)), 0.5)
    assert "there is no position (4,)" in blocker.args[0]
    trainer.advance_step()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].step == 1


def test_weights_are_kept_on_request(qtbot, trainer):
    trainer.advance_epochs(1)
    qtbot.waitUntil(trainer.is_at_rest)
    trainer.keep_weights = True
    trainer.want(Experiment(width=6, depth=1))
    qtbot.waitUntil(trainer.is_at_rest)
    assert (trainer.seen[-1].run, trainer.seen[-1].epoch) == (1, 1)
    trainer.begin(trainer.experiment)
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].epoch == 0, "a reset starts again"
    trainer.keep_weights = False
    trainer.want(Experiment(width=7, depth=1))
    qtbot.waitUntil(trainer.is_at_rest)
    assert (trainer.seen[-1].run, trainer.seen[-1].step) == (3, 0)


def test_who_takes_long_to_draw_gets_every_second_frame(trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", lambda look: asked.append(look))
    clock = iter([0.0, LIGHT_FRAME / 1000 * 2, 0.5, 1.0, 1.0, 1.5])
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: next(clock))
    latest = trainer.seen[-1]
    for _ in range(2):
        trainer._out_of_date = True
        trainer._receive(latest)
        trainer._tick()
        asked.append("frame")
        trainer._tick()
    assert asked == ["frame", trainer.look, trainer.look, "frame"]


@pytest.mark.parametrize(
    ("resolution", "steps_per_second", "waits"),
    [("Usual", 100.0, False), ("Finest", 100.0, True), ("Finest", 5000.0, False)],
)
def test_pictures_finer_than_usual_wait_while_training_cannot_keep_its_pace(
    trainer, monkeypatch, resolution, steps_per_second, waits
):
    trainer.look, trainer._out_of_date = SnapshotRequest(resolution=RESOLUTIONS[resolution]), True
    trainer.set_speed(5000)
    asked, now = [], 0.0
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", asked.append)
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: now)
    trainer._tick()
    now = 0.1
    trainer._receive(replace(trainer.seen[-1], advancing=True, steps_per_second=steps_per_second))
    now = 0.1 + 0.1 * PATIENCE - 0.001
    trainer._tick()
    assert len(asked) == (1 if waits else 2)
    now = 0.1 + 0.1 * PATIENCE + 0.001
    trainer._tick()
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("maps", "steps_per_second", "waits"),
    [(MANY_MAPS, 100.0, False), (MANY_MAPS + 1, 100.0, True), (MANY_MAPS + 1, 5000.0, False)],
)
def test_pictures_of_many_neurons_come_less_often_while_training_cannot_keep_its_pace(
    trainer, monkeypatch, maps, steps_per_second, waits
):
    trainer.set_speed(5000)
    trainer._out_of_date = True
    asked, now = [], 1.0
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", asked.append)
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: now)
    trainer._tick()
    now += 0.2 * MANY_MAPS_EVERY
    levels = np.zeros((maps - 2, 1, 1), np.uint8), np.zeros((2, 1, 1), np.uint8)
    neurons = NeuronMaps(levels, (np.ones(maps - 2), np.ones(2)))
    trainer._receive(replace(trainer.seen[-1], advancing=True, steps_per_second=steps_per_second, neurons=neurons))
    now += 0.79 * MANY_MAPS_EVERY
    trainer._tick()
    assert len(asked) == (1 if waits else 2)
    now += 0.02 * MANY_MAPS_EVERY
    trainer._tick()
    assert len(asked) == 2
