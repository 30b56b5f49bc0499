"""A curve view says how one quantity went, on the training and on the test set, from the first epoch to now."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from visualdl.gui.layout import switch
from visualdl.gui.theme import LIGHT, Theme, tabular
from visualdl.gui.views.curve_plot import CurvePlot, line_pens
from visualdl.training.pictures import Floats
from visualdl.training.snapshot import Change, Curves

MOST_MARKERS = 50  # the latest ones; more would hide the curves
SWATCH = QSize(17, 10)


def loss_curve(*actions: QAction) -> "CurveView":
    """Return the view of the loss per sample, with a switch for each of `actions`."""
    return CurveView("loss", "Loss", lambda curves: (curves.train_loss, curves.test_loss), actions=actions)


def error_curve(*actions: QAction) -> "CurveView":
    """Return the view of the share of misclassified points, in percent, with a switch for each of `actions`."""
    return CurveView("error", "Error %", lambda curves: (curves.train_error, curves.test_error), 100.0, "%", actions)


class CurveView(QWidget):
    """A curve plot with what it shows written above it.

    `hovered` carries a sentence about the moment under the mouse, and an empty one when there is none.
    """

    hovered = Signal(str)

    def __init__(
        self,
        quantity: str,
        label: str,
        values_of: Callable[[Curves], tuple[Floats, Floats]],
        scale: float = 1.0,
        unit: str = "",
        actions: Sequence[QAction] = (),
    ) -> None:
        """`values_of` gives train and test, (moments,) each; they are shown times `scale`, in `unit`."""
        super().__init__()
        self._quantity, self._values_of, self._scale, self._unit = quantity, values_of, scale, unit
        self._epochs = np.empty(0)
        self._values = np.empty((2, 0))
        self._changes: tuple[Change, ...] = ()
        self._sentence = ""
        font = tabular(self.font())
        font.setPointSizeF(9)
        self.setFont(font)
        self.setAccessibleName(f"{quantity.capitalize()} curve")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Light)  # the surface
        self._plot = CurvePlot(font)
        self._plot.setMinimumHeight(110)
        self._fit = QToolButton(text="Fit", toolTip="Show the whole run again (double-click the plot)")
        self._fit.setAccessibleName(f"Fit {quantity} curve")
        self._swatches = QLabel(), QLabel()
        self._lay_out(label, actions)
        self._fit.clicked.connect(self.reset_zoom)
        self._plot.following.connect(self._fit.setHidden)
        self._plot.pointed.connect(self._say)
        self.set_theme(LIGHT)

    def _lay_out(self, label: str, actions: Sequence[QAction]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(4)
        row.addWidget(QLabel(label))
        row.addStretch(1)
        for action in actions:
            row.addWidget(switch(action))
        for swatch, name in zip(self._swatches, ("train", "test"), strict=True):
            row.addSpacing(2)
            row.addWidget(swatch)
            row.addWidget(QLabel(name))
        self._fit.hide()
        column = QGridLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 0, 0)
        column.addWidget(self._plot, 1, 0)
        column.addWidget(
            self._fit, 1, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )  # nothing moves by it
        column.setRowStretch(1, 1)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.setPalette(theme.palette())
        self._plot.set_theme(theme)
        for swatch, pen in zip(self._swatches, line_pens(theme), strict=True):
            swatch.setPixmap(self._picture_of(pen))

    def _picture_of(self, pen: QPen) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(SWATCH * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(pen)
        painter.drawLine(0, SWATCH.height() // 2, SWATCH.width(), SWATCH.height() // 2)
        painter.end()
        return picture

    def draw(self, curves: Curves) -> None:
        """Show the run so far. What is not finite leaves a gap."""
        self._epochs = curves.epochs.astype(float)
        self._values = np.array(self._values_of(curves), dtype=float) * self._scale
        self._plot.draw(self._epochs, self._values)
        changes = curves.changes[-MOST_MARKERS:]
        if changes != self._changes:
            self._changes = changes
            self._plot.draw_markers([change.epoch for change in changes])
        self._say()

    def set_log(self, log: bool) -> None:
        """Make the vertical axis logarithmic, or linear again. Values that are not positive run along its lower end."""
        self._plot.set_log(log)

    def reset_zoom(self) -> None:
        """Show the whole run, and follow it as it grows."""
        self._plot.reset_zoom()

    def _say(self) -> None:
        moment = self._plot.moment()
        sentence = "" if moment is None else self._describe(moment)
        if sentence != self._sentence:
            self._sentence = sentence
            self.hovered.emit(sentence)

    def _describe(self, moment: int) -> str:
        epoch = f"{self._epochs[moment]:.2f}".rstrip("0").rstrip(".")
        values = (f"{value:.3g} {self._unit}".rstrip() for value in self._values[:, moment])
        parts = (f"{name} {self._quantity} {value}" for name, value in zip(("train", "test"), values, strict=True))
        near = [change for change in self._changes if self._plot.points_at(change.epoch)]
        texts = [change.text for change in near if change.epoch == near[-1].epoch]
        return "; ".join((f"epoch {epoch}: {', '.join(parts)}", *texts))
