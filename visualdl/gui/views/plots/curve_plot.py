"""A curve plot draws two lines over epochs, follows them as they grow, and knows which moment the mouse points at.

Lines, markers and dots are Qt's own items, painted in C++: Python that paints would hold the training thread up.
"""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsLineItem, QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.grid import Grid
from visualdl.gui.views.plots.plot import BEHIND, Plot
from visualdl.gui.views.plots.stable_axis import StableAxis, Values, epoch_bounds, exponent_bounds, value_bounds

DEEPEST = 10_000  # times, the most that the wheel zooms in
PADDING = 0.03  # of the ranges, beyond each end: room for a dot
MARKER_REACH = 6  # pixels around the mouse in which a marker counts as pointed at


def line_pens(theme: Theme) -> tuple[QPen, QPen]:
    """Return the pens of train and test: apart in dash as well as in colour."""
    train, test = theme.pen("accent", 1.8), theme.pen("text", 1.4)
    test.setDashPattern([4.0, 2.5])
    return train, test


def widened(bounds: tuple[float, float], share: float) -> tuple[float, float]:
    """Return the bounds with a share of their distance more at each end."""
    more = share * (bounds[1] - bounds[0])
    return bounds[0] - more, bounds[1] + more


class CurvePlot(Plot):
    """Train as a solid line, test as a dashed one, markers as dotted ones with a tick at the top.

    Dots stand at the latest moment, or at the one the mouse points at. `pointed` says that this may be another one
    now. The ranges follow the data until the user drags or turns the wheel; `following` says which of the two it is.
    A subclass that draws more overrides `add_items`, `shown_values` and `redraw`.
    """

    pointed = Signal()
    following = Signal(bool)

    def __init__(self, font: QFont, pens: Callable[[Theme], tuple[QPen, QPen]] = line_pens) -> None:
        """`pens` gives the two lines' of a theme."""
        self._pens = pens
        self._left, self._bottom = StableAxis("left", font), StableAxis("bottom", font)
        super().__init__(left=self._left, bottom=self._bottom)
        self._epochs: Values = np.empty(0)
        self._values: Values = np.empty((2, 0))
        self._heights = self._values  # of the values, on the axis as it is
        self._lower_end = 0.0  # of the axis
        self._mouse: QPointF | None = None  # in the scene
        self._ranges: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._is_log, self._follows = False, True
        self.plotItem.layout.setContentsMargins(4, 6, 12, 4)
        self._grid = Grid(self._bottom, self._left)
        self.sheet.add_in_pixels(self._grid, BEHIND)
        self.add_items()
        self.box.sigRangeChangedManually.connect(self._on_zoomed)
        self.redraw()

    def add_items(self) -> None:
        """Make everything that is drawn, the hindmost first."""
        self._lines = QGraphicsPathItem(), QGraphicsPathItem()
        self._dots = QGraphicsEllipseItem(-3, -3, 6, 6), QGraphicsEllipseItem(-3, -3, 6, 6)
        # These three reach from height 0 to 1, which on_view_changed makes the plot's.
        self._markers = QGraphicsPathItem()
        self._ticks = QGraphicsPathItem(self._markers)
        self._cursor = QGraphicsLineItem(0, 0, 0, 1, self._markers)
        for item in (self._markers, *self._lines, *self._dots):
            self.sheet.add(item)
        for dot in self._dots:
            dot.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)

    def sizeHint(self) -> QSize:
        """Ask for little: pyqtgraph would ask for 640 x 480."""
        return QSize(210, 160)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self._grid.set_theme(theme)
        self._left.set_theme(theme)
        self._bottom.set_theme(theme)
        for line, dot, pen in zip(self._lines, self._dots, self._pens(theme), strict=True):
            line.setPen(pen)
            dot.setPen(QPen(pen.color(), 1.5))
        self._dots[0].setBrush(theme.color("accent"))
        self._dots[1].setBrush(theme.color("surface"))
        self._markers.setPen(theme.pen("muted", 1, Qt.PenStyle.DotLine))
        self._ticks.setPen(theme.pen("muted", 3))
        self._cursor.setPen(theme.pen("muted"))

    def draw(self, epochs: Values, values: Values) -> None:
        """Show `values` (2, moments), train and test, at `epochs` (moments,), which rise."""
        self._epochs, self._values = epochs, values
        self.redraw()

    def draw_markers(self, epochs: list[float]) -> None:
        """Mark these epochs."""
        lines, ticks = QPainterPath(), QPainterPath()
        for epoch in epochs:
            lines.moveTo(epoch, 0)
            lines.lineTo(epoch, 1)
            ticks.moveTo(epoch, 0.96)
            ticks.lineTo(epoch, 1)
        self._markers.setPath(lines)
        self._ticks.setPath(ticks)

    def set_log(self, log: bool) -> None:
        """Make heights logarithmic, or linear again; the old ranges mean nothing then, so they follow."""
        self._is_log = log
        self._left.setLogMode(y=log)
        self.reset_zoom()

    def reset_zoom(self) -> None:
        """Show the whole run, and follow it."""
        self._follows, self._ranges = True, None
        self.redraw()
        self.following.emit(True)

    def moment(self) -> int | None:
        """Return the index of the moment nearest to the mouse, or None where it points at none."""
        if self._mouse is None or not self._epochs.size:
            return None
        epoch = self.box.mapSceneToView(self._mouse).x()
        return int(np.argmin(np.abs(self._epochs - epoch)))

    def points_at(self, epoch: float) -> bool:
        """Return whether the mouse is as near to an epoch as hands are precise."""
        if self._mouse is None:
            return False
        return abs(self.box.mapViewToScene(QPointF(epoch, 0)).x() - self._mouse.x()) <= MARKER_REACH

    def shown_values(self) -> Values:
        """Return all the values that the axis has to show, in any shape."""
        return self._values

    def heights_of(self, values: Values) -> Values:
        """Return how high `values` stand on the axis as it is."""
        if not self._is_log:
            return values
        # Zero is infinitely far below: it is drawn on the lower end, which is below every positive value.
        heights = np.where(np.isfinite(values), self._lower_end, np.nan)
        return np.log10(values, out=heights, where=values > 0)

    def redraw(self) -> None:
        """Bring the ranges to the data, and the lines to the axes."""
        heights = exponent_bounds(self.shown_values()) if self._is_log else value_bounds(self.shown_values())
        self._lower_end = heights[0]
        self._heights = self.heights_of(self._values)
        ranges = epoch_bounds(self._epochs), heights
        if self._follows and ranges != self._ranges:
            self._ranges = ranges
            self._limit(*ranges)
            self.box.setRange(xRange=ranges[0], yRange=ranges[1], padding=PADDING)
        for line, height in zip(self._lines, self._heights, strict=True):
            line.setPath(pg.arrayToQPath(self._epochs, height, connect="finite"))
        self._place_dots()

    def _limit(self, epochs: tuple[float, float], heights: tuple[float, float]) -> None:
        """Let the wheel show no more than there is, nor so little that no number could tell it."""
        (left, right), (low, high) = (widened(bounds, 0.05) for bounds in (epochs, heights))
        smallest_width, smallest_height = (right - left) / DEEPEST, (high - low) / DEEPEST
        self.box.setLimits(
            xMin=left, xMax=right, yMin=low, yMax=high, minXRange=smallest_width, minYRange=smallest_height
        )

    def _place_dots(self) -> None:
        moment = self.moment()
        self._cursor.setVisible(moment is not None)
        if moment is None:
            moment = self._epochs.size - 1
        else:
            self._cursor.setX(self._epochs[moment])
        for dot, heights in zip(self._dots, self._heights, strict=True):
            dot.setVisible(bool(moment >= 0 and np.isfinite(heights[moment])))
            if dot.isVisible():
                dot.setPos(self._epochs[moment], heights[moment])

    def on_view_changed(self) -> None:
        """Draw the grid where the numbers are, and stretch the markers over the height in view."""
        super().on_view_changed()
        self._grid.draw(self.box.rect().size())
        low, high = self.box.viewRange()[1]
        self._markers.setTransform(QTransform.fromTranslate(0, low).scale(1, high - low))

    def _on_zoomed(self) -> None:
        self._follows = False
        self.following.emit(False)

    def point_at(self, place: QPointF | None) -> None:
        """Point at the moment nearest to a place, or at none."""
        self._mouse = place
        self._place_dots()
        self.pointed.emit()
