"""The arrangement: everything fits, nothing overlaps, and each point knows whose it is."""

import numpy as np
import pytest

from visualdl.gui.views.network.diagram_geometry import READABLE, DiagramGeometry
from visualdl.training.values.parameter_index import Neuron

NETWORKS = [
    (2, 2), (2, 1, 2), (2, 25, 25, 25, 2), (2, *[8] * 6, 2), (2, *[128] * 8, 2), (2, 4, 64, 1, 16, 128, 2), (1, 2),
    (9, *[8] * 6, 2), (12, 128, 2),
]  # fmt: skip
SIZES = [(360, 300), (420, 440), (700, 740)]


@pytest.mark.parametrize("widths", NETWORKS, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_tile_is_within_the_area_and_overlaps_no_other(widths, size):
    owners = np.zeros(size[::-1], int)
    for column in DiagramGeometry(widths, size).columns:
        for left, top in column.corners:
            assert left - column.mark >= 0
            assert left + column.tile <= size[0]
            assert top >= 0
            assert top + column.tile <= size[1]
            owners[top : top + column.tile, left - column.mark : left + column.tile] += 1
    assert owners.max() == 1


@pytest.mark.parametrize("size", [(395, 455), (420, 440), (700, 740)], ids=str)
def test_a_layer_folds_where_that_makes_its_tiles_clearly_larger_and_leaves_room_for_links(size):
    columns = DiagramGeometry((2, 25, 25, 25, 2), size).columns
    alone = size[1] / (25 * 1.1)  # what 25 tiles below each other have, at most
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        if column.count == 25:
            assert column.folds == 2
            assert column.tile > 1.2 * alone
            assert column.left - (before.left + before.width) >= 0.29 * size[0] / 5
            assert after.left - (column.left + column.width) >= 0.29 * size[0] / 5


@pytest.mark.parametrize("inputs", [1, 2, 9, 12])
def test_inputs_stand_below_each_other_with_room_for_their_names(inputs):
    column = DiagramGeometry((inputs, *[8] * 6, 2), (395, 455)).columns[0]
    assert column.folds == 1
    assert column.tile >= READABLE
    assert column.has_room_for_names
    assert column.top + column.height + 16 <= 455, "the last one's, too"
    assert not DiagramGeometry((12, 2), (300, 200)).columns[0].has_room_for_names


def test_a_layer_stays_unfolded_where_folding_gains_little():
    assert [column.folds for column in DiagramGeometry((2, 8, 8, 8, 2), (420, 440)).columns] == [1] * 5
    narrow = DiagramGeometry((2, *[25] * 6, 2), (420, 440)).columns
    assert [column.folds for column in narrow] == [1] * 8, "there is no room sideways"
    assert narrow[1].tile >= READABLE


def test_a_layer_folds_where_its_tiles_would_not_be_readable():
    columns = DiagramGeometry((2, *[64] * 6, 2), (420, 440)).columns
    assert [column.folds > 1 for column in columns] == [False, *[True] * 6, False]


def test_eight_layers_of_128_stay_readable_without_scrolling():
    assert all(column.tile >= 7 for column in DiagramGeometry((2, *[128] * 8, 2), (420, 440)).columns)


@pytest.mark.parametrize("widths", NETWORKS, ids=str)
def test_points_know_whose_they_are(widths):
    arrangement = DiagramGeometry(widths, (420, 440))
    for layer, column in enumerate(arrangement.columns):
        for number, (left, top) in enumerate(column.corners):
            neuron = Neuron(layer, number)
            assert arrangement.neuron_at(left + column.tile / 2, top + column.tile / 2) == neuron
            bias = arrangement.bias_at(left - column.mark / 2, top + column.tile / 2)
            assert bias == (neuron if layer else None)
            assert arrangement.bias_at(left + column.tile / 2, top + column.tile / 2) is None
        filled, rest = divmod(column.count, column.rows)
        if rest:
            x = column.left + column.mark + filled * column.pitch[0] + column.tile / 2
            y = column.top + rest * column.pitch[1] + column.tile / 2
            assert arrangement.neuron_at(x, y) is None, "below the last neuron of a layer that folds unevenly"
    assert arrangement.neuron_at(-5, -5) is None
    assert arrangement.bias_at(419, 1) is None


def test_links_lead_from_neuron_to_neuron_in_the_order_of_the_network_index():
    arrangement = DiagramGeometry((2, 3, 2), (300, 300))
    segments = arrangement.segments()
    assert segments.shape == (12, 4)
    for link, (source, target) in enumerate((k, j) for k in range(2) for j in range(3)):
        left, top, side = arrangement.tile(Neuron(0, source))
        assert segments[link, :2].tolist() == [left + side, top + side / 2]
        left, top, side = arrangement.tile(Neuron(1, target))
        assert segments[link, 3] == top + side / 2
        assert segments[link, 2] < left


def test_steps_lead_to_neighbours_through_folds_and_layers_and_end_at_the_rim():
    arrangement = DiagramGeometry((2, 128, 3, 2), (420, 440))
    folded = arrangement.columns[1]
    assert folded.folds > 1
    assert arrangement.neighbour(Neuron(1, 0), 0, 1) == Neuron(1, 1)
    assert arrangement.neighbour(Neuron(1, 0), 0, -1) == Neuron(1, 0)
    assert arrangement.neighbour(Neuron(1, folded.rows - 1), 0, 1) == Neuron(1, folded.rows - 1)
    assert arrangement.neighbour(Neuron(1, 5), 1, 0) == Neuron(1, 5 + folded.rows)
    assert arrangement.neighbour(Neuron(1, folded.rows - 1), 1, 0).layer == 1
    assert arrangement.neighbour(Neuron(1, 127), 1, 0) == Neuron(2, 2), "the nearest in height"
    assert arrangement.neighbour(Neuron(1, 5), -1, 0) == Neuron(0, 0)
    assert arrangement.neighbour(Neuron(2, 0), -1, 0).number >= (folded.folds - 1) * folded.rows
    assert arrangement.neighbour(Neuron(3, 1), 1, 0) == Neuron(3, 1)
    assert arrangement.neighbour(Neuron(0, 1), -1, 0) == Neuron(0, 1)
