"""The client: one frame at a time, none from before the latest command, and no question while nothing changes."""

import numpy as np
import pytest
from PySide6.QtCore import QObject

from tests.visualdl.watched import changed
from visualdl.experiment.experiment import Experiment
from visualdl.gui.engine.engine_client import LIGHT_FRAME, MANY_MAPS, MANY_MAPS_EVERY, PATIENCE, EngineClient
from visualdl.training.engine.engine import Engine
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import NeuronMaps
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, RESOLUTIONS, SnapshotRequest


@pytest.fixture
def client(qtbot):
    owner = QObject()
    client = EngineClient(Experiment(width=4, depth=1), owner)
    client.seen = []
    client.arrived.connect(client.seen.append)
    client.start()
    qtbot.waitUntil(client.is_at_rest, timeout=20_000)
    yield client
    client.close()


def test_the_first_snapshot_comes_by_itself(client):
    assert [frame.snapshot.step for frame in client.seen] == [0]


def test_it_begins_when_it_is_started_with_what_was_asked_before(qtbot):
    owner, seen = QObject(), []
    client = EngineClient(Experiment(width=4, depth=1), owner)
    client.arrived.connect(seen.append)
    client.advance_step()
    assert not client.is_running()
    for _ in range(2):  # the second time it runs already
        client.start()
    try:
        qtbot.waitUntil(lambda: bool(seen) and client.is_at_rest(), timeout=20_000)
        assert seen[-1].snapshot.step == 1
    finally:
        client.close()


def test_one_that_was_closed_does_not_start():
    owner = QObject()
    client = EngineClient(Experiment(width=4, depth=1), owner)
    client.close()
    client.start()
    assert not client.is_running()


def test_nothing_is_asked_while_nothing_changes(client, monkeypatch):
    asked = []
    monkeypatch.setattr(client._thread, "ask_for_frame", lambda look: asked.append(1))
    for _ in range(5):
        client._tick()
    assert asked == []


def test_at_most_one_snapshot_is_in_flight(client, monkeypatch):
    asked = []
    monkeypatch.setattr(client._thread, "ask_for_frame", lambda look: asked.append(1))
    for _ in range(5):
        client.advance_step()
        client._tick()
    assert asked == [1]


def test_what_was_seen_before_the_latest_command_is_dropped(qtbot, client):
    old = client.seen[-1]
    client.begin(client.experiment)
    client.seen.clear()
    client._receive(old)
    assert client.seen == []
    qtbot.waitUntil(client.is_at_rest)
    assert {frame.run for frame in client.seen} == {1}


def test_of_many_wishes_between_two_frames_the_last_one_counts(qtbot, client, monkeypatch):
    applied = []
    change = Engine.change
    monkeypatch.setattr(
        Engine, "change", lambda engine, wish, **how: (applied.append(wish), change(engine, wish, **how))
    )
    for width in (5, 6, 7):
        client.want(Experiment(width=width, depth=1))
    qtbot.waitUntil(client.is_at_rest)
    assert applied == [Experiment(width=7, depth=1)]
    assert client.seen[-1].snapshot.experiment.width == 7


def test_a_command_acts_on_what_was_wished_before_it(qtbot, client):
    client.want(Experiment(width=4, depth=1, batch_size=400))
    client.advance_step()
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].curves.epochs[-1] == 0.4


def test_after_a_failure_it_asks_again_only_for_the_next_command(qtbot, client, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.Run.advance", lambda run, steps: 1 / 0)
        with qtbot.waitSignal(client.failed):
            client.play()
        qtbot.waitUntil(client.is_at_rest)
    client.advance_step()
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.step == 1


def test_pictures_keep_coming_while_a_slider_moves_faster_than_they_do(qtbot, client):
    client.seen.clear()
    ask, width = client._thread.ask_for_frame, iter(range(5, 100))

    def ask_and_drag_on(look):
        ask(look)
        client.want(Experiment(width=next(width), depth=1))  # between the question and its answer

    client._thread.ask_for_frame = ask_and_drag_on
    client.want(Experiment(width=3, depth=1))
    qtbot.waitUntil(lambda: len(client.seen) >= 10)
    client._thread.ask_for_frame = ask
    assert [frame.snapshot.experiment.width for frame in client.seen[1:10]] == list(range(5, 14))


def test_a_snapshot_that_fails_is_not_asked_for_again_and_again(qtbot, client, monkeypatch):
    failures = []
    client.failed.connect(lambda text, details: failures.append(text))
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.engine.engine.Engine.frame", lambda engine, request: 1 / 0)
        client.advance_step()
        qtbot.waitUntil(lambda: bool(failures))
        for _ in range(5):
            client._tick()
        qtbot.waitUntil(client.is_at_rest)
    assert len(failures) == 1
    client.advance_step()
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.step == 2


def test_after_a_failing_step_the_picture_says_that_nothing_advances(qtbot, client, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.Run.advance", lambda run, steps: 1 / 0)
        with qtbot.waitSignal(client.failed):
            client.play()
        qtbot.waitUntil(client.is_at_rest)
    assert not client.seen[-1].playback.advancing
    assert client.seen[-1].playback.steps_per_second == 0


def test_another_look_is_seen_at_rest_and_then_nothing_is_asked_any_more(qtbot, client, monkeypatch):
    client.request = SnapshotRequest(neurons=(33,), focus=Neuron(1, 2))
    assert not client.is_up_to_date()
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.neurons is not None
    assert client.seen[-1].snapshot.focus.neuron == Neuron(1, 2)
    asked = []
    monkeypatch.setattr(client._thread, "ask_for_frame", asked.append)
    client.request = SnapshotRequest(neurons=(33,), focus=Neuron(1, 2))
    client._tick()
    assert asked == []
    client.request = ONLY_THE_RUN
    client._tick()
    assert asked == [ONLY_THE_RUN]


def test_a_number_that_is_set_or_locked_is_seen_at_rest(qtbot, client):
    place = ParameterIndex("0.bias", (3,))
    client.set_number(place, 0.5)
    client.set_locked(place, True)
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.weights["0.bias"][3] == 0.5
    assert client.seen[-1].snapshot.locked == {place}


@pytest.mark.parametrize("keep_weights", [False, True])
def test_an_edit_of_a_network_that_is_gone_meanwhile_does_nothing(qtbot, client, keep_weights):
    failures = []
    client.failed.connect(lambda text, details: failures.append(text))
    client.keep_weights = keep_weights
    client.want(Experiment(width=2, depth=1))
    client.set_number(ParameterIndex("0.bias", (3,)), 0.5)  # of the network on show, which the wish replaces before
    client.set_number(ParameterIndex("0.bias", (0,)), 0.5)
    client.set_locked(ParameterIndex("0.bias", (0,)), True)
    qtbot.waitUntil(client.is_at_rest)
    snapshot = client.seen[-1].snapshot
    assert (client.seen[-1].network, snapshot.experiment.width, snapshot.locked, failures) == (1, 2, frozenset(), [])
    assert 0.5 not in snapshot.weights["0.bias"]
    client.set_number(ParameterIndex("0.bias", (0,)), 0.5)
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.weights["0.bias"][0] == 0.5


def test_a_bad_edit_is_told_and_training_can_go_on(qtbot, client):
    with qtbot.waitSignal(client.failed) as blocker:
        client.set_number(ParameterIndex("0.bias", (4,)), 0.5)
    assert "there is no position (4,)" in blocker.args[0]
    client.advance_step()
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.step == 1


def test_weights_are_kept_on_request(qtbot, client):
    client.advance_epochs(1)
    qtbot.waitUntil(client.is_at_rest)
    client.keep_weights = True
    client.want(Experiment(width=6, depth=1))
    qtbot.waitUntil(client.is_at_rest)
    assert (client.seen[-1].run, client.seen[-1].network, client.seen[-1].snapshot.epoch) == (0, 1, 1)
    client.begin(client.experiment)
    qtbot.waitUntil(client.is_at_rest)
    assert client.seen[-1].snapshot.epoch == 0, "a reset starts again"
    client.keep_weights = False
    client.want(Experiment(width=7, depth=1))
    qtbot.waitUntil(client.is_at_rest)
    assert (client.seen[-1].run, client.seen[-1].network, client.seen[-1].snapshot.step) == (2, 3, 0)


def test_who_takes_long_to_draw_gets_every_second_frame(client, monkeypatch):
    asked = []
    monkeypatch.setattr(client._thread, "ask_for_frame", lambda look: asked.append(look))
    clock = iter([0.0, LIGHT_FRAME / 1000 * 2, 0.5, 1.0, 1.0, 1.5])
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: next(clock))
    latest = client.seen[-1]
    for _ in range(2):
        client._out_of_date = True
        client._receive(latest)
        client._tick()
        asked.append("frame")
        client._tick()
    assert asked == ["frame", client.request, client.request, "frame"]


@pytest.mark.parametrize(
    ("resolution", "steps_per_second", "waits"),
    [("Usual", 100.0, False), ("Finest", 100.0, True), ("Finest", 5000.0, False)],
)
def test_pictures_finer_than_usual_wait_while_training_cannot_keep_its_pace(
    client, monkeypatch, resolution, steps_per_second, waits
):
    client.request, client._out_of_date = SnapshotRequest(resolution=RESOLUTIONS[resolution]), True
    client.set_speed(5000)
    asked, now = [], 0.0
    monkeypatch.setattr(client._thread, "ask_for_frame", asked.append)
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: now)
    client._tick()
    now = 0.1
    seen = changed(client.seen[-1], request=client.request, advancing=True, steps_per_second=steps_per_second)
    client._receive(seen)
    now = 0.1 + 0.1 * PATIENCE - 0.001
    client._tick()
    assert len(asked) == (1 if waits else 2)
    now = 0.1 + 0.1 * PATIENCE + 0.001
    client._tick()
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("maps", "steps_per_second", "waits"),
    [(MANY_MAPS, 100.0, False), (MANY_MAPS + 1, 100.0, True), (MANY_MAPS + 1, 5000.0, False)],
)
def test_pictures_of_many_neurons_come_less_often_while_training_cannot_keep_its_pace(
    client, monkeypatch, maps, steps_per_second, waits
):
    client.set_speed(5000)
    client._out_of_date = True
    asked, now = [], 1.0
    monkeypatch.setattr(client._thread, "ask_for_frame", asked.append)
    monkeypatch.setattr("visualdl.gui.engine.engine_client.time.perf_counter", lambda: now)
    client._tick()
    now += 0.2 * MANY_MAPS_EVERY
    levels = np.zeros((maps - 2, 1, 1), np.uint8), np.zeros((2, 1, 1), np.uint8)
    neurons = NeuronMaps(levels, (np.ones(maps - 2), np.ones(2)))
    client._receive(changed(client.seen[-1], advancing=True, steps_per_second=steps_per_second, neurons=neurons))
    now += 0.79 * MANY_MAPS_EVERY
    client._tick()
    assert len(asked) == (1 if waits else 2)
    now += 0.02 * MANY_MAPS_EVERY
    client._tick()
    assert len(asked) == 2
