"""Edits of single weights, that can be undone: typed or stepped, while training goes on or not."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QUndoCommand, QUndoStack

from visualdl.training.pictures import Place

SetNumber = Callable[[Place, float], None]
STEPPED = 1  # the kind of edit that may merge with the one before; Qt's -1 never does


class WeightEdits(QObject):
    """The edits of one network's numbers, latest first to be undone. `set_number` is called with each new value.

    Undoing sets the number to what it was before the edit, however far training has taken it since. Steps of one
    number that follow each other are one edit. `undo` and `redo` are actions for a menu.
    """

    def __init__(self, set_number: SetNumber, parent: QObject) -> None:
        super().__init__(parent)
        self._set_number = set_number
        self._stack = QUndoStack(self)
        self.undo = self._stack.createUndoAction(self, "Undo")
        self.redo = self._stack.createRedoAction(self, "Redo")
        for action, keys in ((self.undo, "Ctrl+Z"), (self.redo, "Ctrl+Shift+Z")):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)

    def edit(self, place: Place, before: float, after: float, stepped: bool = False) -> None:
        """Set the number at a place to `after`, so that undoing sets it to `before`."""
        self._stack.push(_Edit(place, before, after, self._set_number, stepped))

    def clear(self) -> None:
        """Forget all edits: another network has begun."""
        self._stack.clear()


class _Edit(QUndoCommand):
    def __init__(self, place: Place, before: float, after: float, set_number: SetNumber, stepped: bool) -> None:
        super().__init__(f"{'bias' if len(place.position) == 1 else 'weight'} edit")
        self.place, self.after = place, after
        self._before, self._set_number, self._stepped = before, set_number, stepped

    def id(self) -> int:
        """Qt's; the kind of edit."""
        return STEPPED if self._stepped else -1

    def mergeWith(self, later: QUndoCommand) -> bool:
        """Qt's; takes a later step of the same number in."""
        if not isinstance(later, _Edit) or later.place != self.place:
            return False
        self.after = later.after
        return True

    def redo(self) -> None:
        """Qt's; also called when the edit is made."""
        self._set_number(self.place, self.after)

    def undo(self) -> None:
        """Qt's."""
        self._set_number(self.place, self._before)
