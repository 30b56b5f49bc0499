"""Edits of weights: each sets its number, undoing sets what was there before, and steps count as one."""

import pytest
from PySide6.QtGui import QKeySequence

from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.editing.weight_edits import WeightEdits
from visualdl.training.values.parameter_index import ParameterIndex

WEIGHT, BIAS = ParameterIndex("0.weight", (1, 2)), ParameterIndex("0.bias", (3,))


@pytest.fixture
def made():
    return []


@pytest.fixture
def history(qapp):
    history = EditHistory(qapp)
    yield history
    history.deleteLater()


@pytest.fixture
def edits(history, made):
    return WeightEdits(lambda place, value: made.append((place, value)), history)


def test_an_edit_is_made_undone_and_made_again(edits, history, made):
    assert not history.undo.isEnabled()
    edits.edit(WEIGHT, 0.25, 2.0)
    history.undo.trigger()
    history.redo.trigger()
    assert made == [(WEIGHT, 2.0), (WEIGHT, 0.25), (WEIGHT, 2.0)]
    assert not history.redo.isEnabled()


def test_steps_of_one_number_that_follow_each_other_are_one_edit(edits, history, made):
    edits.edit(WEIGHT, 0.1, 0.2, stepped=True)
    edits.edit(WEIGHT, 0.2, 0.3, stepped=True)
    edits.edit(BIAS, 1.0, 1.1, stepped=True)
    history.undo.trigger()
    history.undo.trigger()
    assert made[3:] == [(BIAS, 1.0), (WEIGHT, 0.1)]
    assert not history.undo.isEnabled()
    history.redo.trigger()
    assert made[-1] == (WEIGHT, 0.3)


def test_typed_numbers_stay_apart(edits, history, made):
    edits.edit(WEIGHT, 0.1, 0.2)
    edits.edit(WEIGHT, 0.2, 0.3)
    edits.edit(WEIGHT, 0.3, 0.4, stepped=True)
    for before in (0.3, 0.2, 0.1):
        history.undo.trigger()
        assert made[-1] == (WEIGHT, before)


def test_a_new_network_has_nothing_to_undo(edits, history):
    edits.edit(WEIGHT, 0.1, 0.2)
    edits.clear()
    assert not history.undo.isEnabled()


def test_the_actions_say_what_they_undo_and_have_keys(edits, history):
    edits.edit(BIAS, 0.1, 0.2)
    assert history.undo.text() == "Undo bias edit"
    assert history.undo.shortcut() == QKeySequence("Ctrl+Z")
    assert history.redo.shortcut() == QKeySequence("Ctrl+Shift+Z")
