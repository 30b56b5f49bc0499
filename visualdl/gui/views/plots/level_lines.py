"""The level lines of a map: where its values are as large as some levels, solid above 0, dashed below."""

from collections.abc import Iterable

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItemGroup, QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.training.values.pictures import LevelLines


class LevelLinesItem(QGraphicsItemGroup):
    """Draws the lines that it is given, in data coordinates."""

    def __init__(self) -> None:
        super().__init__()
        self._above, self._below = QGraphicsPathItem(), QGraphicsPathItem()
        for item in (self._above, self._below):
            self.addToGroup(item)

    def draw(self, levels: Iterable[LevelLines]) -> None:
        """Show these lines instead of those before."""
        above, below = QPainterPath(), QPainterPath()
        for level, lines in levels:
            for line in lines:
                (above if level > 0 else below).addPath(pg.arrayToQPath(line[:, 0], line[:, 1]))
        self._above.setPath(above)
        self._below.setPath(below)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._above.setPen(theme.pen("text", 1))
        self._below.setPen(theme.pen("text", 1, Qt.PenStyle.DashLine))
