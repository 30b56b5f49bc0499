"""Points put and wiped by hand: exactly those, and never so that nothing can be learned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualdl.data.frame import UNIT, Frame, frame_around
from visualdl.data.own_data import OwnData
from visualdl.data.point_edits import with_points, without_points
from visualdl.experiment.experiment import Experiment

FRAME = Frame((150.0, -1.0), (250.0, 1.0))
DATA = OwnData(
    np.array([[150, -1], [250, 1], [200, 0], [200, 0.5], [160, 0.9]]),
    np.array([0, 1, 0, 1, 0]),
    ("a", "b"),
    frame=FRAME,
)


def test_a_point_is_put_in_the_datas_own_units_and_the_others_stay():
    more = with_points(DATA, np.array([[0.5, 0.25], [1, 0]]), 1)
    assert more.positions[:5].tolist() == DATA.positions.tolist()
    assert more.positions[5:].tolist() == [[200, -0.5], [250, -1]]
    assert more.labels.tolist() == [0, 1, 0, 1, 0, 1, 1]
    assert (more.classes, more.columns, more.frame) == (DATA.classes, DATA.columns, FRAME)


def test_there_are_never_more_points_than_a_file_may_have():
    full = OwnData(np.zeros((100_000, 2)), np.arange(100_000) % 2, ("a", "b"))
    with pytest.raises(ValueError, match="No point was added: there are 100,000"):
        with_points(full, np.zeros((1, 2)), 0)


def test_what_lies_near_is_wiped_and_nothing_else():
    fewer, sentence = without_points(DATA, np.array([[0.5, 0.52]]), 0.03)
    assert fewer.positions.tolist() == [[150, -1], [250, 1], [200, 0.5], [160, 0.9]]
    assert sentence == ""


def test_of_a_class_that_would_be_gone_one_point_stays():
    more = with_points(DATA, np.array([[0.1, 0.5]]), 0)
    fewer, sentence = without_points(more, np.array([[1, 1], [0.5, 0.75]]), 0.03)
    assert fewer.counts == (4, 1)
    assert sentence == "Training needs a point of each class, and 4 in all: the last ones stay."


def test_nothing_near_changes_nothing():
    assert without_points(DATA, np.array([[0.9, 0.1], [0.8, 0.1]]), 0.03) == (DATA, "")


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4),
    st.floats(0, 2),
    st.lists(st.integers(0, 1), max_size=12),
)
def test_however_much_is_wiped_a_network_can_learn_from_the_rest(places, radius, labels):
    labels = [0, 1, 0, 1, *labels]
    positions = np.random.default_rng(0).random((len(labels), 2))
    data = OwnData(positions, np.array(labels), ("a", "b"))
    fewer, sentence = without_points(data, np.array(places), radius)
    assert Experiment().with_own(fewer).samples >= 4
    near = (((positions[:, None] - np.array(places)) ** 2).sum(2) <= radius**2).any(1).sum()
    assert (len(data) - len(fewer) < near) == bool(sentence)


def test_a_frame_has_room_around_the_points_but_the_unit_square_stays_itself():
    assert frame_around((150.0, 250.0), (-2.0, 2.0)) == Frame((145.0, -2.2), (255.0, 2.2))
    assert frame_around((0.02, 0.99), (0.0, 1.0)) == UNIT
    assert frame_around((0.2, 0.99), (0.0, 1.0)) != UNIT
    places = FRAME.to_square(np.array([[150, -1], [250, 1], [175, 0]]))
    assert places.tolist() == [[0, 0], [1, 1], [0.25, 0.5]]
    assert FRAME.from_square(places).tolist() == [[150, -1], [250, 1], [175, 0]]


@pytest.mark.parametrize("high", [0.0, -1.0, float("inf"), float("nan")])
def test_a_frame_that_does_not_grow_is_refused(high):
    with pytest.raises(ValueError, match="A frame must go from a number to a larger one"):
        Frame((0.0, 0.0), (1.0, high))
