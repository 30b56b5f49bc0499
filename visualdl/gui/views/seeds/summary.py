"""The summary of the runs: how many there are and where they stand, and each framework's errors and time."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from superqt import QElidingLabel

from visualdl.gui.controls.captions import muted
from visualdl.gui.theme import tabular
from visualdl.training.seeds.quartiles import quartiles_of
from visualdl.training.values.seeds import SeedCurves, Seeds

WIDEST = "00.0 [00.0, 00.0]", "00.0 [00.0, 00.0]", "000 ms"
QUARTILES = "Median over the runs; in brackets the quartiles, between which the middle half of them lies (IQR)."
COLUMNS = {
    "Train error": (" %", QUARTILES),
    "Test error": (" %", QUARTILES),
    "per epoch": (
        "",
        "What the steps of one epoch take, all runs together: minidl trains them at once, torch.nn one after "
        "the other.",
    ),
}
ROWS = "minidl", "torch.nn"


class Summary(QWidget):
    """A sentence, and below it a small table: Table II of the paper, as it comes about."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[object, ...] = ()
        self._sentence = QElidingLabel()
        self._sentence.setAccessibleName("Runs shown")
        self._sentence.setFont(tabular(self.font()))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(1)
        self._grid.addWidget(self._sentence, 0, 0, 1, 4)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(muted("median [IQR]"), 1, 0)
        self._headings = {name: muted(name + unit) for name, (unit, _) in COLUMNS.items()}
        for column, (name, (_, tip)) in enumerate(COLUMNS.items(), start=1):
            heading = self._headings[name]
            heading.setToolTip(f"<p>{tip}</p>")
            self._grid.addWidget(heading, 1, column)
        self._rows = [self._make_row(name, row) for row, name in enumerate(ROWS, start=2)]

    def _make_row(self, name: str, row: int) -> list[QLabel]:
        labels = [QLabel(name), *(QLabel() for _ in COLUMNS)]
        for place, (label, widest, heading) in enumerate(zip(labels[1:], WIDEST, COLUMNS, strict=True), start=1):
            label.setFont(tabular(label.font()))
            label.setAccessibleName(f"{heading}, {name}")
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
            self._grid.addWidget(label, row, place)
        self._grid.addWidget(labels[0], row, 0)
        return labels

    def announce(self, sentence: str) -> None:
        """Say what is about to come, until the next moment is drawn."""
        _show(self._sentence, sentence)

    def draw(self, seeds: Seeds) -> None:
        """Show this moment."""
        _show(self._sentence, sentence_of(seeds))
        if (seeds.minidl, seeds.torch) == self._seen:
            return
        self._seen = seeds.minidl, seeds.torch
        for name, heading in self._headings.items():
            _show(heading, name.replace("error", seeds.experiment.task.error_name) + COLUMNS[name][0])
        for label in self._rows[1]:
            label.setVisible(seeds.torch is not None)
        for labels, curves in zip(self._rows, (seeds.minidl, seeds.torch), strict=True):
            if curves is not None:
                errors = spread_text(curves.train_error), spread_text(curves.test_error)
                texts = *errors, duration_text(seconds_an_epoch(curves))
                for label, text in zip(labels[1:], texts, strict=True):
                    _show(label, text)


class RestartNote(QElidingLabel):
    """Says that the runs are not those that the controls show, and how to have those."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What a restart takes")
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_difference(self, earlier: bool, choice: str) -> None:
        """Show that the runs are of an `earlier` experiment, and which `choice` of runs they are not, if there is."""
        if earlier and choice:
            text = f"Earlier experiment; restart for {choice}."
        elif earlier:
            text = "Earlier experiment; Restart seeds takes the current one."
        else:
            text = f"Restart seeds takes {choice}."
        _show(self, text)
        self.setToolTip(f"<p>{text}</p>")
        self.setVisible(earlier or bool(choice))


def sentence_of(seeds: Seeds) -> str:
    """Say what is shown: how many runs, which seeds and which epoch; how many runs have numbers that are not finite.

    With torch.nn beside, from the first whole epoch on, also how many times minidl's time its steps have taken.
    """
    first, last = seeds.seeds[0], seeds.seeds[-1]
    parts = [f"{len(seeds.seeds)} runs", f"seeds {first}–{last}"] if first != last else ["1 run", f"seed {first}"]
    parts.append(f"epoch {seeds.epoch}")
    diverged = int(np.sum(~np.isfinite(seeds.minidl.train_loss[-1])))
    if diverged:
        parts.append(f"{diverged} diverged")
    if seeds.torch is not None and seeds.minidl.epochs[-1] >= 1 and seeds.minidl.seconds > 0:
        parts.append(f"torch.nn: {seeds.torch.seconds / seeds.minidl.seconds:.1f}× the time")
    return " · ".join(parts)


def spread_text(errors: np.ndarray) -> str:
    """Return median and quartiles, in percent, of the latest of `errors` (moments, runs)."""
    spread = quartiles_of(100 * errors[-1:])
    median, lower, upper = (float(each[0]) for each in (spread.median, spread.lower, spread.upper))
    return f"{median:.1f} [{lower:.1f}, {upper:.1f}]" if np.isfinite(median) else "–"


def seconds_an_epoch(curves: SeedCurves) -> float:
    """Return how long an epoch of all runs took, on average; 0 before the first step."""
    epochs = float(curves.epochs[-1])
    return curves.seconds / epochs if epochs else 0.0


def duration_text(seconds: float) -> str:
    """Return a time in few characters: 0.5 ms, 21 ms, 1.2 s."""
    if not seconds:
        return "–"
    if seconds < 0.9995:
        return f"{1000 * seconds:.{0 if seconds >= 0.00995 else 1}f} ms"
    return f"{seconds:.1f} s"


def _show(label: QLabel | QElidingLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
