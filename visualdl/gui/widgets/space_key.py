"""Space trains and pauses wherever the focus is, except where text is typed, and on a button that Tab has reached."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget


class SpaceKey(QObject):
    """An event filter for whichever widget has the focus, that decides who gets the space key in `window`.

    Before a shortcut is carried out, Qt asks the focused widget whether it wants the key for itself (ShortcutOverride).
    A number box would say yes and swallow the space; a button would say no and could never be pressed by it. A line of
    text has its spaces. The filter moves with the focus: one for the whole application would take Python's lock for
    each of its events.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        QApplication.instance().focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; answers for the focused widget."""
        if (
            event.type() != QEvent.Type.ShortcutOverride
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QWidget)
            or event.key() != Qt.Key.Key_Space
            or event.modifiers() != Qt.KeyboardModifier.NoModifier
            or watched.window() is not self._window
        ):
            return False
        is_line = isinstance(watched, QLineEdit) and watched.focusProxy() is None  # and not that of a number box
        event.setAccepted(is_line or isinstance(watched, QAbstractButton))
        return True
