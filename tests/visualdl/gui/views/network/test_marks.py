"""The marks: bars go up for positive biases and down for negative ones, and outlines are there only while needed."""

import numpy as np
import pytest

from visualdl.gui.theme import LIGHT
from visualdl.gui.views.network.cached import CachedGroup, lines, rectangles
from visualdl.gui.views.network.diagram_geometry import DiagramGeometry
from visualdl.gui.views.network.marks import BiasBars
from visualdl.gui.views.network.outlines import Outline
from visualdl.training.values.parameter_index import Neuron


@pytest.fixture
def arrangement(qapp):
    return DiagramGeometry((2, 1, 1), (300, 300))


def test_a_bar_goes_up_or_down_from_the_middle_by_the_size_of_the_bias(arrangement):
    bars = BiasBars()
    bars.set_theme(LIGHT)
    bars.arrange(arrangement)
    bars.draw(np.array([1.0, -0.5], np.float32))
    _, top, side = arrangement.tile(Neuron(1, 0))
    areas = {item.brush().color().name(): item.path().boundingRect() for item in bars.childItems()}
    up, down = areas[LIGHT.positive_line], areas[LIGHT.negative_line]
    assert (up.top(), up.bottom()) == (top, top + side / 2)
    _, top, side = arrangement.tile(Neuron(2, 0))
    assert (down.top(), down.bottom()) == (top + side / 2, top + side / 2 + side / 4)


def test_an_outline_surrounds_its_neuron_or_nothing(arrangement):
    outline = Outline("text", 1.5)
    outline.surround(Neuron(0, 1), arrangement)
    left, top, side = arrangement.tile(Neuron(0, 1))
    assert outline.isVisible()
    assert outline.rect().contains(left, top)
    assert outline.rect().contains(left + side, top + side)
    outline.surround(None, arrangement)
    assert not outline.isVisible()


def test_a_group_is_shown_fainter_and_at_full_strength_again(qapp):
    group = CachedGroup()
    group.set_strength(0.25)
    assert group.graphicsEffect().opacity() == 0.25
    group.set_strength(1)
    assert 0.99 < group.graphicsEffect().opacity() < 1, "at 1 Qt would keep no picture"


def test_paths_are_of_separate_lines_and_rectangles():
    segments = np.array([[0.0, 0, 1, 1], [5, 5, 6, 7]])
    assert len(lines(segments).toSubpathPolygons()) == 2
    polygons = rectangles(np.array([[0.0, 0, 2, 3], [10, 10, 1, 1]])).toSubpathPolygons()
    assert [polygon.boundingRect().getRect() for polygon in polygons] == [(0, 0, 2, 3), (10, 10, 1, 1)]
    assert lines(np.empty((0, 4))).isEmpty()
