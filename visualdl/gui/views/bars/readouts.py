"""The read-outs: where training is, how good the network is, and how fast it goes, as numbers that stand still."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import Task
from visualdl.gui.theme import Theme, tabular
from visualdl.training.values.frame import Frame

# name -> the longest text to make room for, and what it tells
READOUTS = {
    "Epoch": ("000000", "Whole passes over the training points"),
    "Train loss": ("0.0000", "{loss} on the training points, per point"),
    "Test loss": ("0.0000", "{loss} on the test points, per point"),
    "Train error": ("00.0 %", "{error} of the training points{what}"),
    "Test error": ("00.0 %", "{error} of the test points{what}"),
    "Steps per second": ("00000", "Mini-batches that training takes in a second, measured"),
}

COUNTS = ("Epoch", "Steps per second")  # which are 0 at first; what is measured is not known until it is
UNKNOWN = "–"


class Readouts(QWidget):
    """A row of captions with their numbers beneath. Each number's label carries the caption as its accessible name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._captions: dict[str, QLabel] = {}
        self._numbers: dict[str, QLabel] = {}
        for name, (longest, _) in READOUTS.items():
            caption, number = QLabel(name), QLabel("0" if name in COUNTS else UNKNOWN)
            number.setAccessibleName(name)
            number.setTextFormat(Qt.TextFormat.PlainText)
            font = tabular(number.font())
            font.setPointSizeF(font.pointSizeF() * 1.35)
            number.setFont(font)
            number.setMinimumWidth(QFontMetrics(font).horizontalAdvance(longest) + 2)
            small = caption.font()
            small.setPointSizeF(small.pointSizeF() * 0.9)
            caption.setFont(small)
            block = QVBoxLayout()
            block.setSpacing(0)
            for label in (caption, number):
                block.addWidget(label)
            row.addLayout(block)
            self._captions[name] = caption
            self._numbers[name] = number
        self._task: Task | None = None
        self._show_task(Experiment().task)
        self.set_theme(theme)

    def draw(self, frame: Frame) -> None:
        """Show this moment's numbers."""
        snapshot = frame.snapshot
        self._show_task(snapshot.experiment.task)
        evaluation = snapshot.evaluation
        for name, text in (
            ("Epoch", f"{snapshot.epoch}"),
            ("Train loss", _significant(evaluation.train_loss)),
            ("Test loss", _significant(evaluation.test_loss)),
            ("Train error", percent(evaluation.train_error)),
            ("Test error", percent(evaluation.test_error)),
            ("Steps per second", f"{frame.playback.steps_per_second:.0f}"),
        ):
            if self._numbers[name].text() != text:
                self._numbers[name].setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for caption in self._captions.values():
            palette = caption.palette()
            palette.setColor(caption.foregroundRole(), theme.color("muted"))
            caption.setPalette(palette)

    def _show_task(self, task: Task) -> None:
        """Say what loss and error are."""
        if task == self._task:
            return
        self._task = task
        error = "Share of the variance of the values" if task.is_regression else "Share"
        what = " that the network leaves unexplained: 1 − R²" if task.is_regression else " on the wrong side"
        if len(task.class_names) > 2:
            what = " taken for another class"
        for name, (_, tip) in READOUTS.items():
            text = tip.format(loss=task.loss, error=error, what=what)
            self._captions[name].setText(name.replace("error", task.error_name))
            self._numbers[name].setAccessibleDescription(text)
            for label in (self._captions[name], self._numbers[name]):
                label.setToolTip(text)


def percent(share: float) -> str:
    """Few characters: 4.9 %, 100.0 %, and of an error without bounds 5e+09 %."""
    return f"{share:.1%}".replace("%", " %") if share < 9.9995 else f"{100 * share:.0e} %"


def _significant(loss: float) -> str:
    """Six characters at most, so that the text keeps its place: 0.1235, 23.46, 5e+32, 3e-05."""
    if loss != 0 and not 0.0001 <= loss < 9999.5:
        return f"{loss:.0e}"
    return f"{loss:.4f}" if loss < 9.99995 else f"{loss:.4g}"
