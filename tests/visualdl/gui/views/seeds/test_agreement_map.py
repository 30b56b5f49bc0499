"""The map shows where the runs agree, and counts them under the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsPathItem

from tests.visualdl.gui.finding import items_on
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.seeds.agreement_key import AgreementKey
from visualdl.gui.views.seeds.agreement_map import AgreementMap, smoothed

RAMP = np.tile(np.linspace(0, 1, 41), (41, 1))  # grows with x1


@pytest.fixture
def view(qtbot):
    view = AgreementMap(LIGHT)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show()
    return view


def pixel(view, x1, x2):
    scene = view.box.mapViewToScene(QPointF(x1, x2))
    return view.grab().toImage().pixelColor(view.mapFromScene(scene))


def line(view):
    (path,) = [item.path() for item in items_on(view, QGraphicsPathItem) if not item.path().isEmpty()]
    return [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_run_all_runs_and_half_of_them_have_the_maps_three_colours(view, seeds_of, theme):
    view.set_theme(theme)
    for share, role in ((0, "negative"), (0.5, "neutral"), (1, "positive")):
        view.draw(seeds_of([[0.1] * 10], share=np.full((33, 33), float(share))))
        shown, meant = pixel(view, 0.3, 0.7), theme.color(role)
        assert all(abs(a - b) < 6 for a, b in zip(shown.getRgb(), meant.getRgb(), strict=True)), role


def test_the_line_is_where_half_of_the_runs_say_inside(view, seeds_of):
    view.draw(seeds_of([[0.1] * 10], share=RAMP))
    assert [x for x, _ in line(view)] == pytest.approx([0.5] * 41)
    view.draw(seeds_of([[0.1] * 10], share=RAMP.T.copy()))
    assert [y for _, y in line(view)] == pytest.approx([0.5] * 41)


def test_smoothing_keeps_a_level_and_a_slope():
    np.testing.assert_allclose(smoothed(np.full((5, 5), 0.3)), 0.3)
    np.testing.assert_allclose(smoothed(RAMP)[:, 1:-1], RAMP[:, 1:-1])


def test_the_mouse_is_told_how_many_runs_say_inside(view, seeds_of):
    said = []
    view.hovered.connect(said.append)
    view.draw(seeds_of([[0.1] * 10], share=RAMP))
    view.point_at(view.box.mapViewToScene(QPointF(0.7, 0.2)))
    assert said[-1].endswith("7 of 10 runs say inside")
    view.draw(seeds_of([[0.1] * 10], share=1 - RAMP))
    assert said[-1].endswith("3 of 10 runs say inside")
    view.draw(seeds_of([[0.1]], share=np.ones((33, 33))))
    assert said[-1].endswith("1 of 1 run says inside")
    view.point_at(None)
    assert said[-1] == ""


def test_it_names_the_class_that_blue_stands_for(view, seeds_of):
    said = []
    view.hovered.connect(said.append)
    view.draw(seeds_of([[0.1] * 10], share=RAMP, experiment=Experiment(dataset="Moons")))
    view.point_at(view.box.mapViewToScene(QPointF(0.7, 0.2)))
    assert said[-1].endswith("7 of 10 runs say blue")
    assert view.accessibleName() == "Share of runs blue"


def test_the_same_picture_is_not_drawn_again(view, seeds_of, monkeypatch):
    seeds = seeds_of([[0.1] * 10], share=RAMP)
    view.draw(seeds)
    monkeypatch.setattr(AgreementMap, "draw_values", lambda *_: pytest.fail("drawn again"))
    view.draw(seeds)


def test_its_name(view):
    assert view.accessibleName() == "Share of runs inside"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_key_shows_the_maps_ends(qtbot, theme):
    key = AgreementKey(LIGHT)
    qtbot.addWidget(key)
    key.set_theme(theme)
    picture = key.grab().toImage()
    row = [picture.pixelColor(x, picture.height() // 2).getRgb()[:3] for x in range(picture.width())]
    for role in ("negative", "positive"):
        meant = theme.color(role).getRgb()[:3]
        assert any(all(abs(a - b) < 12 for a, b in zip(shown, meant, strict=True)) for shown in row)
