"""The dividers between the window's parts, by keyboard: F8 goes from one to the next, arrow keys move it."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QWidget

HANDLE = 8  # pixels between two parts
STEP, LEAP = 8, 64  # pixels
HELP = "Arrow keys move the divider, Shift faster; Escape leaves it."

MOVES = {
    Qt.Orientation.Horizontal: {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1},
    Qt.Orientation.Vertical: {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1},
}


class Divider(QSplitterHandle):
    """A splitter's handle that arrow keys move while it has the focus, which Tab does not give it."""

    def __init__(self, orientation: Qt.Orientation, splitter: QSplitter) -> None:
        super().__init__(orientation, splitter)
        self.setAccessibleDescription(HELP)
        self._before: QWidget | None = None  # who had the focus

    def take_focus(self, before: QWidget | None) -> None:
        """Take the focus from `before`, which gets it back in the end."""
        self._before = before._before if isinstance(before, Divider) else before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's; moves the divider."""
        direction = MOVES[self.orientation()].get(Qt.Key(event.key()), 0)
        if direction:
            far = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            place = self.x() if self.orientation() == Qt.Orientation.Horizontal else self.y()
            self.moveSplitter(place + direction * far)
        elif event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            if self._before is not None and shiboken6.isValid(self._before):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's; shows where the keys are."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's; the keys are elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's; a bar in the colour of what has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(self.rect().adjusted(2, 2, -2, -2), self.palette().highlight())
            painter.end()


class DividedBox(QSplitter):
    """Parts side by side, or one below the other, with dividers between them."""

    def __init__(self, orientation: Qt.Orientation, parts: dict[str, QWidget], stretch: tuple[int, ...]) -> None:
        """`parts` have the names that screen readers read; `stretch` is who gets how much of more room."""
        super().__init__(orientation)
        self.setHandleWidth(HANDLE)
        for place, (part, share) in enumerate(zip(parts.values(), stretch, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(place, share)
            self.setCollapsible(place, False)
        for name, divider in zip(list(parts)[1:], self.dividers(), strict=True):  # Qt hides it with what it is before
            divider.setAccessibleName(f"Divider before {name}")

    def createHandle(self) -> QSplitterHandle:
        """Qt's; makes a handle."""
        return Divider(self.orientation(), self)

    def dividers(self) -> list[Divider]:
        """Return the dividers, from left to right or from top to bottom."""
        handles = (self.handle(place) for place in range(1, self.count()))
        return [handle for handle in handles if isinstance(handle, Divider)]


def focus_next(boxes: Sequence[DividedBox]) -> None:
    """Give the focus to the first visible divider of `boxes`, or to the one after that which has it."""
    dividers = [divider for box in boxes for divider in box.dividers() if divider.isVisible()]
    present = QApplication.focusWidget()
    place = dividers.index(present) + 1 if present in dividers else 0
    dividers[place % len(dividers)].take_focus(present)
