"""The decision boundary: the network's output over the square, the line on which it changes sign, and the data."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem, QSizePolicy

from visualdl.gui.theme import Theme
from visualdl.gui.views.plot import Plot
from visualdl.training.pictures import Boundary
from visualdl.training.snapshot import Data, Points, Snapshot

AXIS = 38  # pixels for each axis, alike, so that a square widget has a square plot
POINT = 7  # pixels
SMALLEST = 0.02  # of the square, the most that the wheel zooms in
INSIDE, OUTSIDE = "o", "t1"  # the symbols of the two classes


class BoundaryView(Plot):
    """Draws a snapshot's boundary and data over [0, 1]^2. Training points are filled, test points hollow.

    Blue is a positive output ("inside"), orange a negative one; the line is where the output is 0. `hovered` carries
    what the network says under the cursor, and "" when the cursor has left. The wheel zooms, a double-click resets.
    """

    hovered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Decision boundary")
        self.setAccessibleDescription("The network's output over the square of all inputs, with the data points.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._boundary: Boundary | None = None
        self._data: Data | None = None
        self._cursor: QPointF | None = None
        plot = self.getPlotItem()
        plot.setContentsMargins(0, 10, 10, 0)
        plot.getAxis("left").setWidth(AXIS)
        plot.getAxis("bottom").setHeight(AXIS)
        plot.setLabel("left", "x₂")
        plot.setLabel("bottom", "x₁")
        self.box.setLimits(xMin=0, xMax=1, yMin=0, yMax=1, minXRange=SMALLEST, minYRange=SMALLEST)
        self.box.setAspectLocked(True)
        for side in ("left", "bottom"):
            plot.getAxis(side).enableAutoSIPrefix(False)
        self.box.setDefaultPadding(0)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._contour = QGraphicsPathItem()
        self._disk = QGraphicsEllipseItem()
        self._disk.setVisible(False)
        # one scatter plot for each set and class, cached as a pixmap: painting it anew with every picture is slow
        self._scatter = {
            (set_name, label): pg.ScatterPlotItem(size=POINT, symbol=symbol)
            for set_name in ("train", "test")
            for label, symbol in ((1, INSIDE), (0, OUTSIDE))
        }
        for depth, item in enumerate((self._picture, *self._scatter.values(), self._disk, self._contour)):
            item.setZValue(depth)
            self.box.addItem(item, ignoreBounds=True)
        for scatter in self._scatter.values():
            scatter.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.show_test_points(False)
        self.set_theme(theme)
        self.reset_zoom()

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        if snapshot.boundary is not self._boundary:
            self._boundary = snapshot.boundary
            self._draw_boundary()
        if snapshot.data is not self._data:
            self._data = snapshot.data
            self._draw_data(snapshot.data)
        self._tell_value()

    def show_training_points(self, visible: bool) -> None:
        """Show or hide the points that the network learns from."""
        self._show_points("train", visible)

    def show_test_points(self, visible: bool) -> None:
        """Show or hide the points that the network never learns from."""
        self._show_points("test", visible)

    def show_disk(self, visible: bool) -> None:
        """Show or hide the circle that the labels were made from."""
        self._disk.setVisible(visible)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self.setBackground(theme.color("window"))
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(theme.pen("border"))
            axis.setTextPen(theme.pen("muted"))
        self.box.setBorder(theme.pen("border"))
        for (set_name, label), scatter in self._scatter.items():
            role = "positive_point" if label else "negative_point"
            filled = set_name == "train"
            scatter.setPen(theme.pen("surface" if filled else role, 0.8 if filled else 1.4))
            scatter.setBrush(theme.color(role) if filled else None)
        self._contour.setPen(theme.pen("text", 2))
        self._disk.setPen(theme.pen("text", 1.5, Qt.PenStyle.DashLine))
        if self._boundary is not None:
            self._draw_boundary()

    def reset_zoom(self) -> None:
        """Show the whole square."""
        self.box.setRange(QRectF(0, 0, 1, 1), padding=0)

    def sizeHint(self) -> QSize:
        """As large as there is room for, and square."""
        return QSize(600, 600)

    def point_at(self, place: QPointF | None) -> None:
        """Tell what the network says at a place."""
        self._cursor = place
        if place is None:
            self.hovered.emit("")
        self._tell_value()

    def _draw_boundary(self) -> None:
        assert self._boundary is not None
        outputs = self._boundary.outputs
        pixel = 1 / (outputs.shape[0] - 1)
        self._picture.setPixmap(QPixmap.fromImage(self._theme.picture(outputs)))
        self._picture.setScale(pixel)
        self._picture.setPos(-pixel / 2, -pixel / 2)  # the grid's points are the middles of the pixels
        path = QPainterPath()
        for line in self._boundary.contour:
            path.addPath(pg.arrayToQPath(line[:, 0], line[:, 1]))
        self._contour.setPath(path)

    def _draw_data(self, data: Data) -> None:
        (x, y), r = data.disk_centre, data.disk_radius
        self._disk.setRect(x - r, y - r, 2 * r, 2 * r)
        for (set_name, label), scatter in self._scatter.items():
            points: Points = getattr(data, set_name)
            scatter.setData(pos=points.positions[points.labels == label])

    def _show_points(self, set_name: str, visible: bool) -> None:
        for label in (0, 1):
            self._scatter[set_name, label].setVisible(visible)

    def _tell_value(self) -> None:
        if self._cursor is None or self._boundary is None:
            return
        point = self.box.mapSceneToView(self._cursor)
        output = self._boundary.at(point.x(), point.y())
        side = "inside" if output > 0 else "outside"
        self.hovered.emit(f"x₁ {point.x():.3f}   x₂ {point.y():.3f}   output {output:+.3f}   {side}")
