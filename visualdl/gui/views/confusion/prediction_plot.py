"""The values that a network predicts over the true ones: the nearer to the line, the better."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPixmapItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.point_pictures import NOTHING, points_picture, stamps_of
from visualdl.gui.views.boundary.symbols import VALUE_SYMBOLS
from visualdl.gui.views.plots.grid import Grid
from visualdl.gui.views.plots.plot import BEHIND, Plot
from visualdl.gui.views.plots.stable_axis import StableAxis
from visualdl.training.values.pictures import Floats, Labels, PredictedValues

SETS = "test", "train"  # the hindmost first
POINT = 5  # pixels
MARGIN = 1.1  # times the largest value: where the axes end
ROOM = 1.03  # times that: where the plot ends, so that a symbol at the end is whole


class PredictionPlot(Plot):
    """Training points are circles, test points squares; on the line the prediction is right.

    `hovered` carries the two values under the mouse, in words, and "" when it has left.
    """

    hovered = Signal(str)

    def __init__(self, font: QFont, theme: Theme) -> None:
        self._axes = StableAxis("bottom", font), StableAxis("left", font)
        super().__init__(bottom=self._axes[0], left=self._axes[1])
        self._limit = 0.0
        self._axes[1].setWidth(self._axes[1].width() + QFontMetricsF(font).height())  # room for its label
        for axis, name in zip(self._axes, ("True value", "Predicted value"), strict=True):
            axis.setLabel(name, **{"font-size": f"{font.pointSizeF():g}pt"})
        self.setAccessibleName("Predicted values")
        self.setAccessibleDescription("Each point's predicted value, up, over its true value, across.")
        self._shown: Floats = np.empty((0, 2))
        self._sets: Labels = np.empty(0, np.int64)  # which of SETS each is of
        self._grid, self._points, self._line = Grid(*self._axes), QGraphicsPixmapItem(), QGraphicsLineItem()
        self.sheet.add_in_pixels(self._grid, BEHIND)
        self.sheet.add_in_pixels(self._points, BEHIND / 2)
        self.sheet.add(self._line)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Ask for little: pyqtgraph would ask for 640 x 480."""
        return QSize(320, 320)

    def draw(self, predictions: PredictedValues) -> None:
        """Show these. What lies beyond the axes stands at their ends; what is not finite, nowhere."""
        limit = predictions.scale * MARGIN
        if limit != self._limit:
            self._limit = limit
            end = limit * ROOM
            self.box.setLimits(xMin=-end, xMax=end, yMin=-end, yMax=end)
            self._line.setLine(-end, -end, end, end)
            self.reset_zoom()
        pairs = [getattr(predictions, set_name) for set_name in SETS]
        everything, sets = np.concatenate(pairs), np.repeat(range(len(SETS)), [len(each) for each in pairs])
        finite = np.isfinite(everything).all(axis=1)
        self._shown, self._sets = np.clip(everything[finite], -limit, limit), sets[finite]
        self._draw_points()

    def reset_zoom(self) -> None:
        """Show all values."""
        if self._limit:
            end = self._limit * ROOM
            self.box.setRange(QRectF(-end, -end, 2 * end, 2 * end), padding=0)

    def point_at(self, place: QPointF | None) -> None:
        """Tell the two values at a place."""
        if place is None:
            self.hovered.emit("")
            return
        point = self.box.mapSceneToView(place)
        self.hovered.emit(f"true value {point.x():+.3f}   predicted value {point.y():+.3f}")

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self._theme = theme
        self._make_stamps()
        self._grid.set_theme(theme)
        for axis in self._axes:
            axis.set_theme(theme)
        self._line.setPen(theme.pen("text", 1.4, Qt.PenStyle.DashLine))
        self._draw_points()

    def on_view_changed(self) -> None:
        """Draw the grid where the numbers are, and the points where the axes say."""
        super().on_view_changed()
        self._grid.draw(self.box.rect().size())
        self._draw_points()

    def _draw_points(self) -> None:
        size = QSizeF(self.sheet.size())
        self._points.setVisible(not size.isEmpty())
        if size.isEmpty():
            return
        if self.devicePixelRatioF() != self._ratio:
            self._make_stamps()
        places = self.pixels_of(self._shown)
        self._points.setPixmap(points_picture(places, self._sets, self._stamps, size, self._ratio))

    def _make_stamps(self) -> None:
        self._ratio = self.devicePixelRatioF()
        looks = {
            "test": (self._theme.pen("muted", self._ratio), NOTHING),
            "train": (Qt.PenStyle.NoPen, self._theme.tint("accent", 0.6)),
        }
        symbols = [(VALUE_SYMBOLS[set_name], POINT, *looks[set_name]) for set_name in SETS]
        self._stamps = stamps_of(symbols, self._ratio)
