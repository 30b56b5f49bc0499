"""The trainer: one snapshot at a time, nothing of an older run, and no question while nothing changes."""

import pytest
from PySide6.QtCore import QObject

from visualdl.experiment import Experiment
from visualdl.gui.trainer import Trainer
from visualdl.training.player import Player


@pytest.fixture
def trainer(qtbot):
    owner = QObject()
    trainer = Trainer(Experiment(width=4, depth=1), owner)
    trainer.seen = []
    trainer.arrived.connect(trainer.seen.append)
    qtbot.waitUntil(trainer.is_at_rest, timeout=20_000)
    yield trainer
    trainer.close()


def test_the_first_snapshot_comes_by_itself(trainer):
    assert [snapshot.step for snapshot in trainer.seen] == [0]


def test_nothing_is_asked_while_nothing_changes(trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", lambda: asked.append(1))
    for _ in range(5):
        trainer._tick()
    assert asked == []


def test_at_most_one_snapshot_is_in_flight(trainer, monkeypatch):
    asked = []
    monkeypatch.setattr(trainer._thread, "ask_for_snapshot", lambda: asked.append(1))
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
    apply = Player.apply
    monkeypatch.setattr(Player, "apply", lambda player, *wish: (applied.append(wish[:2]), apply(player, *wish)))
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
        broken.setattr("visualdl.training.session.Session.advance", lambda session: 1 / 0)
        with qtbot.waitSignal(trainer.failed):
            trainer.play()
        qtbot.waitUntil(trainer.is_at_rest)
    trainer.advance_step()
    qtbot.waitUntil(trainer.is_at_rest)
    assert trainer.seen[-1].step == 1


def test_pictures_keep_coming_while_a_slider_moves_faster_than_they_do(qtbot, trainer):
    trainer.seen.clear()
    ask, width = trainer._thread.ask_for_snapshot, iter(range(5, 100))

    def ask_and_drag_on():
        ask()
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
        broken.setattr("visualdl.training.player.Player.snapshot", lambda player: 1 / 0)
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
        broken.setattr("visualdl.training.session.Session.advance", lambda session: 1 / 0)
        with qtbot.waitSignal(trainer.failed):
            trainer.play()
        qtbot.waitUntil(trainer.is_at_rest)
    assert not trainer.seen[-1].advancing
    assert trainer.seen[-1].steps_per_second == 0
