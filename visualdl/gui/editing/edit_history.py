"""The history of edits: whatever was changed by hand, in one order, to be undone and made again."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

MOST_EDITS = 100  # of points, each holds all there were before it


class Edit(Protocol):
    """One change, and what a menu calls it."""

    name: str

    def make(self) -> None:
        """Make the change; also once more after it was undone."""

    def undo(self) -> None:
        """Bring back what was before."""

    def takes_in(self, later: "Edit") -> bool:
        """Become one with a later edit that has been made, and say so; or say that they are two."""


class EditHistory(QObject):
    """The latest edits. `undo` and `redo` are actions for a menu, which say what they would undo."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._made: list[Edit] = []
        self._undone: list[Edit] = []
        self.undo, self.redo = self._action("Ctrl+Z"), self._action("Ctrl+Shift+Z")
        self.undo.triggered.connect(self._undo)
        self.redo.triggered.connect(self._redo)
        self._show()

    def make(self, edit: Edit) -> None:
        """Make an edit. What was undone before it is forgotten."""
        edit.make()
        if not (self._made and self._made[-1].takes_in(edit)):
            self._made.append(edit)
        self._undone.clear()
        del self._made[:-MOST_EDITS]
        self._show()

    def forget(self, kind: type) -> None:
        """Forget all edits of a kind: what they changed is no longer there."""
        for edits in (self._made, self._undone):
            edits[:] = [edit for edit in edits if not isinstance(edit, kind)]
        self._show()

    def _undo(self) -> None:
        self._undone.append(self._made.pop())
        self._show()
        self._undone[-1].undo()

    def _redo(self) -> None:
        self._made.append(self._undone.pop())
        self._show()
        self._made[-1].make()

    def _action(self, keys: str) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        return action

    def _show(self) -> None:
        for action, word, edits in ((self.undo, "Undo", self._made), (self.redo, "Redo", self._undone)):
            action.setText(f"{word} {edits[-1].name}" if edits else word)
            action.setEnabled(bool(edits))
