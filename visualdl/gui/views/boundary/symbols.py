"""The symbols of data points: one for each class, so that colour is not the only sign, and two for points of values."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QTransform

from visualdl.gui.theme import Theme

CLASS_SYMBOLS = ("t1", "o", "s", "d", "star", "t")
"""pyqtgraph's names of the symbols of classes 0, 1, ...; `CLASS_SHAPES` has them in words."""

CLASS_SIZES = (1.0, 1.0, 1.0, 1.25, 1.5, 1.0)
"""How large each is beside a circle, so that all are as easily seen."""

CLASS_SHAPES = ("triangles", "circles", "squares", "diamonds", "stars", "downward triangles")

VALUE_SYMBOLS = {"train": "o", "test": "s"}
"""Points of values are all filled with the colour of their value: their shape says which set they are of."""


def symbol_path(name: str, centre: QPointF, size: float) -> QPainterPath:
    """Return one of pyqtgraph's symbols around a place, so many pixels large."""
    path: QPainterPath = pg.graphicsItems.ScatterPlotItem.Symbols[name]
    return QTransform.fromTranslate(centre.x(), centre.y()).scale(size, size).map(path)


def draw_symbol(painter: QPainter, centre: QPointF, theme: Theme, label: int, *, filled: bool) -> None:
    """Draw the symbol of a class as the boundary view does: filled (training) or hollow (test)."""
    color = theme.class_point(label)
    painter.save()
    painter.setPen(theme.pen_of(color, 1.4))
    painter.setBrush(color if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(symbol_path(CLASS_SYMBOLS[label], centre, 8 * CLASS_SIZES[label]))
    painter.restore()


def draw_value_symbol(painter: QPainter, centre: QPointF, theme: Theme, set_name: str, color: QColor) -> None:
    """Draw the symbol of a value of the "train" or the "test" set, filled with the colour of the value."""
    painter.save()
    painter.setPen(theme.pen("text"))
    painter.setBrush(color)
    painter.drawPath(symbol_path(VALUE_SYMBOLS[set_name], centre, 8))
    painter.restore()


def class_icon(theme: Theme, label: int) -> QIcon:
    """Return the symbol of a class's training points, as an icon for what stands for that class."""
    return _icon(QSize(12, 12), lambda painter: draw_symbol(painter, QPointF(6, 6), theme, label, filled=True))


def points_icon(theme: Theme, set_name: str, *, values: bool = False) -> QIcon:
    """Return two points of the "train" or the "test" set side by side, as an icon for the switch that shows them.

    They are of class 1 and class 0, or of a large and a small value.
    """

    def paint(painter: QPainter) -> None:
        for left, label in ((6, 1), (18, 0)):
            if values:
                color = theme.value_colors()[-1 if label else 0]
                draw_value_symbol(painter, QPointF(left, 6), theme, set_name, color)
            else:
                draw_symbol(painter, QPointF(left, 6), theme, label, filled=set_name == "train")

    return _icon(QSize(24, 12), paint)


def _icon(size: QSize, paint: Callable[[QPainter], None]) -> QIcon:
    scale = 2  # sharp on dense screens too
    pixmap = QPixmap(size * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return QIcon(pixmap)
