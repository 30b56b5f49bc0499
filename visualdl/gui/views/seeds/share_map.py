"""The map of agreement: at each point of the square, the share of runs that say class 1, the disk's "inside"."""

import contourpy
import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from visualdl.experiment import Experiment
from visualdl.gui.theme import Theme, gradient_values
from visualdl.gui.views.plot_keys import HELP
from visualdl.gui.views.unit_square import UnitSquare
from visualdl.training.snapshot import Seeds

BAR = QSize(32, 10)  # pixels


class ShareMap(UnitSquare):
    """Blue is where all runs say class 1, orange where none does; the line is where half of them do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._share: np.ndarray | None = None
        self._count = 0
        self._class = ""
        self._name(Experiment().class_names[1])
        self.set_theme(theme)

    def draw(self, seeds: Seeds) -> None:
        """Show this moment."""
        self._name(seeds.experiment.class_names[1])
        self.show_units(seeds.experiment)
        if seeds.share_inside is self._share:
            return
        self._share, self._count = seeds.share_inside, len(seeds.seeds)
        rows, columns = self._share.shape
        ticks = np.linspace(0, 1, columns), np.linspace(0, 1, rows)
        generator = contourpy.contour_generator(*ticks, smoothed(self._share), line_type=contourpy.LineType.Separate)
        self.draw_values(2 * self._share - 1, generator.lines(0.5))
        self.tell()

    def describe(self, x1: float, x2: float) -> str:
        """Say how many runs say class 1 at the grid's point that is nearest."""
        assert self._share is not None
        rows, columns = self._share.shape
        row, column = (round(min(max(x, 0.0), 1.0) * (size - 1)) for x, size in ((x2, rows), (x1, columns)))
        count = round(float(self._share[row, column]) * self._count)
        runs, say = ("run", "says") if self._count == 1 else ("runs", "say")
        return f"{count} of {self._count} {runs} {say} {self._class}"

    def _name(self, class_name: str) -> None:
        if class_name != self._class:
            self._class = class_name
            self.setAccessibleName(f"Share of runs {class_name}")
            shown = f'The share of runs that say "{class_name}", over the square of all inputs.'
            self.setAccessibleDescription(f"{shown} {HELP}")


def smoothed(share: np.ndarray) -> np.ndarray:
    """Return the mean over a point of the grid and its neighbours, weighted 1, 2, 1 each way.

    A share is a whole number of runs: a line through its steps would climb stairs that no network has.
    """
    padded = np.pad(share, 1, mode="edge")
    by_row = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return (by_row[:, :-2] + 2 * by_row[:, 1:-1] + by_row[:, 2:]) / 16


class ShareKey(QWidget):
    """The key to the map: which colour says that none of the runs, and which that all, say class 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.show_class(Experiment().class_names[1])
        self._bar = QLabel()
        self._bar.setFixedSize(BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for part in (QLabel("none"), self._bar, QLabel("all")):
            row.addWidget(part)
        self.set_theme(theme)

    def show_class(self, class_name: str) -> None:
        """Say what class 1 is called."""
        self.setToolTip(f'The share of runs that say "{class_name}". The line is where half of them do.')

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        bar = theme.picture(gradient_values()).scaled(BAR, Qt.AspectRatioMode.IgnoreAspectRatio)
        self._bar.setPixmap(QPixmap.fromImage(bar))
