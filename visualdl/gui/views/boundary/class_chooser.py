"""The class chooser says which class a new point has; while points are edited it covers the head of the boundary."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget
from superqt import QElidingLabel

HINT = "Left adds, right removes."
SYMBOL = QSize(14, 14)  # pixels


class ClassChooser(QWidget):
    """Buttons of some actions, one for each class, over the head of a column made by `headed`; hidden at first.

    Those actions that are not visible have no button. `end` is the action that ends editing.
    """

    def __init__(self, column: QWidget, classes: Sequence[QAction], end: QAction) -> None:
        super().__init__(column)
        self._column = column
        self.setAutoFillBackground(True)
        self.setAccessibleName("Classes")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._buttons = [_button(action) for action in classes]
        for button in self._buttons:
            row.addWidget(button)
        hint = QElidingLabel(HINT)
        hint.setForegroundRole(hint.palette().ColorRole.PlaceholderText)
        hint.setToolTip(HINT)
        row.addWidget(hint, 1)
        done = QToolButton()
        done.setText("Done")
        done.setAccessibleName("Done editing")
        done.setToolTip(end.toolTip())
        done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        done.clicked.connect(lambda: end.setChecked(False))
        row.addWidget(done)
        column.installEventFilter(self)
        self.show_classes()
        self.hide()

    def show_classes(self) -> None:
        """Have a button for each action that is visible."""
        for button in self._buttons:
            button.setVisible(button.defaultAction().isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; covers the head of the column, which has another size now."""
        if watched is self._column and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._cover()
        return False

    def showEvent(self, event: QEvent) -> None:
        """Qt's; covers the head."""
        super().showEvent(event)
        self._cover()

    def _cover(self) -> None:
        head = self._column.layout().itemAt(0).geometry()
        self.setGeometry(0, 0, self._column.width(), max(head.bottom() + 1, self.minimumSizeHint().height()))
        self.raise_()


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(SYMBOL)
    button.setAutoRaise(True)  # so that the chosen one alone has a frame
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
    return button
