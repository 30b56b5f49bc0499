"""Many points in one picture: painted in one go, by Qt, from one stamp for each class, or value.

pyqtgraph's scatter plots take longer for 1,000 points, and a path of all symbols several times as long.
"""

from collections.abc import Sequence

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.symbols import CLASS_SIZES, CLASS_SYMBOLS, VALUE_SYMBOLS, symbol_path
from visualdl.training.values.pictures import Floats, Labels

STAMP, SYMBOL = 13, 7  # pixels a side, of the whole and of the symbol
NOTHING = Qt.BrushStyle.NoBrush
X, Y, LEFT, TOP, WIDTH, HEIGHT, X_SCALE, Y_SCALE, ROTATION, OPACITY = range(10)  # QPainter.PixmapFragment


def stamps(theme: Theme, ratio: float, *, filled: bool = True) -> QPixmap:
    """Return a symbol for each class side by side, in their order; `ratio` device pixels to a pixel."""
    outline = theme.pen("surface", 0.8 * ratio)
    colors = [theme.class_point(label) for label in range(len(CLASS_SYMBOLS))]
    symbols = [
        (name, SYMBOL * size, outline if filled else theme.pen_of(color, 1.4 * ratio), color if filled else NOTHING)
        for name, size, color in zip(CLASS_SYMBOLS, CLASS_SIZES, colors, strict=True)
    ]
    return stamps_of(symbols, ratio)


def value_stamps(theme: Theme, ratio: float, symbol: str = VALUE_SYMBOLS["train"]) -> QPixmap:
    """Return a symbol in each of VALUE_COLORS colours side by side, from -1 to +1."""
    outline = theme.pen("muted", ratio)
    return stamps_of([(symbol, SYMBOL, outline, color) for color in theme.value_colors()], ratio)


def stamps_of(
    symbols: Sequence[tuple[str, float, QPen | Qt.PenStyle, QColor | Qt.BrushStyle]], ratio: float
) -> QPixmap:
    """Return symbols side by side: the name, the size in pixels, the outline and the filling of each."""
    side = _side(ratio)
    picture = QPixmap(len(symbols) * side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, (name, size, outline, filling) in enumerate(symbols):
        painter.setPen(outline)
        painter.setBrush(filling)
        painter.drawPath(symbol_path(name, QPointF((place + 0.5) * side, side / 2), size * ratio))
    painter.end()
    return picture


def _side(ratio: float) -> int:
    """Return the device pixels along a stamp's side."""
    return round(STAMP * ratio)


def points_picture(places: Floats, labels: Labels, symbols: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
    """Return a transparent picture of `size` pixels with a symbol of `symbols` at each place that is in it.

    `places` (samples, 2) are pixels from the upper left corner, `labels` (samples,) say which of the symbols.
    """
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    limits = np.array([size.width(), size.height()]) + STAMP
    seen = ((places > -STAMP) & (places < limits)).all(axis=1)  # not so of nan
    fragments = np.zeros((int(seen.sum()), 10))
    if len(fragments):
        side = _side(ratio)
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
