"""The tiles of a layer: every neuron's output over the square, all of them in one picture that Qt paints at once."""

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
        """Show `levels` (neurons, side, side), as in NeuronMaps; of other sides than the tiles', their nearest ones."""
        picture = QPixmap.fromImage(theme.level_picture(atlas(levels, self._column, self._pixels)))
        picture.setDevicePixelRatio(self._pixels)
        self.setPixmap(picture)


def atlas(levels: NDArray[np.uint8], column: Column, pixels: int = 1) -> NDArray[np.uint8]:
    """Return the levels of a column's picture, (height, width) in the screen's pixels; 0 is between the tiles."""
    side = levels.shape[1]
    tile, (right, down) = column.tile * pixels, (step * pixels for step in column.pitch)
    if side != tile:  # from before the tiles had their size
        nearest = (np.arange(tile) * side + side // 2) // tile
        levels = levels[:, nearest[:, np.newaxis], nearest]
    picture = np.zeros((column.rows, down, column.folds, right), np.uint8)
    for fold in range(column.folds):
        part = levels[fold * column.rows : (fold + 1) * column.rows, ::-1]
        picture[: len(part), :tile, fold, :tile] = part
    return picture.reshape(column.rows * down, column.folds * right)
