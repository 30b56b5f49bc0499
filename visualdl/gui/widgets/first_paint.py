"""The first paint of a window: what takes the processor, and can wait, waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LONGEST_WAIT = 2000  # milliseconds; a window on another desktop may not be painted at all


class FirstPaint(QObject):
    """Calls `act` once: when `window` has been painted, or with the first events if nobody has shown it by then."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)  # which is not kept: a pending timer would keep it alive in its own child
        self._act: Callable[[], object] | None = act
        QTimer.singleShot(0, self, self._look)

    def eventFilter(self, _handle: QObject, event: QEvent) -> bool:
        """Qt's; hears that the window is to be painted, which happens before a timer's turn comes."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._end)
        return False

    def _look(self) -> None:
        window = self.parent()
        handle = window.windowHandle()
        if handle is None or not window.isVisible() or handle.isExposed():
            self._end()
        else:
            handle.installEventFilter(self)
            QTimer.singleShot(LONGEST_WAIT, self, self._end)

    def _end(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
            self.deleteLater()
