"""The marks of the diagram: a frame around each neuron, a bar for its bias, and a padlock for what is locked."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.cached import CachedGroup, rectangles
from visualdl.gui.views.network.diagram_geometry import DiagramGeometry
from visualdl.gui.views.network.links import round_scale
from visualdl.training.values.pictures import Floats

PADLOCK = 3.0  # pixels, half the width of its body


class Frames(CachedGroup):
    """The ground and rim of every tile, seen where there is no picture in it."""

    def __init__(self) -> None:
        self._rims = QGraphicsPathItem()
        super().__init__(self._rims)

    def arrange(self, arrangement: DiagramGeometry) -> None:
        """Stand around the tiles."""
        boxes = [
            np.concatenate([column.corners - 0.5, np.full((column.count, 2), column.tile + 1.0)], axis=1)
            for column in arrangement.columns
        ]
        self._rims.setPath(rectangles(np.concatenate(boxes)))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._rims.setPen(theme.pen("border"))
        self._rims.setBrush(theme.color("neutral"))


class BiasBars(CachedGroup):
    """A bar at the left of each neuron: up from the middle and blue for a positive bias, down and orange for a
    negative one, half the tile long at the full measure of the scale."""

    def __init__(self) -> None:
        self._track, self._positive, self._negative = (QGraphicsPathItem() for _ in range(3))
        super().__init__(self._track, self._positive, self._negative)

    def arrange(self, arrangement: DiagramGeometry) -> None:
        """Stand at the neurons after the inputs."""
        columns = arrangement.columns[1:]
        self._left = np.concatenate([column.corners[:, 0] - column.mark for column in columns])
        self._middle = np.concatenate([column.corners[:, 1] + column.tile / 2 for column in columns])
        self._width = np.concatenate([np.full(column.count, column.mark - 0.5) for column in columns])
        self._half = np.concatenate([np.full(column.count, column.tile / 2) for column in columns])
        self._track.setPath(self._bars(np.s_[:], -self._half, 2 * self._half))

    def draw(self, values: Floats) -> None:
        """Show these biases, (neurons,) as in `NetworkIndex.bias_values`."""
        lengths = np.maximum(np.abs(values) / round_scale(values) * self._half, 1)
        up, down = values > 0, values < 0
        self._positive.setPath(self._bars(up, -lengths[up], lengths[up]))
        self._negative.setPath(self._bars(down, 0 * lengths[down], lengths[down]))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for item, name in (
            (self._track, "border"),
            (self._positive, "positive_line"),
            (self._negative, "negative_line"),
        ):
            item.setPen(QPen(Qt.PenStyle.NoPen))
            item.setBrush(theme.color(name))

    def _bars(self, which: NDArray | slice, tops: NDArray, lengths: NDArray) -> QPainterPath:
        return rectangles(
            np.stack([self._left[which], self._middle[which] + tops, self._width[which], lengths], axis=1)
        )

    def centres(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the middles of bars, (bars, 2)."""
        return np.stack([self._left[numbers] + self._width[numbers] / 2, self._middle[numbers]], axis=1)


class Padlocks(QGraphicsPathItem):
    """A small padlock at each of some points."""

    def draw(self, points: NDArray[np.float64]) -> None:
        """Stand at `points` (points, 2)."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for x, y in points.tolist():
            path.addRect(x - PADLOCK, y - 1, 2 * PADLOCK, PADLOCK + 1)
            path.moveTo(x - PADLOCK + 1, y - 1)
            path.arcTo(x - PADLOCK + 1, y - 4, 2 * PADLOCK - 2, 6, 180, -180)
        self.setPath(path)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.setPen(theme.pen("text"))
