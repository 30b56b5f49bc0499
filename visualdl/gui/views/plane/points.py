"""Many points that all move with every frame: painted in one go, by Qt, from one stamp for each class.

pyqtgraph's scatter plots take longer for 1,000 points, and a path of all symbols several times as long.
"""

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygonF

from visualdl.gui.theme import Theme
from visualdl.training.pictures import Floats, Labels

STAMP = 11  # pixels a side, of which the symbol takes 7, as in the boundary view
X, Y, LEFT, TOP, WIDTH, HEIGHT, X_SCALE, Y_SCALE, ROTATION, OPACITY = range(10)  # QPainter.PixmapFragment


def stamps(theme: Theme, ratio: float) -> QPixmap:
    """Return the symbols side by side: outside's triangle, then inside's circle; `ratio` device pixels to a pixel."""
    picture = QPixmap(round(2 * STAMP * ratio), round(STAMP * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(theme.pen("surface", 0.8 * ratio))
    middle, radius = STAMP / 2, 3.5
    painter.setBrush(theme.color("negative_point"))
    corners = (0, -radius), (radius, radius), (-radius, radius)
    painter.drawPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in corners]))
    painter.setBrush(theme.color("positive_point"))
    painter.drawEllipse(QPointF(middle + STAMP, middle), radius, radius)
    painter.end()
    return picture


def points_picture(places: Floats, labels: Labels, symbols: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
    """Return a transparent picture of `size` pixels with a symbol of `stamps` at each place that is in it.

    `places` (samples, 2) are pixels from the upper left corner, `labels` (samples,) are 1 inside and 0 outside.
    """
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    limits = np.array([size.width(), size.height()]) + STAMP
    seen = ((places > -STAMP) & (places < limits)).all(axis=1)  # not so of nan
    fragments = np.zeros((int(seen.sum()), 10))
    if len(fragments):
        side = round(STAMP * ratio)
        fragments[:, X : Y + 1] = places[seen] * ratio
        fragments[:, LEFT] = labels[seen] * side
        fragments[:, WIDTH : HEIGHT + 1] = side
        fragments[:, [X_SCALE, Y_SCALE, OPACITY]] = 1
        painter = QPainter(picture)
        # A fragment is ten numbers, and numpy's rows lie one behind the other as Qt wants them.
        first = shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
        painter.drawPixmapFragments(first, len(fragments), symbols)
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
