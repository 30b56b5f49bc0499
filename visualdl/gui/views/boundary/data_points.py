"""The data in the boundary view: the points of each class with its symbol, or points in the colours of their values."""

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from visualdl.gui.theme import VALUE_COLORS, Theme
from visualdl.gui.views.boundary.point_pictures import points_picture, stamps, value_stamps
from visualdl.gui.views.boundary.symbols import VALUE_SYMBOLS
from visualdl.training.values.pictures import Floats
from visualdl.training.values.snapshot import Data, Points

SETS = ("train", "test")


class DataPoints:
    """Pictures of a snapshot's data, one for each set: training points are filled, test points hollow.

    Points of values are all filled; those of the test set are squares. The `items`, by set, are for a plot's data
    coordinates; a picture is painted anew when something else is to be seen, and not with each frame.
    """

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._data: Data | None = None
        self._seen, self._size, self._ratio = QRectF(0, 0, 1, 1), QSizeF(), 1.0
        self._stamps: dict[tuple[str, bool], QPixmap] = {}
        self._shown = dict.fromkeys(SETS, True)
        self.items = {set_name: QGraphicsPixmapItem() for set_name in SETS}
        for item in self.items.values():
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)

    def draw(self, data: Data) -> None:
        """Show other data."""
        self._data = data
        self._draw()

    def show(self, set_name: str, visible: bool) -> None:
        """Show or hide the points of a set."""
        self._shown[set_name] = visible
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self._stamps.clear()
        self._draw()

    def arrange(self, seen: QRectF, size: QSizeF, ratio: float) -> None:
        """Show the part `seen` of the data's plane on `size` pixels, of `ratio` device pixels each."""
        if ratio != self._ratio:
            self._stamps.clear()
        self._seen, self._size, self._ratio = seen, size, ratio
        for item in self.items.values():
            item.setPos(seen.left(), seen.top() + seen.height())  # the largest x2 is the uppermost
        self._draw()

    def _draw(self) -> None:
        for set_name, item in self.items.items():
            is_drawn = self._shown[set_name] and None not in (self._theme, self._data) and not self._size.isEmpty()
            item.setVisible(is_drawn)
            if is_drawn:
                item.setPixmap(self._picture(set_name))

    def _picture(self, set_name: str) -> QPixmap:
        assert self._data is not None
        points: Points = getattr(self._data, set_name)
        labels, are_values = points.labels, points.labels.dtype.kind == "f"
        if are_values:
            labels = value_levels(labels, self._data.scale)
        scale = np.array([self._size.width() / self._seen.width(), -self._size.height() / self._seen.height()])
        corner = np.array([self._seen.left(), self._seen.top() + self._seen.height()])
        places = np.rint((points.positions - corner) * scale * self._ratio) / self._ratio  # on whole pixels: sharp
        return points_picture(places, labels, self._stamps_of(set_name, are_values), self._size, self._ratio)

    def _stamps_of(self, set_name: str, are_values: bool) -> QPixmap:
        assert self._theme is not None
        key = set_name, are_values
        if key not in self._stamps:
            self._stamps[key] = (
                value_stamps(self._theme, self._ratio, VALUE_SYMBOLS[set_name])
                if are_values
                else stamps(self._theme, self._ratio, filled=set_name == "train")
            )
        return self._stamps[key]


def value_levels(values: Floats, scale: float) -> np.ndarray:
    """Return which of VALUE_COLORS colours each of the values (samples,) has, of which `scale` has the full one."""
    share = np.clip(values / (scale or 1.0), -1, 1)
    return np.rint((share + 1) / 2 * (VALUE_COLORS - 1)).astype(np.int64)
