"""The tour visits what it says, and leaves the window as it was."""

import pytest
from PySide6.QtWidgets import QTabWidget

from visualdl.experiment import CHOICES, Experiment
from visualdl.gui.soaking import tour as of_tour

SMALL = Experiment(samples=60, depth=1, width=3)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(of_tour, "LARGEST", SMALL)
    monkeypatch.setattr(of_tour, "KINDS", ("penalty",))
    monkeypatch.setattr(of_tour, "A_LOOK", 0.01)


def test_it_shows_everything_once_and_leaves_the_window_as_it_was(lend, short, tmp_path):
    window = lend(Experiment())
    seen, failures = [], []
    window.failed.connect(lambda *failure: failures.append(failure))
    window.drawn.connect(lambda snapshot: seen.append(snapshot.experiment))
    tabs = window.findChild(QTabWidget)
    pages = {tabs.currentIndex()}
    tabs.currentChanged.connect(pages.add)
    size = window.size()
    of_tour.tour(window, tmp_path, lambda: False)
    assert failures == []
    experiments = set(seen)
    assert {SMALL, of_tour.SIX_CLASSES} <= experiments
    assert {experiment.penalty for experiment in experiments} == set(CHOICES["penalty"].names)
    assert any(experiment.own is not None for experiment in experiments), "own points were written and read"
    assert pages == set(range(tabs.count()))
    assert (window.size(), window._actions.theme_name(), window._actions.resolution_name()) == (size, "Light", "Usual")
    assert window.experiment == Experiment()
    assert list(tmp_path.iterdir()) == []


def test_every_kind_is_visited_once():
    kinds = of_tour._kinds()
    assert len(set(kinds)) == len(kinds)
    assert {kind.dataset for kind in kinds} == {name for name in CHOICES["dataset"].names if name != "Own"}


def test_it_ends_when_it_must(lend, short, tmp_path):
    window = lend(SMALL)
    seen = []
    window.drawn.connect(lambda snapshot: seen.append(snapshot.experiment))
    of_tour.tour(window, tmp_path, lambda: True)
    assert of_tour.SIX_CLASSES not in seen
    window.set_theme_name("Light")
