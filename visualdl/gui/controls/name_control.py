"""A name control shows one of some names. Whoever wants the name listens to `box`."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from visualdl.experiment.choices import Names
from visualdl.gui.controls.captions import caption
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.wheel import WheelWithFocus

DIFFERENT = "mixed"


class NameBox(WheelWithFocus, QComboBox):
    """A list of the names of a choice. A click does not focus it, and so leaves the space bar to the window."""

    def __init__(self, choice: Names) -> None:
        super().__init__()
        self.addItems(choice.names)
        self.setPlaceholderText(DIFFERENT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe(self, choice)


class NameControl(QWidget):
    """Label and list of a choice."""

    def __init__(self, choice: Names) -> None:
        super().__init__()
        self._choice = choice
        self._explained = "", "", ""
        self.box = NameBox(choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption(choice.label, self.box))
        row.addStretch(1)
        row.addWidget(self.box)

    def show_value(self, name: str) -> None:
        """Show a name."""
        self.box.setCurrentText(name)

    def explain(self, idle: str = "", differing: str = "", note: str = "") -> None:
        """Disable the control and say why it is `idle`, or enable it; say why there is no one name to show.

        `note` says beside the help what the name on show comes to.
        """
        if differing:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(-1)
        if (idle, differing, note) == self._explained:
            return
        self._explained = idle, differing, note
        self.setEnabled(not idle)
        describe(self.box, self._choice, differing or f"{idle} {note}".strip())
