"""The soak itself, for seconds: that it acts, looks, and ends in a verdict; long: `make soak`."""

from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import qWarning

from tests.soak import idle_state as rest
from tests.soak import long_run
from tests.soak import soak as of_soak
from tests.soak.idle_state import IdleState
from tests.soak.random_user import RandomUser
from tests.soak.waiting import wait_until
from visualdl.gui.window.main_window import MainWindow


@pytest.fixture
def quick(monkeypatch):
    """Time pictures for a moment only, and load nothing that takes seconds."""
    monkeypatch.setattr(rest, "SECONDS", 0.1)
    monkeypatch.setattr(of_soak, "LOOKS", 3)
    monkeypatch.setattr(of_soak, "_load_everything", lambda _window: None)


def test_a_soak_acts_looks_and_leaves_no_window(qapp, quick, monkeypatch):
    monkeypatch.setattr(of_soak, "faults_of", lambda levels, warm_up: (f"{len(levels)} after {warm_up:g}",))
    monkeypatch.setattr(of_soak, "WARM_UP", 0.5)
    levels = []
    (verdict,) = of_soak.soak(1, 5, levels.append)
    assert verdict == f"{len(levels)} after 0.5"
    assert levels[-1].seconds >= 1.5, "the warm-up comes before"
    assert levels[-1].acts >= len(levels) >= 1
    assert not [each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


def test_the_first_complaint_ends_a_soak(qapp, quick, monkeypatch):
    acts = iter(("nothing", "something"))

    def act(_user):
        done = next(acts)
        if done == "something":
            qWarning("a warning of Qt")
        return done

    monkeypatch.setattr(RandomUser, "act", act)
    latest, complaint = of_soak.soak(600, 4, print)
    assert latest.splitlines() == ["Seed 4, act 2:", "  1. nothing", "  2. something", "  close the window"]
    assert complaint.startswith("Qt: a warning of Qt\n")


def test_so_does_an_act_that_raises_and_it_is_counted(qapp, quick, monkeypatch):
    monkeypatch.setattr(RandomUser, "act", lambda _user: {}["no such key"])
    latest, complaint = of_soak.soak(600, 4, print)
    assert latest.splitlines() == ["Seed 4, act 1:", "  1. an act that raised", "  close the window"]
    assert "KeyError: 'no such key'" in complaint


def test_what_breaks_while_the_window_is_looked_at_is_not_blamed_on_the_user(qapp, quick, monkeypatch):
    monkeypatch.setattr(IdleState, "level", lambda _rest, _acts: {}["no such key"])
    monkeypatch.setattr(of_soak, "WARM_UP", 0.1)
    latest, _complaint = of_soak.soak(0.1, 4, print)
    assert latest.splitlines()[-2:] == ["  look at the resting window", "  close the window"]


def test_the_resting_window_is_the_same_whatever_was_done_before(qtbot, quick, tmp_path):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    wait_until(lambda: window.snapshot is not None, "show its first picture")
    resting = IdleState(window)
    first = resting.level(0)
    before, size = window.experiment, window.size()
    user = RandomUser(window, Random(8), Path(tmp_path), paced=False)
    for _ in range(15):
        user.act()
    second = resting.level(15)
    assert window.experiment == window.snapshot.experiment == before
    assert (window.snapshot.step, window.frame.playback.advancing) == (0, False)
    assert window.size() == size
    assert second.seconds > first.seconds
    assert second.pictures > first.pictures
    assert second.memory > 50
    assert min(second.none_references, second.true_references, second.threads, second.timers, second.picture) > 0


def test_a_long_run_tells_its_stages_and_finds_what_is_not_bounded(qapp, monkeypatch):
    monkeypatch.setattr(long_run, "LOOKS", 2)
    monkeypatch.setattr(long_run, "RESPONSES", 2)
    monkeypatch.setattr(long_run, "LATEST_ANSWER", 1e9)
    stages = []
    assert long_run.run_long(1000, stages.append) == ()
    assert [stage.steps >= wanted for stage, wanted in zip(stages, (500, 1000), strict=True)] == [True, True]
    monkeypatch.setattr(long_run, "CAPACITY", 3)
    monkeypatch.setattr(long_run, "LATEST_ANSWER", 0)
    faults = long_run.run_long(1000, stages.append)
    assert any("at most 4 are to be kept" in fault for fault in faults)
    assert any("A control is answered after" in fault for fault in faults)
