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
def edits(qapp, made):
    history = EditHistory(qapp)
    yield WeightEdits(lambda place, value: made.append((place, value)), history)
    history.deleteLater()


def test_an_edit_is_made_undone_and_made_again(edits, made):
    assert not edits._history.undo.isEnabled()
    edits.edit(WEIGHT, 0.25, 2.0)
    edits._history.undo.trigger()
    edits._history.redo.trigger()
    assert made == [(WEIGHT, 2.0), (WEIGHT, 0.25), (WEIGHT, 2.0)]
    assert not edits._history.redo.isEnabled()


def test_steps_of_one_number_that_follow_each_other_are_one_edit(edits, made):
    edits.edit(WEIGHT, 0.1, 0.2, stepped=True)
    edits.edit(WEIGHT, 0.2, 0.3, stepped=True)
    edits.edit(BIAS, 1.0, 1.1, stepped=True)
    edits._history.undo.trigger()
    edits._history.undo.trigger()
    assert made[3:] == [(BIAS, 1.0), (WEIGHT, 0.1)]
    assert not edits._history.undo.isEnabled()
    edits._history.redo.trigger()
    assert made[-1] == (WEIGHT, 0.3)


def test_typed_numbers_stay_apart(edits, made):
    edits.edit(WEIGHT, 0.1, 0.2)
    edits.edit(WEIGHT, 0.2, 0.3)
    edits.edit(WEIGHT, 0.3, 0.4, stepped=True)
    for before in (0.3, 0.2, 0.1):
        edits._history.undo.trigger()
        assert made[-1] == (WEIGHT, before)


def test_a_new_network_has_nothing_to_undo(edits):
    edits.edit(WEIGHT, 0.1, 0.2)
    edits.clear()
    assert not edits._history.undo.isEnabled()


def test_the_actions_say_what_they_undo_and_have_keys(edits):
    edits.edit(BIAS, 0.1, 0.2)
    assert edits._history.undo.text() == "Undo bias edit"
    assert edits._history.undo.shortcut() == QKeySequence("Ctrl+Z")
    assert edits._history.redo.shortcut() == QKeySequence("Ctrl+Shift+Z")
