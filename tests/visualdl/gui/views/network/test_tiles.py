"""The tiles: each neuron's picture at its place, upright, and nothing between them."""

import numpy as np
import pytest

from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.network.diagram_geometry import DiagramGeometry
from visualdl.gui.views.network.tiles import Tiles, arrange, picture_size


def column_of(count, size=(420, 440)):
    return DiagramGeometry((2, count, 2), size).columns[1]


def atlas(levels, column):
    picture = np.zeros(picture_size(column, 1), np.uint8)
    arrange(levels, column, 1, picture)
    return picture


@pytest.mark.parametrize("count", [1, 8, 50, 128])
@pytest.mark.parametrize("side", [5, 17, 65])
def test_every_neuron_stands_at_its_place_and_nothing_between(count, side):
    column = column_of(count)
    levels = np.repeat(np.arange(1, count + 1, dtype=np.uint8), side * side).reshape(count, side, side)
    picture = atlas(levels, column)
    for number, (left, top) in enumerate(column.corners - (column.left + column.mark, column.top)):
        assert (picture[top : top + column.tile, left : left + column.tile] == number + 1).all()
    assert (picture != 0).sum() == count * column.tile**2


def test_the_first_row_is_the_lowest_and_the_first_column_leftmost():
    column = column_of(3)
    levels = np.full((3, 17, 17), 128, np.uint8)
    levels[1, 0], levels[2, :, 0] = 255, 255
    picture = atlas(levels, column)
    middle = picture[column.pitch[1] : column.pitch[1] + column.tile, : column.tile]
    assert middle[-1].min() > 200 > middle[0].max()
    last = picture[2 * column.pitch[1] : 2 * column.pitch[1] + column.tile, : column.tile]
    assert last[:, 0].min() > 200 > last[:, -1].max()


def test_maps_of_the_tiles_size_are_shown_as_they_are():
    column = column_of(1)
    levels = np.random.default_rng(0).integers(1, 256, (1, column.tile, column.tile), np.uint8)
    assert np.array_equal(atlas(levels, column)[: column.tile, : column.tile], levels[0, ::-1])


def test_maps_of_another_size_have_their_edges_where_they_were():
    levels = np.full((1, 2, 2), 1, np.uint8)
    levels[:, :, 1] = 255
    column = column_of(1)
    row = atlas(levels, column)[5, : column.tile].tolist()
    assert row == sorted(row)
    assert abs(row.count(1) - column.tile / 2) <= 1


def test_the_picture_is_as_fine_as_the_screen(qapp):
    tiles = Tiles(column_of(8), 2)
    tiles.draw(np.full((8, 9, 9), 255, np.uint8), LIGHT)
    column = column_of(8)
    assert tiles.pixmap().width() == 2 * column.pitch[0]
    assert tiles.boundingRect().width() == column.pitch[0]
    image = tiles.pixmap().toImage()
    assert image.pixelColor(3, 3).name() == LIGHT.positive
    assert image.pixelColor(2 * column.tile + 1, 3).alpha() == 0, "between the tiles"


def test_another_theme_and_other_levels_are_seen_at_once(qapp):
    column = column_of(3)
    tiles = Tiles(column, 1)
    for theme, level, color in ((LIGHT, 255, LIGHT.positive), (DARK, 255, DARK.positive), (DARK, 128, DARK.neutral)):
        tiles.draw(np.full((3, 9, 9), level, np.uint8), theme)
        assert tiles.pixmap().toImage().pixelColor(3, 3).name() == color
