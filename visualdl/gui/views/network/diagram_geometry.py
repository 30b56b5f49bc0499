"""The diagram's geometry: a column for each layer, its neurons one below the other or folded into a grid."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualdl.training.values.parameter_index import Neuron

LARGEST, READABLE, SMALLEST = 52, 14, 4  # pixels a side of a neuron's tile
CLEARLY_LARGER = 1.25  # by this factor folding must enlarge tiles that are readable without it
BETWEEN_LAYERS, BETWEEN_LARGER, BETWEEN_FOLDED = 0.42, 0.3, 0.24  # of a layer's share of the width, at least: where it
# stands in one sub-column, in several for larger tiles, and in several because its tiles would not be readable
AT_LEAST_BETWEEN = 9  # pixels
MARGIN = 6  # pixels above and below
LABEL, LEAST_LABEL = 24, 17  # pixels between two neurons that have a name below, and at least
REACH = 2  # pixels by which a bias can be missed


@dataclass(frozen=True)
class Column:
    """The tiles of one layer: `rows` below each other, then the next sub-column. All lengths are whole pixels.

    Each tile has its bias mark at its left, `mark` pixels wide with the space between the two. `left` and `top` are
    the corner of the first mark. A tile stands `pitch` pixels right of, and below, the one before.
    """

    count: int
    rows: int
    tile: int
    mark: int
    pitch: tuple[int, int]
    left: int = 0
    top: int = 0

    @property
    def folds(self) -> int:
        """How many sub-columns there are."""
        return -(-self.count // self.rows)

    @property
    def width(self) -> int:
        """Pixels from the first mark to the last tile's right edge."""
        return (self.folds - 1) * self.pitch[0] + self.mark + self.tile

    @property
    def height(self) -> int:
        """Pixels from the first tile's top to the last one's bottom."""
        return (self.rows - 1) * self.pitch[1] + self.tile

    @property
    def has_room_for_names(self) -> bool:
        """Whether a name fits below each tile."""
        return self.folds == 1 and (self.count == 1 or self.pitch[1] >= self.tile + LEAST_LABEL)

    @cached_property
    def corners(self) -> NDArray[np.int64]:
        """The upper left corners of the tiles, (count, 2)."""
        fold, row = np.divmod(np.arange(self.count), self.rows)
        return np.stack([self.left + self.mark + fold * self.pitch[0], self.top + row * self.pitch[1]], axis=1)

    def number_at(self, x: float, y: float) -> tuple[int, float] | None:
        """Return the neuron in whose row and sub-column a point lies, and how far right of its tile's left edge."""
        fold, across = divmod(x - self.left + REACH, self.pitch[0])
        row, down = divmod(y - self.top, self.pitch[1])
        number = int(fold) * self.rows + int(row)
        inside = 0 <= fold < self.folds and 0 <= row < self.rows and down < self.tile and number < self.count
        return (number, across - REACH - self.mark) if inside else None


class DiagramGeometry:
    """Where the neurons of layers of these `widths` stand in an area of `size` (width, height) pixels.

    `columns` has a Column a layer.
    """

    def __init__(self, widths: tuple[int, ...], size: tuple[int, int]) -> None:
        share, height = size[0] / len(widths), size[1] - 2 * MARGIN
        betweens = (BETWEEN_LAYERS, BETWEEN_LARGER, BETWEEN_FOLDED)
        ends = (0, len(widths) - 1)  # whose neurons have a name below
        rooms = [share - max(between * share, AT_LEAST_BETWEEN) for between in betweens]
        self.columns = tuple(
            _placed(_named(count, *rooms, height) if layer in ends else _fitted(count, *rooms, height), middle, size[1])
            for layer, (count, middle) in enumerate(zip(widths, middles(len(widths), size[0]), strict=True))
        )

    def segments(self) -> NDArray[np.float64]:
        """Return where every link begins and ends, (links, 4): x and y of both ends, numbered as in `NetworkIndex`."""
        parts = []
        for before, after in pairwise(self.columns):
            part = np.empty((before.count, after.count, 4))
            part[:, :, :2] = np.add(before.corners, (before.tile, before.tile / 2))[:, np.newaxis]
            part[:, :, 2:] = np.add(after.corners, (-after.mark, after.tile / 2))
            parts.append(part.reshape(-1, 4))
        return np.concatenate(parts)

    def neuron_at(self, x: float, y: float) -> Neuron | None:
        """Return the neuron whose tile a point is on."""
        for layer, column in enumerate(self.columns):
            found = column.number_at(x, y)
            if found and 0 <= found[1] < column.tile:
                return Neuron(layer, found[0])
        return None

    def bias_at(self, x: float, y: float) -> Neuron | None:
        """Return the neuron whose bias mark a point is on, or very near; the inputs have none."""
        for layer, column in enumerate(self.columns[1:], start=1):
            found = column.number_at(x, y)
            if found and found[1] < 0:
                return Neuron(layer, found[0])
        return None

    def tile(self, neuron: Neuron) -> tuple[int, int, int]:
        """Return the left, the top and the side of a neuron's tile."""
        column = self.columns[neuron.layer]
        left, top = column.corners[neuron.number].tolist()
        return left, top, column.tile

    def neighbour(self, neuron: Neuron, right: int, down: int) -> Neuron:
        """Return the neuron next to one: `right` is -1, 0 or 1, and `down` likewise. At the rim it is the same one."""
        column = self.columns[neuron.layer]
        fold, row = divmod(neuron.number, column.rows)
        if down:
            last = min(column.rows, column.count - fold * column.rows) - 1
            return Neuron(neuron.layer, fold * column.rows + min(max(row + down, 0), last))
        if 0 <= fold + right < column.folds:
            return Neuron(neuron.layer, min((fold + right) * column.rows + row, column.count - 1))
        layer = neuron.layer + right
        if not 0 <= layer < len(self.columns):
            return neuron
        other = self.columns[layer]
        first = 0 if right > 0 else (other.folds - 1) * other.rows  # the sub-column that is entered
        tops = other.corners[first : first + other.rows, 1] + other.tile / 2
        middle = column.corners[neuron.number, 1] + column.tile / 2
        return Neuron(layer, first + int(np.argmin(np.abs(tops - middle))))


def middles(layers: int, width: int) -> list[int]:
    """Return the middles of columns that share a width evenly, all in pixels."""
    return [round((k + 0.5) * width / layers) for k in range(layers)]


def _named(count: int, room: float, room_larger: float, room_folded: float, height: int) -> Column:
    """Return one sub-column with room for names below its tiles; where these would not be readable, what fits."""
    for tile in range(LARGEST, READABLE - 1, -1):
        column = _column(count, count, tile, height - LABEL)
        if column.width <= room and column.height <= height - LABEL and column.has_room_for_names:
            return column
    return _fitted(count, room, room_larger, room_folded, height)


def _fitted(count: int, room: float, room_larger: float, room_folded: float, height: int) -> Column:
    """Return a column with tiles as large as fit; with one sub-column unless more make them readable or much larger."""
    single = _largest(count, 1, 1, room, height)
    if single is None or single.tile < READABLE:
        found = _largest(count, 1, count, room_folded, height)
        return found or _column(count, max(1, height // (SMALLEST + 1)), SMALLEST, height)
    folded = _largest(count, 2, count, room_larger, height)
    return folded if folded is not None and folded.tile >= CLEARLY_LARGER * single.tile else single


def _largest(count: int, least_folds: int, most_folds: int, room: float, height: int) -> Column | None:
    """Return the column with the largest tiles that fit, of so many sub-columns; None if none does."""
    for tile in range(LARGEST, SMALLEST - 1, -1):
        for folds in range(least_folds, most_folds + 1):
            column = _column(count, -(-count // folds), tile, height)
            if column.width > room:
                break
            if column.height <= height:
                return column
    return None


def _column(count: int, rows: int, tile: int, height: int) -> Column:
    mark, gap = min(max(tile // 5, 2), 6), max(tile // 6, 1)
    wished = round(1.25 * tile) if count > rows else max(round(1.7 * tile), tile + LABEL)
    airy = min(wished, (height - tile) // max(rows - 1, 1))
    return Column(count, rows, tile, mark, (mark + tile + gap, max(tile + gap, airy)))


def _placed(column: Column, middle: int, height: int) -> Column:
    left, top = middle - column.width // 2, (height - column.height) // 2
    return Column(column.count, column.rows, column.tile, column.mark, column.pitch, left, top)
