"""The tiles of a layer: every neuron's output over the square, all of them in one picture that Qt paints at once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.arrangement import Column


class Tiles(QGraphicsPixmapItem):
    """The picture of one layer, in its column; between the tiles it is transparent."""

    def __init__(self, column: Column, pixels: int) -> None:
        """`pixels` are the screen's to one of the window's, as a whole number."""
        super().__init__()
        self._column, self._pixels = column, pixels
        self.setPos(int(column.corners[0, 0]), column.top)

    def draw(self, levels: NDArray[np.uint8], theme: Theme) -> None:
        """Show `levels` (neurons, side, side), as in NeuronMaps: row 0 is the lowest."""
        picture = QPixmap.fromImage(theme.level_picture(atlas(levels, self._column, self._pixels)))
        picture.setDevicePixelRatio(self._pixels)
        self.setPixmap(picture)


def atlas(levels: NDArray[np.uint8], column: Column, pixels: int = 1) -> NDArray[np.uint8]:
    """Return the levels of a column's picture, (height, width) in the screen's pixels: 1 to 255, and 0 for nothing."""
    count, side, _ = levels.shape
    tile, (right, down) = column.tile * pixels, (step * pixels for step in column.pitch)
    along = _resampling(side, tile)
    rows = levels[:, ::-1].reshape(-1, side).astype(np.float32) @ along.T  # (neurons * side, tile)
    columns = rows.reshape(count, side, tile).transpose(0, 2, 1).reshape(-1, side) @ along.T
    shown = np.zeros((column.folds * column.rows, tile, tile), np.uint8)
    shown[:count] = np.maximum(columns + 0.5, 1).reshape(count, tile, tile).transpose(0, 2, 1)
    picture = np.zeros((column.rows, down, column.folds, right), np.uint8)
    picture[:, :tile, :, :tile] = shown.reshape(column.folds, column.rows, tile, tile).transpose(1, 2, 0, 3)
    return picture.reshape(column.rows * down, column.folds * right)


@cache
def _resampling(side: int, pixels: int) -> NDArray[np.float32]:
    """Return the weights (pixels, side) with which points over a square's side, ends included, make up its pixels.

    A pixel is the mean of the points around its middle: linear between two where pixels are closer than points.
    """
    middles = (np.arange(pixels) + 0.5) / pixels * (side - 1)
    reach = max(1.0, (side - 1) / pixels)
    weights = np.maximum(0, 1 - np.abs(middles[:, np.newaxis] - np.arange(side)) / reach)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
