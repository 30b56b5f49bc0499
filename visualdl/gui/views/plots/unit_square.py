"""The unit square of all inputs: a picture of a quantity over it, lines on the picture, and what is under the mouse."""

import math
from collections.abc import Iterable
from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QSizePolicy,
)

from visualdl.data.frame import UNIT, Frame
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.plots.frame_axis import FrameAxis, frame_of, input_names, significant_digits
from visualdl.gui.views.plots.plot import Plot
from visualdl.gui.views.plots.upsampled import refined

AXIS_PADDING = 18  # pixels of each axis beside its two lines of text
FARTHEST = 1e30  # full colours, the most that a value counts as: sums of such are still in reach of float32
FINE_ENOUGH = 320  # pixels along each side of a discrete picture, at the least
SMALLEST = 0.02  # of the square, the most that the wheel zooms in
LONGEST = 20  # characters of a name beside an axis
EDGE = 1000  # what lies higher is not under the edge


class UnitSquare(Plot):
    """Draws signed values over [0, 1]^2, and lines. The wheel zooms, a double-click resets.

    `hovered` carries what `describe` says of the place under the cursor, and "" when the cursor has left. A subclass
    overrides `describe`, and tells anew (`tell`) when there is something else to say.
    """

    BACKGROUND = "window"
    hovered = Signal(str)

    def __init__(self, theme: Theme, *between: QGraphicsItem) -> None:
        """`between` lie on the picture and under the lines."""
        font = tabular(QApplication.font())
        left, bottom = FrameAxis("left", font), FrameAxis("bottom", font)
        self._axes = {"left": left, "bottom": bottom}
        self._frame: Frame = UNIT
        self._names = input_names(Experiment())
        super().__init__(**self._axes)
        self._theme = theme
        self._values: np.ndarray | None = None
        self._shades: np.ndarray | None = None
        self._cursor: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        plot = self.getPlotItem()
        plot.setContentsMargins(0, bottom.overhang, bottom.overhang, 0)
        axis = math.ceil(2 * QFontMetricsF(font).height()) + AXIS_PADDING
        left.setWidth(axis)
        bottom.setHeight(axis)  # alike, so that a square widget has a square plot
        self._name_axes()
        self.box.setLimits(xMin=0, xMax=1, yMin=0, yMax=1, minXRange=SMALLEST, minYRange=SMALLEST)
        self.box.setAspectLocked(True)
        self.box.setDefaultPadding(0)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._lines = QGraphicsPathItem()
        for depth, item in enumerate((self._picture, *between, self._lines)):
            self.sheet.add(item, depth)
        self._edge = QGraphicsRectItem()
        self.sheet.add_in_pixels(self._edge, EDGE)
        self._is_whole = True  # until the user zooms
        self.box.sigRangeChangedManually.connect(self._on_zoomed)
        self.box.sigResized.connect(self._on_resized)
        self.reset_zoom()

    def draw_values(
        self,
        values: np.ndarray,
        lines: Iterable[np.ndarray],
        shades: np.ndarray | None = None,
        scale: float = 1.0,
    ) -> None:
        """Show `values` (rows, columns), row i at x2 = i / (rows - 1), and lines, (points, 2) each.

        -`scale` and +`scale` have the full colours, and so has what lies beyond; nan is shown as 0. In place of the
        values' colours those of `shades`, if there are any: see `Boundary`.
        """
        with np.errstate(over="ignore"):
            colors = values / scale
        self._values, self._shades = np.clip(np.nan_to_num(colors), -FARTHEST, FARTHEST), shades
        self._draw_picture()
        path = QPainterPath()
        for line in lines:
            path.addPath(pg.arrayToQPath(line[:, 0], line[:, 1]))
        self._lines.setPath(path)

    def show_lines(self, visible: bool) -> None:
        """Show or hide the lines."""
        self._lines.setVisible(visible)

    def show_units(self, experiment: Experiment) -> None:
        """Call the inputs by their names, and label the axes in their units."""
        frame, names = frame_of(experiment), input_names(experiment)
        if (names, frame) != (self._names, self._frame):
            self._names, self._frame = names, frame
            for axis in self._axes.values():
                axis.show_frame(frame)
            self._name_axes()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        super().set_theme(theme)
        self._theme = theme
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(theme.pen("border"))
            axis.setTextPen(theme.pen("muted"))
        self._edge.setPen(theme.pen("border"))
        self._lines.setPen(theme.pen("text", 2))
        self._draw_picture()

    def reset_zoom(self) -> None:
        """Show the whole square."""
        self._is_whole = True
        self.box.setRange(QRectF(0, 0, 1, 1), padding=0)

    def on_view_changed(self) -> None:
        """Keep everything where the axes say."""
        super().on_view_changed()
        self._edge.setRect(self.sheet.sceneRect().adjusted(0.5, 0.5, -0.5, -0.5))
        if not self.points_by_keys:  # else it is told
            self.tell()

    def sizeHint(self) -> QSize:
        """As large as there is room for, and square."""
        return QSize(600, 600)

    def point_at(self, place: QPointF | None) -> None:
        """Tell what there is at a place."""
        self._cursor = place
        if place is None:
            self.hovered.emit("")
        self.tell()

    def tell(self) -> None:
        """Tell what there is under the cursor."""
        if self._cursor is not None and self._values is not None:
            point = self.box.mapSceneToView(self._cursor)
            place = (point.x(), point.y())
            numbers = self._frame.from_square(np.array(place))
            formats = [
                ".3f" if self._frame == UNIT else f".{significant_digits(low, high)}g"
                for low, high in zip(self._frame.low, self._frame.high, strict=True)
            ]
            texts = [
                f"{name} {number:{digits}}" for name, number, digits in zip(self._names, numbers, formats, strict=True)
            ]
            self.hovered.emit("   ".join([*texts, self.describe(*place)]))

    def describe(self, x1: float, x2: float) -> str:
        """Say what is at a point of the square."""
        raise NotImplementedError

    def _name_axes(self) -> None:
        for side, name in zip(("bottom", "left"), self._names, strict=True):
            text = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
            offset = self._axes[side].offset
            if offset:
                text = f"{text} {'−' if offset > 0 else '+'} {abs(offset):.15g}"
            self.getPlotItem().setLabel(side, escape(text))

    def _on_zoomed(self) -> None:
        self._is_whole = False

    def _on_resized(self) -> None:
        if self._is_whole:  # of a box that was no square for a moment, pyqtgraph would show a part for good
            self.reset_zoom()

    def _draw_picture(self) -> None:
        if self._values is not None:
            image = self._image(self._values)
            pixel = 1 / (image.width() - 1)
            self._picture.setPixmap(QPixmap.fromImage(image))
            self._picture.setScale(pixel)
            self._picture.setPos(-pixel / 2, -pixel / 2)  # the grid's points are the middles of the pixels

    def _image(self, values: np.ndarray) -> QImage:
        if self._shades is not None:
            return self._theme.class_picture(self._shades)
        # the edges of a discrete picture are as fine as the screen, not as the grid
        return self._theme.picture(refined(values, FINE_ENOUGH) if self._theme.discrete else values)
