"""A draw button asks for another draw from the same seed. Whoever wants its number listens to `drawn`."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from visualdl.experiment.choices import Range
from visualdl.gui.controls.descriptions import describe


class DrawButton(QPushButton):
    """A button called `name` for the number of a draw: each click asks for the next one, or after the last for 0."""

    drawn = Signal(int)

    def __init__(self, name: str, choice: Range) -> None:
        super().__init__(name)
        self._choice, self._number = choice, 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        self.clicked.connect(self._draw)
        self.show_value(0)

    def show_value(self, number: int) -> None:
        """Take over which draw is the current one."""
        self._number = number
        describe(self, self._choice, f"Now it is draw {number}.")
        self.setAccessibleName(self.text())

    def _draw(self) -> None:
        after = self._number + 1
        self.show_value(after if after <= self._choice.maximum else 0)
        self.drawn.emit(self._number)
