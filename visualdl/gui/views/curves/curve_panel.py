"""A curve panel is a curve plot with what it shows written above it, and in words what the mouse points at."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.plots.curve_plot import CurvePlot
from visualdl.gui.views.plots.plot_keys import HELP


class CurvePanel(QWidget):
    """A title, a button that fits the plot again, and the plot. A subclass draws, and overrides `describe`.

    `hovered` carries a sentence about the moment under the mouse, and an empty one when there is none.
    """

    hovered = Signal(str)

    def __init__(self, name: str, title: str, make_plot: Callable[[QFont], CurvePlot]) -> None:
        """`name` is the accessible one. `header` is the row of the title, for what else belongs there."""
        super().__init__()
        self._sentence = ""
        font = tabular(self.font())
        self.setFont(font)
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Light)  # the surface
        self.title = QLabel(title)
        self.header = QHBoxLayout()
        self.plot = make_plot(font)
        self.plot.setMinimumHeight(110)
        self.plot.setAccessibleName(f"{name} plot")
        self.plot.setAccessibleDescription(HELP)
        self._fit = QToolButton(text="Fit", toolTip="Show the whole run again (double-click the plot)")
        self._fit.setAccessibleName(f"Fit {name[0].lower()}{name[1:]}")
        self._lay_out()
        self._fit.clicked.connect(self.reset_zoom)
        self.plot.following.connect(self._fit.setHidden)
        self.plot.pointed.connect(self.say)

    def _lay_out(self) -> None:
        self.header.setContentsMargins(8, 4, 8, 0)
        self.header.setSpacing(4)
        self.header.addWidget(self.title)
        self.header.addStretch(1)
        self._fit.hide()
        column = QGridLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.header, 0, 0)
        column.addWidget(self.plot, 1, 0)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        column.addWidget(self._fit, 1, 0, corner)  # over the plot: nothing moves by it
        column.setRowStretch(1, 1)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.setPalette(theme.palette())
        self.plot.set_theme(theme)

    def set_log(self, log: bool) -> None:
        """Make the vertical axis logarithmic, or linear again. Values that are not positive run along its lower end."""
        self.plot.set_log(log)

    def reset_zoom(self) -> None:
        """Show the whole run, and follow it as it grows."""
        self.plot.reset_zoom()

    def say(self) -> None:
        """Tell of the moment under the mouse, if that says anything new."""
        moment = self.plot.moment()
        sentence = "" if moment is None else self.describe(moment)
        if sentence != self._sentence:
            self._sentence = sentence
            self.hovered.emit(sentence)

    def describe(self, moment: int) -> str:
        """Return a sentence about a moment, by its index."""
        raise NotImplementedError


def epoch_text(epoch: float) -> str:
    """Return an epoch in words: two decimals at most, none where there is no need."""
    return "epoch " + f"{epoch:.2f}".rstrip("0").rstrip(".")
