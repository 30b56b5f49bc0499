"""The choice of two neurons: what becomes of it while the network changes."""

import pytest

from visualdl.gui.views.plane.choice import DEFAULT, OUTPUTS, PlaneChoice, difference, nearest

PAPER = (2, 25, 25, 25, 2)


@pytest.mark.parametrize(
    ("wish", "sizes", "shown"),
    [
        (DEFAULT, PAPER, (3, 0, 1)),
        (DEFAULT, (2, 2), (1, 0, 1)),
        (PlaneChoice(OUTPUTS, 1, 0), (2, 5, 2), (2, 1, 0)),
        (PlaneChoice(0, 0, 1), PAPER, (0, 0, 1)),
        (PlaneChoice(2, 4, 7), PAPER, (2, 4, 7)),
    ],
)
def test_what_the_network_has_is_shown(wish, sizes, shown):
    assert nearest(wish, sizes) == shown


@pytest.mark.parametrize(
    ("wish", "sizes", "shown", "said"),
    [
        (PlaneChoice(3, 0, 1), (2, 25, 25, 2), (2, 0, 1), "There is no layer 3 now: this is layer 2."),
        (PlaneChoice(4, 0, 1), PAPER, (3, 0, 1), "There is no layer 4 now: this is layer 3."),
        (PlaneChoice(3, 4, 9), (2, 2), (1, 0, 1), "There is no layer 3 now: these are the outputs."),
        (PlaneChoice(1, 2, 20), (2, 10, 2), (1, 2, 9), "There is no neuron 21 now: these are 3 and 10."),
        (PlaneChoice(1, 9, 20), (2, 10, 2), (1, 9, 8), "There is no neuron 21 now: these are 10 and 9."),
        (PlaneChoice(1, 24, 20), (2, 10, 2), (1, 9, 8), "There is no neuron 25 and no 21 now: these are 10 and 9."),
        (PlaneChoice(1, 3, 4), (2, 1, 2), (1, 0, 0), "Layer 1 has one neuron: it is on both axes."),
        (DEFAULT, (2, 2), (1, 0, 1), "There is no hidden layer: these are the outputs."),
    ],
)
def test_what_it_has_not_becomes_the_nearest_and_is_said(wish, sizes, shown, said):
    assert nearest(wish, sizes) == shown
    assert difference(wish, sizes) == said


def test_two_neurons_differ_wherever_there_are_two():
    for width in range(1, 6):
        for across in range(6):
            for up in range(6):
                choice = nearest(PlaneChoice(1, across, up), (2, width, 2))
                assert 0 <= choice.across < width
                assert 0 <= choice.up < width
                assert choice.across != choice.up or width == 1


def test_nothing_is_said_of_what_is_there():
    for wish in (DEFAULT, PlaneChoice(OUTPUTS, 0, 1), PlaneChoice(0, 0, 1), PlaneChoice(3, 24, 0)):
        assert difference(wish, PAPER) == ""
