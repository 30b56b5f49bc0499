"""The summary says how many runs there are, where they stand, and what each framework reaches in which time."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel

from visualdl.gui.views.seeds.summary import Summary, duration_text, sentence_of, spread_text


@pytest.fixture
def summary(qtbot):
    summary = Summary()
    qtbot.addWidget(summary)
    summary.show()
    return summary


def shown(summary):
    labels = summary.findChildren(QLabel)
    return {label.accessibleName(): label.text() for label in labels if label.accessibleName() and label.isVisible()}


def test_the_sentence_names_runs_seeds_and_epoch(seeds_of):
    assert sentence_of(seeds_of([[0.1] * 10] * 13)) == "10 runs · seeds 0–9 · epoch 12"
    assert sentence_of(seeds_of([[0.1]], first=42)) == "1 run · seed 42 · epoch 0"


def test_the_sentence_counts_the_runs_that_are_lost(seeds_of):
    assert sentence_of(seeds_of([[np.nan, 0.1, np.inf]])).endswith("epoch 0 · 2 diverged")


def test_the_sentence_compares_the_times(seeds_of):
    assert sentence_of(seeds_of([[0.1]] * 2, [[0.1]] * 2)).endswith("epoch 1 · torch.nn: 7.6× the time")
    assert sentence_of(seeds_of([[0.1]], [[0.1]])).endswith("epoch 0"), "the first steps say nothing of the time"
    unmeasured = seeds_of([[0.1]] * 2, [[0.1]] * 2)
    before = replace(unmeasured, minidl=replace(unmeasured.minidl, seconds=0.0))
    assert sentence_of(before).endswith("epoch 1")


def test_errors_are_median_and_quartiles_in_percent():
    assert spread_text(np.array([[9.0, 9.0, 9.0], [0.05, 0.1, 0.2]])) == "10.0 [7.5, 15.0]"
    assert spread_text(np.array([[0.05, np.nan, np.inf]])) == "5.0 [5.0, 5.0]"
    assert spread_text(np.array([[np.nan]])) == "–"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "–"), (0.00051, "0.5 ms"), (0.00999, "10 ms"), (0.021, "21 ms"), (0.9996, "1.0 s"), (2.34, "2.3 s")],
)
def test_times_are_short(seconds, text):
    assert duration_text(seconds) == text


def test_each_framework_has_a_line(summary, seeds_of):
    summary.draw(seeds_of([[0.5] * 3] * 9 + [[0.05, 0.06, 0.07]]))
    assert shown(summary) == {
        "Runs shown": "3 runs · seeds 0–2 · epoch 9",
        "Train error, minidl": "6.0 [5.5, 6.5]",
        "Test error, minidl": "12.0 [11.0, 13.0]",
        "per epoch, minidl": "111 ms",
    }
    summary.draw(seeds_of([[0.05]] * 10, [[0.4]] * 10))
    assert shown(summary)["Train error, torch.nn"] == "40.0 [40.0, 40.0]"
    assert shown(summary)["per epoch, torch.nn"] == "844 ms"


def test_numbers_keep_their_places(summary, seeds_of):
    places = []
    for errors, compared in (([0.0, 0.0], [0.0, 0.0]), ([0.111, 0.499], [0.1, 0.25])):
        summary.draw(seeds_of([errors], [compared]))
        QApplication.processEvents()
        places.append([label.geometry() for label in summary.findChildren(QLabel)])
    assert places[0] == places[1]
