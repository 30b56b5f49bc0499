"""A group of graphics items that Qt keeps as one picture, and paints anew only after one of them has changed."""

import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath, QPixmapCache
from PySide6.QtWidgets import QGraphicsItem, QGraphicsItemGroup, QGraphicsOpacityEffect

CACHE = 64 * 1024  # kilobytes; Qt's own limit of 10,240 is less than three pictures of a large page
ALMOST_ALL = 0.999  # at an opacity of 1 Qt would paint the items themselves, every time


class CachedGroup(QGraphicsItemGroup):
    """Holds items that change rarely in front of, or behind, others that change with every frame."""

    def __init__(self, *items: QGraphicsItem) -> None:
        super().__init__()
        if QPixmapCache.cacheLimit() < CACHE:
            QPixmapCache.setCacheLimit(CACHE)
        self._effect = QGraphicsOpacityEffect()
        self._effect.setOpacity(ALMOST_ALL)
        self.setGraphicsEffect(self._effect)
        for item in items:
            self.addToGroup(item)

    def set_strength(self, strength: float) -> None:
        """Show the group at full strength, 1, or fainter."""
        strength = min(strength, ALMOST_ALL)
        if strength == self._effect.opacity():
            return
        self._effect.setOpacity(strength)
        if self.scene() is not None:  # Qt thinks the group as large as its items were when they came, which is empty
            self.scene().update(self.mapRectToScene(self.childrenBoundingRect()))


def lines(segments: NDArray) -> QPainterPath:
    """Return the path of separate lines, from `segments` (lines, 4): x and y of both ends."""
    ends = segments.reshape(-1, 2)
    return pg.arrayToQPath(ends[:, 0], ends[:, 1], connect="pairs", finiteCheck=False)


def rectangles(boxes: NDArray) -> QPainterPath:
    """Return the path of separate rectangles, from `boxes` (rectangles, 4): left, top, width and height."""
    left, top, width, height = boxes.T[:, :, None]
    x = left + width * [0, 1, 1, 0, 0]
    y = top + height * [0, 0, 1, 1, 0]
    joined = x.astype("i4") * 0 + [1, 1, 1, 1, 0]  # each corner to the next one, and no rectangle to the next
    return pg.arrayToQPath(x.ravel(), y.ravel(), connect=joined.ravel(), finiteCheck=False)
