"""A frame that keeps the one widget in it square, as large as there is room for."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class SquareFrame(QWidget):
    """Holds `content` at the top, in the middle, as a square of at least `minimum` pixels a side."""

    def __init__(self, content: QWidget, minimum: int) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)
        self.setMinimumSize(QSize(minimum, minimum))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; fits the content again."""
        super().resizeEvent(event)
        side = min(self.width(), self.height())
        self._content.setGeometry(QRect((self.width() - side) // 2, 0, side, side))
