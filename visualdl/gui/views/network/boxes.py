"""Boxes for popovers: Return sets what is typed and leaves the focus there, Escape closes the popover."""

import math

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from visualdl.experiment.choices import Range
from visualdl.gui.controls.number_box import DecimalBox, IntegerBox
from visualdl.training.values.parameter_index import LARGEST

HELP = f"A number from {-LARGEST:,.0f} to {LARGEST:,.0f}. Return sets it, the arrow keys step."


class _InPopover:
    """Stands before a number box among the bases of a class."""

    def event(self, event: QEvent) -> bool:
        """Leave Escape to the popover, and undoing to the window unless something is being typed."""
        if event.type() == QEvent.Type.ShortcutOverride and (
            event.key() == Qt.Key.Key_Escape or self._undoes_no_text(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return sets what is typed and stays; Escape drops it and is the popover's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.interpretText()
            self.forget()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape:
            self.setValue(self.value())
            event.ignore()
        elif self._undoes_no_text(event):  # and the window has nothing to undo, either
            event.ignore()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Drop what is typed."""
        self.lineEdit().setModified(False)

    def _undoes_no_text(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        return not self.lineEdit().isModified() and (event.matches(keys.Undo) or event.matches(keys.Redo))


class WidthBox(_InPopover, IntegerBox):
    """A box for the width of a layer."""


class ValueBox(_InPopover, DecimalBox):
    """Follows a weight until something is typed, and holds any number that can be set.

    `valueChanged` tells what is set by hand; `stepping` says whether by a step. A step is a tenth of the number's own
    decade, and at least 0.001.
    """

    def __init__(self) -> None:
        super().__init__(Range("Value", -LARGEST, LARGEST, HELP))
        self.stepping = False
        self.setAccessibleDescription(HELP)
        self.setToolTip(HELP)

    def follow(self, value: float) -> None:
        """Show what the number has become, unless something is being typed."""
        if self.lineEdit().isModified() or value == self.value():
            return
        all_selected = self.lineEdit().hasSelectedText()
        with QSignalBlocker(self):
            self.setValue(value)
        if all_selected:
            self.selectAll()

    def stepBy(self, steps: int) -> None:
        """Step from what is typed, if something is."""
        self.interpretText()
        size = max(abs(self.value()), 0.01)
        step = 10.0 ** (math.floor(math.log10(size)) - 1)
        self.stepping = True
        self.setValue(float(f"{(round(self.value() / step) + steps) * step:.12g}"))
        self.stepping = False
        self.selectAll()
