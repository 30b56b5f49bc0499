"""Axes in the data's own units: round numbers there, at the right places of the square, in few characters."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from tests.visualdl.watched import Watched
from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import LIGHT
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.gui.views.plots.frame_axis import LONGEST, input_names


def data_of(low, high, columns=("height", "weight", "sex")):
    positions = np.random.default_rng(0).uniform(low, high, (8, 2))
    return OwnData(positions, np.arange(8) % 2, ("a", "b"), columns, Frame((low, low), (high, high)))


@pytest.fixture
def view(qtbot):
    view = BoundaryView(LIGHT)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    return view


def ticks(view, side):
    axis = view.getPlotItem().getAxis(side)
    (low, high), size = view.box.viewRange()[0], axis.geometry().width()
    spacing, values = axis.tickValues(low, high, size)[0]
    return dict(zip(axis.tickStrings(values, 1, spacing), values, strict=True))


@pytest.mark.parametrize(("low", "high", "expected"), [(150, 200, {"160": 0.2, "180": 0.6}), (-2, 2, {"0": 0.5})])
def test_round_numbers_of_the_data_stand_where_they_are(view, low, high, expected):
    view.show_units(Experiment().with_own(data_of(low, high)))
    found = ticks(view, "bottom")
    for text, place in expected.items():
        assert found[text] == pytest.approx(place)


@pytest.mark.parametrize(("low", "high"), [(1e6, 2e6), (-1e100, 1e100), (0, 1e-12), (1e5, 1e5 + 1e-3)])
def test_numbers_of_any_size_are_short(view, low, high):
    view.show_units(Experiment().with_own(data_of(low, high)))
    assert all(len(text) <= max(LONGEST, len("-1.0e100")) for text in ticks(view, "left"))
    assert not view.grab().isNull()


def test_a_power_of_ten_takes_few_characters(view):
    view.show_units(Experiment().with_own(data_of(1e6, 2e6)))
    assert {"1.2e6", "1.4e6"} <= set(ticks(view, "left"))


@pytest.mark.parametrize(
    ("low", "high", "label"),
    [
        (100_000, 100_010, "height − 100000"),
        (1.001, 1.0016, "height − 1.001"),
        (-100_010, -100_000, "height + 100000"),
        (1e6, 2e6, "height"),
        (0, 1e-12, "height"),
    ],
)
@pytest.mark.parametrize("part", [1, 0.1, 0.02])
def test_numbers_differ_from_each_other_and_what_they_have_in_common_stands_beside_the_axis(
    view, low, high, label, part
):
    view.show_units(Experiment().with_own(data_of(low, high)))
    view.box.setRange(xRange=(0.4, 0.4 + part), yRange=(0.4, 0.4 + part))
    axis = view.getPlotItem().getAxis("bottom")
    assert axis.labelText == label
    for spacing, values in axis.tickValues(*view.box.viewRange()[0], axis.geometry().width()):
        texts = axis.tickStrings(values, 1, spacing)
        assert len(set(texts)) == len(values)
        for text, value in zip(texts, values, strict=True):
            assert float(text) + axis.offset == pytest.approx(low + value * (high - low), abs=spacing / 100)


def test_the_place_under_the_mouse_is_told_in_as_many_digits_as_tell_it_from_others(view):
    view.draw(Watched(Experiment(depth=0).with_own(data_of(100_000, 100_010))).snapshot())
    told = []
    view.hovered.connect(told.append)
    view.point_at(view.box.mapViewToScene(QPointF(0.5, 0.25)))
    assert told[-1].startswith("height 100005   weight 100002.5   ")


def test_drawn_data_has_the_unit_square_back(view):
    view.draw(Watched(Experiment(depth=0).with_own(data_of(150, 200))).snapshot())
    assert view.getPlotItem().getAxis("left").labelText == "weight"
    view.draw(Watched(Experiment(depth=0)).snapshot())
    assert ticks(view, "bottom")["0.2"] == pytest.approx(0.2)
    assert view.getPlotItem().getAxis("left").labelText == "x₂"
    told = []
    view.hovered.connect(told.append)
    view.point_at(view.box.mapViewToScene(QPointF(0.5, 0.25)))
    assert told[-1].startswith("x₁ 0.500   x₂ 0.250   ")


def test_long_names_are_cut_beside_the_axis_and_tags_in_them_are_text(view):
    names = ("<b>bold</b>", "the weight of the body in kilograms", "sex")
    experiment = Experiment().with_own(data_of(0, 9, names))
    view.show_units(experiment)
    assert view.getPlotItem().getAxis("bottom").labelText == "&lt;b&gt;bold&lt;/b&gt;"
    assert view.getPlotItem().getAxis("left").labelText == "the weight of the b…"
    assert input_names(experiment)[1] == "the weight of the body in kilograms"
    assert input_names(Experiment().with_own(data_of(0, 9, ("x1", "x2", "label")))) == ("x₁", "x₂")
