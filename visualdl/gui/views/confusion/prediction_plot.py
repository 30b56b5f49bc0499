"""The values that a network predicts over the true ones: the nearer to the line, the better."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsLineItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.calm_axis import CalmAxis
from visualdl.gui.views.plot import Plot
from visualdl.gui.views.symbols import VALUE_SYMBOLS
from visualdl.training.pictures import Predictions

POINT = 5  # pixels
MARGIN = 1.1  # times the largest value: where the axes end


class PredictionPlot(Plot):
    """Training points are circles, test points squares; on the line the prediction is right.

    `hovered` carries the two values under the mouse, in words, and "" when it has left.
    """

    hovered = Signal(str)

    def __init__(self, font: QFont, theme: Theme) -> None:
        self._axes = CalmAxis("bottom", font), CalmAxis("left", font)
        super().__init__(bottom=self._axes[0], left=self._axes[1])
        self._limit = 0.0
        self._axes[1].setWidth(self._axes[1].width() + QFontMetricsF(font).height())  # room for its label
        for axis, name in zip(self._axes, ("True value", "Predicted value"), strict=True):
            axis.setLabel(name, **{"font-size": f"{font.pointSizeF():g}pt"})
        self.setAccessibleName("Predicted values")
        self.setAccessibleDescription("Each point's predicted value, up, over its true value, across.")
        self._line = QGraphicsLineItem()
        self._scatter = {name: pg.ScatterPlotItem(size=POINT, symbol=symbol) for name, symbol in VALUE_SYMBOLS.items()}
        for item in (self._scatter["test"], self._scatter["train"], self._line):
            self.box.addItem(item, ignoreBounds=True)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Ask for little: pyqtgraph would ask for 640 x 480."""
        return QSize(320, 320)

    def draw(self, predictions: Predictions) -> None:
        """Show these. What lies beyond the axes stands at their ends; what is not finite, nowhere."""
        limit = predictions.scale * MARGIN
        if limit != self._limit:
            self._limit = limit
            self.box.setLimits(xMin=-limit, xMax=limit, yMin=-limit, yMax=limit)
            self._line.setLine(-limit, -limit, limit, limit)
            self.reset_zoom()
        for set_name, scatter in self._scatter.items():
            pairs = getattr(predictions, set_name)
            shown = pairs[np.isfinite(pairs).all(axis=1)]
            scatter.setData(pos=np.clip(shown, -limit, limit))

    def reset_zoom(self) -> None:
        """Show all values."""
        if self._limit:
            self.box.setRange(QRectF(-self._limit, -self._limit, 2 * self._limit, 2 * self._limit), padding=0)

    def point_at(self, place: object) -> None:
        """Tell the two values at a place."""
        if place is None:
            self.hovered.emit("")
            return
        point = self.box.mapSceneToView(place)
        self.hovered.emit(f"true value {point.x():+.3f}   predicted value {point.y():+.3f}")

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.setBackground(theme.color("surface"))
        for axis in self._axes:
            axis.set_theme(theme)
        self._line.setPen(theme.pen("text", 1.4, Qt.PenStyle.DashLine))
        self._scatter["train"].setPen(None)
        self._scatter["train"].setBrush(theme.tint("accent", 0.6))
        self._scatter["test"].setPen(theme.pen("muted", 1))
        self._scatter["test"].setBrush(None)
