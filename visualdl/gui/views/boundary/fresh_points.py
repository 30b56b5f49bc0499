"""Fresh points are on the map the moment they are put there, until a snapshot of the training has them, too."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from visualdl.data.own_data import OwnData
from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.point_pictures import SYMBOL
from visualdl.gui.views.boundary.symbols import CLASS_SIZES, CLASS_SYMBOLS, symbol_path
from visualdl.gui.views.plots.overlay import Overlay

DEPTH = 100  # over all other points


class FreshPoints:
    """Points on a `sheet`, each with the data in which it is the latest."""

    def __init__(self, sheet: Overlay) -> None:
        self._sheet = sheet
        symbols = zip(CLASS_SYMBOLS, CLASS_SIZES, strict=True)
        self._symbols = [symbol_path(name, QPointF(0, 0), SYMBOL * larger) for name, larger in symbols]
        self._shown: list[tuple[OwnData, list[QGraphicsItem]]] = []

    def show(self, own: OwnData, places: np.ndarray, label: int, theme: Theme) -> None:
        """Show points of a class at places (points, 2) of the square, until `own` has arrived."""
        items: list[QGraphicsItem] = []
        for x1, x2 in places.tolist():
            item = QGraphicsPathItem(self._symbols[label])
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setPen(theme.pen("surface", 0.8))
            item.setBrush(theme.class_point(label))
            item.setPos(x1, x2)
            self._sheet.add(item, DEPTH)
            items.append(item)
        self._shown.append((own, items))

    def arrived(self, own: OwnData | None) -> None:
        """Let go of what the data on show has; of everything, if it is data of another kind."""
        known = [number for number, (each, _) in enumerate(self._shown, 1) if each is own]
        gone = self._shown[: known[-1] if known else len(self._shown)]
        del self._shown[: len(gone)]
        for _, items in gone:
            for item in items:
                self._sheet.remove(item)
