"""The status bar: on the left what is under the mouse, on the right where training is."""

from PySide6.QtWidgets import QLabel, QStatusBar

from visualdl.gui.views.bars.step_label import StepLabel
from visualdl.training.values.snapshot import Snapshot

TOLD = 6000  # milliseconds that a sentence stays


class Status(QStatusBar):
    """Shows a snapshot's step, and whatever text it is given about the place under the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.hover_label = QLabel()
        self.hover_label.setContentsMargins(10, 0, 0, 0)
        self.step_label = StepLabel()
        self.setSizeGripEnabled(False)
        self.addWidget(self.hover_label, 1)
        self.addPermanentWidget(self.step_label)

    def show_hovered(self, text: str) -> None:
        """Show a text, or none if it is empty, until the next one."""
        self.hover_label.setText(text)

    def tell(self, text: str) -> None:
        """Show a sentence for a while, in the place of what is under the mouse."""
        self.showMessage(text, TOLD)

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        self.step_label.draw(snapshot)
