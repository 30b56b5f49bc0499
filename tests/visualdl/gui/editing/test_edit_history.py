"""The history of edits: one order for all kinds, of which one can be forgotten."""

import pytest

from visualdl.gui.editing.edit_history import MOST_EDITS, EditHistory


class Numbered:
    def __init__(self, made, number):
        self._made, self.number = made, number

    def make(self):
        self._made.append(self.number)

    def undo(self):
        self._made.append(-self.number)

    def takes_in(self, later):
        return False


class Put(Numbered):
    name = "put"


class Other(Numbered):
    name = "other"


@pytest.fixture
def history(qapp):
    history = EditHistory(qapp)
    yield history
    history.deleteLater()


def test_edits_of_all_kinds_are_undone_in_one_order(history):
    made = []
    for edit in (Put(made, 1), Other(made, 2), Put(made, 3)):
        history.make(edit)
    assert (history.undo.text(), history.redo.text()) == ("Undo put", "Redo")
    history.undo.trigger()
    assert (history.undo.text(), history.redo.text()) == ("Undo other", "Redo put")
    history.undo.trigger()
    history.redo.trigger()
    assert made == [1, 2, 3, -3, -2, 2]


def test_a_kind_that_is_forgotten_leaves_the_others_where_they_were(history):
    made = []
    for edit in (Put(made, 1), Other(made, 2), Put(made, 3), Other(made, 4)):
        history.make(edit)
    history.undo.trigger()
    history.forget(Other)
    history.undo.trigger()
    history.undo.trigger()
    assert made[-2:] == [-3, -1]
    assert not history.undo.isEnabled()


def test_what_was_undone_is_forgotten_by_a_new_edit_and_the_oldest_by_too_many(history):
    made = []
    history.make(Put(made, 1))
    history.undo.trigger()
    for number in range(2, MOST_EDITS + 5):
        history.make(Put(made, number))
    assert not history.redo.isEnabled()
    made.clear()
    while history.undo.isEnabled():
        history.undo.trigger()
    assert len(made) == MOST_EDITS
    assert made[-1] == -5
