"""Where training is within its epoch, in the status bar, at a width that does not change with the numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from visualdl.gui.theme import tabular
from visualdl.training.values.snapshot import Snapshot


class StepLabel(QLabel):
    """Says how many mini-batches the run and the epoch have had."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setContentsMargins(0, 0, 8, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(_text(10**9, 1000, 1000)) + 8)

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        self.setText(_text(snapshot.step, snapshot.batch, snapshot.batches))


def _text(step: int, batch: int, batches: int) -> str:
    return f"step {step:,}   ·   batch {batch} of {batches}"
