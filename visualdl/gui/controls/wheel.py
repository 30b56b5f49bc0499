"""The wheel belongs to a control only while it has the focus: else it scrolls the panel, and must restart no run."""

from PySide6.QtGui import QWheelEvent


class WheelWithFocus:
    """Stands before a Qt widget among the bases of a class, and passes the wheel on while that has no focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
