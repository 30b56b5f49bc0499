"""A corner button stands in the lower right corner of a plot, beside the name of its axis, and moves nothing."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

BESIDE = 10, 2  # pixels, to the right and to the lower edge


class CornerButton(QToolButton):
    """A button of an action, in the corner of `plot`."""

    def __init__(self, plot: QWidget, action: QAction) -> None:
        super().__init__(plot)
        self._plot = plot
        self.setDefaultAction(action)
        self.setAccessibleName(action.text())
        self.setAccessibleDescription(action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        plot.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; stays in the corner."""
        if watched is self._plot and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        self.setFixedHeight(self.fontMetrics().height() + 4)
        right, below = BESIDE
        self.move(self._plot.width() - self.width() - right, self._plot.height() - self.height() - below)
