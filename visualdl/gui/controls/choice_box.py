"""A list of names to choose from, that scrolling past does not change."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from visualdl.choices import Names
from visualdl.gui.controls.descriptions import describe


class ChoiceBox(QComboBox):
    """The names of a choice. A click leaves the focus where it is; the wheel turns only what has the focus."""

    def __init__(self, choice: Names) -> None:
        super().__init__()
        self.addItems(choice.names)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe(self, choice)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's; turns only what has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
