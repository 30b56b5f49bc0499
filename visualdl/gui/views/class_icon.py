"""The symbol of a class's points as an icon, for whatever chooses that class."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from visualdl.gui.theme import Theme
from visualdl.gui.views.color_bar import draw_symbol

SIDE = 12  # pixels
SCALE = 2  # sharp on dense screens too


def class_icon(theme: Theme, label: int) -> QIcon:
    """Return the icon of the class with this label."""
    pixmap = QPixmap(SIDE * SCALE, SIDE * SCALE)
    pixmap.setDevicePixelRatio(SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_symbol(painter, QPointF(SIDE / 2, SIDE / 2), theme, inside=label == 1, filled=True)
    painter.end()
    return QIcon(pixmap)
