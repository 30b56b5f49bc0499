"""The tiles of a layer: every neuron's output over the square, all of them in one picture that Qt paints at once."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.diagram_geometry import Column


class Tiles(QGraphicsPixmapItem):
    """The picture of one layer, in its column; between the tiles it is transparent."""

    def __init__(self, column: Column, pixels: int) -> None:
        """`pixels` are the screen's to one of the window's, as a whole number."""
        super().__init__()
        self._column, self._pixels, self._theme = column, pixels, None
        height, width = picture_size(column, pixels)
        self._image = QImage(width, height, QImage.Format.Format_Indexed8)  # Qt looks the colours up, without Python
        self._image.fill(0)
        bytes_a_line = self._image.bytesPerLine()
        self._levels = np.frombuffer(self._image.bits(), np.uint8).reshape(height, bytes_a_line)[:, :width]
        self.setPos(int(column.corners[0, 0]), column.top)

    def draw(self, levels: NDArray[np.uint8], theme: Theme) -> None:
        """Show `levels` (neurons, side, side), as in NeuronMaps; of other sides than the tiles', their nearest ones."""
        if theme is not self._theme:
            self._theme = theme
            self._image.setColorTable(theme.level_colors)
        arrange(levels, self._column, self._pixels, self._levels)
        picture = QPixmap.fromImage(self._image)
        picture.setDevicePixelRatio(self._pixels)
        self.setPixmap(picture)


def picture_size(column: Column, pixels: int) -> tuple[int, int]:
    """Return height and width of a column's picture, in the screen's pixels."""
    right, down = column.pitch
    return column.rows * down * pixels, column.folds * right * pixels


def arrange(levels: NDArray[np.uint8], column: Column, pixels: int, picture: NDArray[np.uint8]) -> None:
    """Put the levels where they belong in a column's `picture`; between the tiles it stays as it is."""
    side = levels.shape[1]
    tile, (right, down) = column.tile * pixels, (step * pixels for step in column.pitch)
    if side != tile:  # from before the tiles had their size
        nearest = (np.arange(tile) * side + side // 2) // tile
        levels = levels[:, nearest[:, np.newaxis], nearest]
    places = picture.reshape(column.rows, down, column.folds, right)
    for fold in range(column.folds):
        part = levels[fold * column.rows : (fold + 1) * column.rows, ::-1]
        places[: len(part), :tile, fold, :tile] = part
