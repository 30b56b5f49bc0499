"""The bridge: commands act in order, every question is answered, and nothing ends the thread but `stop`."""

import gc
import sys
from operator import methodcaller

import pytest
import torch

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.gui.engine.engine_thread import EngineThread
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.engine.engine import Engine
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.values.snapshot_request import SnapshotRequest


@pytest.fixture
def thread(qapp):
    thread = EngineThread(Experiment())
    thread.start()
    yield thread
    thread.stop()
    assert thread.isFinished()


def ask(qtbot, thread):
    with qtbot.waitSignal(thread.frame_ready) as blocker:
        thread.ask_for_frame()
    return blocker.args[0]


def test_commands_act_in_the_order_they_were_given(qtbot, thread):
    for _ in range(3):
        thread.give(methodcaller("advance_step"))
    thread.give(methodcaller("change", Experiment(depth=1)))
    thread.give(methodcaller("advance_step"))
    thread.give(methodcaller("advance_step"))
    frame = ask(qtbot, thread)
    assert (frame.run, frame.snapshot.step, frame.snapshot.experiment.depth) == (1, 2, 1)


def test_a_command_is_heard_while_it_trains_without_limit(qtbot, thread):
    thread.give(methodcaller("set_speed", SPEED.maximum))
    thread.give(methodcaller("play"))
    qtbot.waitUntil(lambda: ask(qtbot, thread).snapshot.step > 100)
    thread.give(methodcaller("pause"))
    step = ask(qtbot, thread).snapshot.step
    assert ask(qtbot, thread).snapshot.step == step


def test_it_computes_on_one_core(qtbot, thread, monkeypatch):
    counts = []
    torch.set_num_threads(1)
    monkeypatch.setattr(Engine, "pause", lambda engine: counts.append(torch.get_num_threads()))
    thread.give(methodcaller("pause"))
    ask(qtbot, thread)
    assert counts == [1]


def test_a_failing_snapshot_is_answered_too_and_the_thread_lives_on(qtbot, thread, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Engine, "frame", lambda engine, request: 1 / 0)
        with qtbot.waitSignals([thread.frame_failed, thread.failed]), qtbot.waitSignal(thread.failed) as blocker:
            thread.ask_for_frame()
    text, details = blocker.args
    assert text == "ZeroDivisionError: division by zero"
    assert "Traceback" in details
    assert ask(qtbot, thread).snapshot.step == 0


def test_a_failing_step_pauses(qtbot, thread, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Engine, "work", lambda engine: 1 / 0)
        with qtbot.waitSignal(thread.failed):
            thread.give(methodcaller("play"))
        assert not ask(qtbot, thread).playback.advancing
    assert ask(qtbot, thread).snapshot.step == 0


def test_seeds_whose_step_fails_rest_too(qtbot, thread, monkeypatch):
    failures = []
    thread.failed.connect(lambda *failure: failures.append(failure))
    with monkeypatch.context() as broken:
        broken.setattr(SeedsJob, "work", lambda seeds: 1 / 0)
        thread.give(methodcaller("begin_seeds", 2, False))
        qtbot.waitUntil(lambda: bool(failures))
        assert not ask(qtbot, thread).seeds.advancing
    assert len(failures) == 1


def test_a_network_that_cannot_be_made_is_told_and_made_at_the_next_command(qtbot, qapp, monkeypatch):
    thread = EngineThread(Experiment())
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.build_network", lambda experiment: 1 / 0)
        thread.start()
        with qtbot.waitSignal(thread.failed):
            thread.ask_for_frame()
    assert ask(qtbot, thread).snapshot.step == 0
    thread.stop()


def test_an_answer_carries_its_request(qtbot, thread):
    answers, requests = [], [SnapshotRequest(neurons=(33,)), SnapshotRequest()]
    thread.frame_ready.connect(answers.append)
    for request in requests:
        thread.ask_for_frame(request)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert [frame.request for frame in answers] == requests
    assert [frame.snapshot.neurons is not None for frame in answers] == [True, False]


def test_stopping_twice_does_no_harm(thread):
    thread.stop()
    thread.stop()


def references():
    """How often None and True are referred to, apart from what only waits to be collected."""
    gc.collect()
    return sys.getrefcount(None), sys.getrefcount(True)


def test_frames_lose_no_references(qtbot):
    """Some releases of the Qt binding lose references to None and True with each frame, until the process aborts."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.set_training(True)
    frames = []
    window.drawn.connect(frames.append)
    qtbot.waitUntil(lambda: len(frames) > 10, timeout=20_000)
    before = references()
    qtbot.waitUntil(lambda: len(frames) > 110, timeout=20_000)
    after = references()
    assert after[0] > before[0] - 60
    assert after[1] > before[1] - 60
