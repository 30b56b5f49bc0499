"""The plane as a plot: the square's grid as two neurons see it, and the data on it, from frame to frame.

All is painted by Qt, from paths and one picture: Python that paints would hold the training thread up.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem, QGraphicsPixmapItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.data_points import value_levels
from visualdl.gui.views.boundary.point_pictures import points_picture, stamps, value_stamps
from visualdl.gui.views.plane.calm_bounds import LARGEST, calm_bounds
from visualdl.gui.views.plots.curve_plot import widened
from visualdl.gui.views.plots.plot import Plot
from visualdl.gui.views.plots.stable_axis import Bounds, StableAxis
from visualdl.training.values.pictures import Floats, HiddenPlane

MARGIN = 0.05  # of the bounds, beyond each
DEEPEST = 10_000  # times, the most that the wheel zooms in


class PlanePlot(Plot):
    """Draws a hidden plane. `pointed` says that the mouse points at another place, or at none.

    The ranges follow the plane until the user drags or turns the wheel; `following` says which of the two it is.
    """

    pointed = Signal()
    following = Signal(bool)

    def __init__(self, font: QFont, theme: Theme) -> None:
        self._axes = StableAxis("bottom", font), StableAxis("left", font)
        super().__init__(bottom=self._axes[0], left=self._axes[1])
        self._plane: HiddenPlane | None = None
        self._scale = 1.0
        self._mouse: QPointF | None = None  # in the scene
        self._bounds: tuple[Bounds | None, Bounds | None] = None, None
        self._follows, self._is_drawing = True, False
        self._axes[1].setWidth(self._axes[1].width() + QFontMetricsF(font).height())  # room for its label
        self._axes[0].setLabel(" ", **{"font-size": f"{font.pointSizeF():g}pt"})
        self._axes[1].setLabel(" ", **{"font-size": f"{font.pointSizeF():g}pt"})
        for axis in self._axes:
            axis.setStyle(tickLength=4)  # in place of a grid: the square's is enough
        self.plotItem.layout.setContentsMargins(4, 6, 12, 4)
        self._zeros = QGraphicsLineItem(), QGraphicsLineItem()
        self._lines = QGraphicsPathItem(), QGraphicsPathItem()
        self._edge = QGraphicsPathItem()
        self._decision = QGraphicsLineItem()
        for item in (*self._zeros, *self._lines, self._edge, self._decision):
            self.sheet.add(item)
        self._points = QGraphicsPixmapItem()
        self.sheet.add_in_pixels(self._points, 1)
        self.box.sigRangeChangedManually.connect(self._on_zoomed)
        self.set_theme(theme)
        self.draw(None, ("", ""), decides=False)

    def sizeHint(self) -> QSize:
        """Ask for little: pyqtgraph would ask for 640 x 480."""
        return QSize(320, 320)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        for axis in self._axes:
            axis.set_theme(theme)
        for line, zero in zip(self._lines, self._zeros, strict=True):
            line.setPen(theme.pen("muted", 0.8))
            zero.setPen(theme.pen("border"))
        self._edge.setPen(theme.pen("text", 1.6))
        self._decision.setPen(theme.pen("text", 1.6, Qt.PenStyle.DashLine))
        self._theme = theme
        self._make_stamps()
        self._draw_points()

    def draw(self, plane: HiddenPlane | None, names: tuple[str, str], *, decides: bool, scale: float = 1.0) -> None:
        """Show a plane, or none, with the names of its neurons, across and up.

        `decides` draws the line on which the two are equal. `scale` is the value whose points have the full colour, as
        on the boundary. A value that is not finite leaves a gap.
        """
        if plane and self._plane and plane.neurons != self._plane.neurons:
            self._bounds = None, None
        self._plane, self._scale = plane, scale
        for axis, name in zip(self._axes, names, strict=True):
            if name and name != axis.labelText:
                axis.setLabel(name)
        self._decision.setVisible(decides and plane is not None)
        self._is_drawing = True  # new ranges are not yet a reason to draw the points: they come last
        self._draw_grid()
        self._draw_ranges()
        self._is_drawing = False
        self._draw_points()

    def reset_zoom(self) -> None:
        """Show the whole plane, and follow it."""
        self._follows, self._bounds = True, (None, None)
        self._draw_ranges()
        self.following.emit(True)

    def values(self) -> tuple[float, float] | None:
        """Return the two values at the mouse, or None where it points at none."""
        if self._mouse is None or self._plane is None:
            return None
        place = self.box.mapSceneToView(self._mouse)
        return place.x(), place.y()

    def point_at(self, place: QPointF | None) -> None:
        """Point at a place, or at none."""
        self._mouse = place
        self.pointed.emit()

    def on_view_changed(self) -> None:
        """Keep the points, which are pixels, where the axes say."""
        super().on_view_changed()
        if not self._is_drawing:
            self._draw_points()

    def _draw_grid(self) -> None:
        rows = np.empty((0, 0, 2)) if self._plane is None else self._plane.grid
        columns = rows.transpose(1, 0, 2)
        for item, lines in zip(self._lines, (rows, columns), strict=True):
            item.setPath(_path_of(lines))
        edge = [(lines[0], lines[-1]) for lines in (rows, columns) if len(lines)]
        self._edge.setPath(_path_of(np.concatenate(edge) if edge else rows))

    def _draw_ranges(self) -> None:
        if self._plane is None or not self._follows:
            return
        everything = np.concatenate([self._plane.grid.reshape(-1, 2), self._plane.points]).astype(float)
        across, up = (calm_bounds(values, bounds) for values, bounds in zip(everything.T, self._bounds, strict=True))
        if (across, up) == self._bounds:
            return
        self._bounds = across, up
        (left, right), (low, high) = widened(across, MARGIN), widened(up, MARGIN)
        self.box.setLimits(
            xMin=left,
            xMax=right,
            yMin=low,
            yMax=high,
            minXRange=(right - left) / DEEPEST,
            minYRange=(high - low) / DEEPEST,
        )
        self.box.setRange(xRange=(left, right), yRange=(low, high), padding=0)
        self._zeros[0].setLine(0, low, 0, high)
        self._zeros[1].setLine(left, 0, right, 0)
        start, end = min(left, low), max(right, high)
        self._decision.setLine(start, start, end, end)

    def _draw_points(self) -> None:
        size = QSizeF(self.sheet.size())
        plane = self._plane
        self._points.setVisible(plane is not None and not size.isEmpty())
        if plane is None or size.isEmpty():
            return
        if self.devicePixelRatioF() != self._ratio:
            self._make_stamps()
        labels, symbols = plane.labels, self._stamps
        if labels.dtype.kind == "f":
            labels, symbols = value_levels(labels, self._scale), self._value_stamps
        self._points.setPixmap(points_picture(self.pixels_of(plane.points), labels, symbols, size, self._ratio))

    def _make_stamps(self) -> None:
        self._ratio = self.devicePixelRatioF()
        self._stamps, self._value_stamps = stamps(self._theme, self._ratio), value_stamps(self._theme, self._ratio)

    def _on_zoomed(self) -> None:
        self._follows = False
        self.following.emit(False)


def _path_of(lines: Floats) -> QPainterPath:
    """Return lines (lines, points, 2) as one path, with a gap where a value has no place on an axis."""
    ends = np.full((len(lines), 1, 2), np.nan)
    corners = np.concatenate([lines, ends], axis=1).reshape(-1, 2)
    drawn = (np.abs(corners) < LARGEST).all(axis=1)  # not so of nan
    if not drawn.any():
        return QPainterPath()
    x, y = np.where(drawn, corners.T, np.nan)
    return pg.arrayToQPath(x, y, connect="finite")
