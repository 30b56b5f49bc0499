"""A sheet covers the axes of a plot and takes what moves on them: Qt alone paints it.

In pyqtgraph's own scene each frame asks some thirty questions of Python, where items are and how large, and each of
them takes the interpreter's lock from the training thread.
"""

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsItem, QGraphicsPathItem, QGraphicsScene, QGraphicsView


class Overlay(QGraphicsView):
    """Lies over what `plot` draws within its axes; mouse and keys pass through to the plot.

    Items are added in data coordinates, or in pixels from the upper left corner of the axes.
    """

    def __init__(self, plot: pg.PlotWidget) -> None:
        super().__init__(plot.viewport())
        self._plot = plot
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._data = QGraphicsPathItem()  # empty: its children are in data coordinates
        self.add_in_pixels(self._data, 0)

    def add(self, item: QGraphicsItem, depth: float = 0.0) -> None:
        """Show an item that is in data coordinates, over those of a smaller `depth` and earlier ones."""
        item.setZValue(depth)
        item.setParentItem(self._data)

    def add_in_pixels(self, item: QGraphicsItem, depth: float) -> None:
        """Show an item that is in pixels; those in data coordinates have the depth 0."""
        item.setZValue(depth)
        self.scene().addItem(item)

    def remove(self, item: QGraphicsItem) -> None:
        """Show an item no more."""
        self.scene().removeItem(item)

    def follow(self, box: pg.ViewBox) -> None:
        """Lie on `box`, and show the data where it says; between new limits and new ranges, where it said before."""
        axes = box.sceneBoundingRect()
        whole = QSize(int(axes.width()), int(axes.height()))  # as the axes count them
        place = QRect(self._plot.mapFromScene(axes.topLeft()), whole)
        self.setGeometry(place)
        pixels = QRectF(QPoint(0, 0), place.size())
        self.setSceneRect(pixels)
        shown = box.viewRect()  # in it, `top` is the smallest x2
        if shown.isEmpty():
            return
        across, up = pixels.width() / shown.width(), pixels.height() / shown.height()
        to_pixels = QTransform(across, 0, 0, -up, -shown.left() * across, pixels.height() + shown.top() * up)
        self._data.setTransform(to_pixels)
