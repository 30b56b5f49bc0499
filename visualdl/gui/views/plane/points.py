"""Many points that all move with every frame: painted in one go, by Qt, from one stamp for each class, or value.

pyqtgraph's scatter plots take longer for 1,000 points, and a path of all symbols several times as long.
"""

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from visualdl.gui.theme import Theme
from visualdl.gui.views.symbols import CLASS_SIZES, CLASS_SYMBOLS, symbol_path
from visualdl.training.pictures import Floats, Labels

STAMP, SYMBOL = 11, 7  # pixels a side, of the whole and of the symbol, which is as in the boundary view
X, Y, LEFT, TOP, WIDTH, HEIGHT, X_SCALE, Y_SCALE, ROTATION, OPACITY = range(10)  # QPainter.PixmapFragment


def stamps(theme: Theme, ratio: float) -> QPixmap:
    """Return a symbol for each class side by side, in their order; `ratio` device pixels to a pixel."""
    symbols = [
        (name, SYMBOL * CLASS_SIZES[label], theme.class_point(label)) for label, name in enumerate(CLASS_SYMBOLS)
    ]
    return _stamps(symbols, theme.pen("surface", 0.8 * ratio), ratio)


def value_stamps(theme: Theme, ratio: float) -> QPixmap:
    """Return a circle in each of VALUE_COLORS colours side by side, from -1 to +1."""
    return _stamps([("o", SYMBOL, color) for color in theme.value_colors()], theme.pen("muted", ratio), ratio)


def _stamps(symbols: list[tuple[str, float, QColor]], pen: QPen, ratio: float) -> QPixmap:
    picture = QPixmap(round(len(symbols) * STAMP * ratio), round(STAMP * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(pen)
    for place, (name, size, color) in enumerate(symbols):
        painter.setBrush(color)
        painter.drawPath(symbol_path(name, QPointF((place + 0.5) * STAMP, STAMP / 2), size))
    painter.end()
    return picture


def points_picture(places: Floats, labels: Labels, symbols: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
    """Return a transparent picture of `size` pixels with a symbol of `stamps` at each place that is in it.

    `places` (samples, 2) are pixels from the upper left corner, `labels` (samples,) say which of the symbols.
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
