"""The boundary view: what is drawn where, told apart without colour, and read under the cursor."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QGraphicsSimpleTextItem

from tests.visualdl.gui.finding import items_on, picture, places_of
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import Boundary, LevelLines, NeuronPicture
from visualdl.training.values.snapshot import Data, Points


@pytest.fixture
def view(qtbot):
    view = BoundaryView(LIGHT)
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    return view


@pytest.fixture(scope="module")
def snapshot():
    run = Watched(Experiment())
    for _ in range(200):
        run.advance()
    return run.snapshot()


def ramp(snapshot):
    """The same snapshot, its output running from -1 at the left edge to +1 at the right one."""
    outputs = np.tile(np.linspace(-1, 1, 65, dtype=np.float32), (65, 1))
    return replace(snapshot, boundary=Boundary(outputs, (np.array([[0.5, 0.0], [0.5, 1.0]]),)))


def pixel(view, x1, x2):
    """The colour in which the view shows a point of the square."""
    scene = view.box.mapViewToScene(QPointF(x1, x2))
    return view.grab().toImage().pixelColor(view.mapFromScene(scene))


def places_of_the_truth(view):
    """The places of all pixels, (pixels, 2), that are others while the true boundary is shown."""
    view.show_true_boundary(False)
    without = picture(view)
    view.show_true_boundary(True)
    return places_of(view, (picture(view) != without).any(axis=-1))


def captions(view):
    return items_on(view, QGraphicsSimpleTextItem)


def hide_points(view):
    view.show_training_points(False)
    view.show_test_points(False)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_outputs_are_shown_in_data_coordinates_and_the_themes_colours(view, snapshot, theme):
    view.set_theme(theme)
    hide_points(view)
    view.draw(ramp(snapshot))
    for x1, role in ((0.01, "negative"), (0.99, "positive")):
        shown, meant = pixel(view, x1, 0.3), theme.color(role)
        assert all(abs(a - b) < 12 for a, b in zip(shown.getRgb(), meant.getRgb(), strict=True)), (shown, meant)
    assert all(
        abs(a - b) < 12 for a, b in zip(pixel(view, 0.5, 0.3).getRgb(), theme.color("text").getRgb(), strict=True)
    ), "the line where the output is 0"


def test_the_second_input_grows_upwards(view, snapshot):
    hide_points(view)
    up = ramp(snapshot)
    view.draw(replace(up, boundary=Boundary(up.boundary.outputs.T.copy(), ())))
    assert pixel(view, 0.5, 0.98).blue() > pixel(view, 0.5, 0.98).red()
    assert pixel(view, 0.5, 0.02).blue() < pixel(view, 0.5, 0.02).red()


def test_an_output_beyond_one_keeps_the_last_colour(view, snapshot):
    hide_points(view)
    large = ramp(snapshot)
    view.draw(replace(large, boundary=Boundary(large.boundary.outputs * 1e20, ())))
    assert all(
        abs(a - b) < 12 for a, b in zip(pixel(view, 0.9, 0.5).getRgb(), LIGHT.color("positive").getRgb(), strict=True)
    )


def test_points_stand_where_the_data_are_and_differ_without_colour(view, snapshot):
    places, classes = np.array([[0.2, 0.3], [0.7, 0.9]]), np.array([0, 1])
    data = Data(Points(places, classes), Points(places - [0, 0.2], classes))
    view.draw(replace(snapshot, boundary=Boundary(np.zeros((65, 65), np.float32), ()), data=data))
    view.show_test_points(True)
    image = view.grab().toImage()
    looks = set()
    for set_name in ("train", "test"):
        for (x1, x2), label in zip(getattr(data, set_name).positions, classes, strict=True):
            middle = view.mapFromScene(view.box.mapViewToScene(QPointF(x1, x2)))
            around = image.copy(middle.x() - 6, middle.y() - 6, 13, 13)
            colored = around.pixelColor(6, 7).name() == LIGHT.class_point(label).name()
            assert colored == (set_name == "train"), "test points are hollow"
            looks.add(bytes(around.convertToFormat(QImage.Format.Format_Mono).constBits()))
    assert len(looks) == 4, "symbol and filling tell set and class apart"


def test_points_stay_at_their_places_when_the_picture_is_zoomed(view, snapshot):
    data = Data(Points(np.array([[0.4, 0.6]]), np.array([1])), snapshot.data.test)
    view.draw(replace(snapshot, boundary=Boundary(np.zeros((65, 65), np.float32), ()), data=data))
    for center in (QPointF(0.3, 0.5), QPointF(0.5, 0.9)):
        view.box.scaleBy((0.8, 0.8), center=center)
        assert pixel(view, 0.4, 0.6).name() == LIGHT.positive_point
    assert pixel(view, 0.45, 0.6).name() != LIGHT.positive_point


def test_on_a_denser_screen_the_points_are_sharp_at_once(view, snapshot, monkeypatch):
    def ratios():
        return [item.pixmap().devicePixelRatio() for item in items_on(view, QGraphicsPixmapItem)]

    view.draw(snapshot)
    assert ratios() == [1.0, 1.0], "the map, and over it the training points"
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(view, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert ratios() == [1.0, 2.0]


def test_no_frame_asks_python_for_anything_while_it_is_painted(view, snapshot):
    view.draw(snapshot)
    view.grab()
    called = set()
    view.draw(ramp(snapshot))
    sys.setprofile(lambda frame, event, _: called.add(frame.f_code.co_name) if event == "call" else None)
    try:
        view.sheet.viewport().repaint()
    finally:
        sys.setprofile(None)
    assert not called & {"paint", "boundingRect", "shape", "paintEvent"}, "what Qt asks items and views"
    assert pixel(view, 0.99, 0.3).blue() > 200, "it was painted"


@pytest.mark.parametrize("name", ["training", "test"])
def test_points_are_switched_on_and_off(view, snapshot, name):
    view.draw(snapshot)
    show = getattr(view, f"show_{name}_points")
    show(False)
    without = view.grab().toImage()
    show(True)
    assert view.grab().toImage() != without
    show(False)
    assert view.grab().toImage() == without


@pytest.mark.parametrize("discrete", [False, True])
def test_what_is_not_finite_has_a_colour_and_leaves_the_others_theirs(view, snapshot, discrete):
    view.set_theme(replace(LIGHT, discrete=discrete))
    hide_points(view)
    outputs = np.full((33, 33), -1, np.float32)
    outputs[:11], outputs[11:22] = np.inf, np.nan
    view.draw(replace(snapshot, boundary=Boundary(outputs, ())))
    for x2, role in ((0.1, "positive"), (0.45, "neutral"), (0.9, "negative")):
        assert pixel(view, 0.5, x2).name() == getattr(LIGHT, role), role


def test_the_edge_of_a_discrete_picture_is_finer_than_the_grid(view, snapshot):
    hide_points(view)
    view.set_theme(replace(LIGHT, discrete=True))
    outputs = np.tile(np.linspace(-1, 1, 9, dtype=np.float32) + 0.1, (9, 1))  # 0 at x1 = 0.45, between two points
    for factor in (1, 1e19):
        view.draw(replace(snapshot, boundary=Boundary(factor * outputs, ())))
        assert [pixel(view, x1, 0.5).name() for x1 in (0.44, 0.46)] == [LIGHT.negative, LIGHT.positive]


def test_the_scale_of_values_has_the_full_colour(view, snapshot):
    hide_points(view)
    outputs = ramp(snapshot).boundary.outputs
    view.draw(replace(snapshot, boundary=Boundary(outputs, (), scale=2.0)))
    neutral, full = (LIGHT.color(role).blue() for role in ("neutral", "negative"))
    assert abs(pixel(view, 0.01, 0.5).blue() - (neutral + full) / 2) <= 3, "half of the scale, half of the colour"


def test_level_lines_are_solid_above_0_and_dashed_below(view, snapshot):
    hide_points(view)
    upright = [LevelLines(level, (np.array([[x1, 0.0], [x1, 1.0]]),)) for level, x1 in ((-0.5, 0.25), (0.5, 0.75))]
    view.draw(replace(snapshot, boundary=Boundary(np.zeros((65, 65), np.float32), (), tuple(upright))))
    image = view.grab().toImage()
    shares = []
    for x1 in (0.25, 0.75):
        top, bottom = (view.mapFromScene(view.box.mapViewToScene(QPointF(x1, x2))) for x2 in (0.99, 0.01))
        rows = range(top.y(), bottom.y())
        dark = [min(image.pixelColor(top.x() + shift, row).lightness() for shift in (-1, 0, 1)) < 150 for row in rows]
        shares.append(sum(dark) / len(dark))
    dashed, solid = shares
    assert solid == 1
    assert 0.3 < dashed < 0.9
    view.draw(snapshot)
    without = view.grab().toImage()
    view.draw(replace(snapshot, boundary=replace(snapshot.boundary)))
    assert view.grab().toImage() == without, "they go with the moment that they belong to"


def test_the_true_circle_is_shown_on_request_only(view, snapshot):
    view.draw(snapshot)
    places = places_of_the_truth(view)
    distances = np.linalg.norm(places - 0.5, axis=1)
    assert distances == pytest.approx(0.39894, abs=0.006), "two pixels"
    assert distances.mean() == pytest.approx(0.39894, abs=0.001)
    for end in (places.min(axis=0), 1 - places.max(axis=0)):
        assert end == pytest.approx(0.5 - 0.39894, abs=0.006), "the whole circle"


def test_other_data_leaves_nothing_of_the_data_before(qtbot, view):
    disk, moons = (Watched(Experiment(dataset=name, noise=50, depth=0)).snapshot() for name in ("Disk", "Moons"))
    fresh = BoundaryView(LIGHT)
    qtbot.addWidget(fresh)
    fresh.resize(view.size())
    fresh.show()
    fresh.draw(moons)
    view.draw(disk)
    view.grab()
    view.draw(moons)
    for each in (view, fresh):
        each.clearFocus()  # whose sign one of them may have
    assert view.grab().toImage() == fresh.grab().toImage()


def test_the_true_boundary_and_the_classes_are_those_of_the_data_set(view):
    moments = {name: Watched(Experiment(dataset=name, depth=0)).snapshot() for name in ("XOR", "Spiral")}
    hide_points(view)
    view.draw(moments["XOR"])
    away = np.sort(np.abs(places_of_the_truth(view) - 0.5), axis=1)
    assert away[:, 0].max() < 0.006, "two lines through the middle"
    assert away[:, 1].max() == pytest.approx(0.5, abs=0.03), "from edge to edge"
    assert view.describe(0.5, 0.5).endswith(("orange", "blue"))
    view.draw(moments["Spiral"])
    assert len(places_of_the_truth(view)) == 0


def test_the_cursor_reads_the_output_and_follows_it_while_it_changes(qtbot, view, snapshot):
    said = []
    view.hovered.connect(said.append)
    view.draw(ramp(snapshot))
    target = view.mapFromScene(view.box.mapViewToScene(QPointF(0.75, 0.25)))
    QTest.mouseMove(view.viewport(), target + QPoint(2, 2))
    QTest.mouseMove(view.viewport(), target)
    qtbot.waitUntil(lambda: bool(said) and "output +0.5" in said[-1])
    assert "x₁ 0.7" in said[-1]
    assert "x₂ 0.2" in said[-1]
    assert "inside" in said[-1]
    negative = ramp(snapshot)
    view.draw(replace(negative, boundary=Boundary(-negative.boundary.outputs, ())))
    assert "output -0.5" in said[-1]
    assert "outside" in said[-1]


def test_the_wheel_zooms_within_the_square_and_a_double_click_shows_it_whole(qtbot, view):
    box = view.box
    box.scaleBy((0.5, 0.5))
    assert np.ptp(box.viewRange()[0]) == pytest.approx(0.5)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().center())
    assert np.allclose(box.viewRange(), [[0, 1], [0, 1]])
    box.scaleBy((1e-9, 1e-9))
    assert np.ptp(box.viewRange(), axis=1) == pytest.approx([0.02, 0.02], rel=1e-3), "no deeper, and both alike"
    box.scaleBy((1e9, 1e9))
    assert np.allclose(box.viewRange(), [[0, 1], [0, 1]])


def test_it_has_its_name(view):
    assert view.accessibleName() == "Decision boundary"


def with_focus(snapshot, neuron, scale):
    """The same snapshot with a neuron in focus, whose value runs from -scale at the top to +scale at the bottom."""
    values = np.tile(np.linspace(1, -1, 65, dtype=np.float32)[:, np.newaxis], (1, 65))
    boundary = Boundary(values, (np.array([[0.0, 0.5], [1.0, 0.5]]),))
    return replace(snapshot, focus=NeuronPicture(neuron, boundary, scale))


def test_a_neuron_in_focus_stands_in_the_boundarys_place_and_leaves_it_at_once(view, snapshot):
    hide_points(view)
    view.draw(ramp(snapshot))
    before, place = view.grab().toImage(), view.box.sceneBoundingRect()
    view.draw(with_focus(ramp(snapshot), Neuron(2, 6), 1.8412))
    assert [caption.text() for caption in captions(view)] == ["layer 2, neuron 7 · ±1.84"]
    assert view.box.sceneBoundingRect() == place, "nothing moves"
    assert pixel(view, 0.02, 0.02).blue() > pixel(view, 0.02, 0.02).red()
    assert pixel(view, 0.98, 0.7).blue() < pixel(view, 0.98, 0.7).red()
    assert all(
        abs(a - b) < 12 for a, b in zip(pixel(view, 0.3, 0.5).getRgb(), LIGHT.color("text").getRgb(), strict=True)
    ), "the line where the neuron is 0"
    view.draw(ramp(snapshot))
    assert view.grab().toImage() == before


def test_the_cursor_reads_the_neuron_in_focus_and_then_the_output_again(view, snapshot):
    said = []
    view.hovered.connect(said.append)
    view.draw(with_focus(ramp(snapshot), Neuron(4, 0), 20.0))
    view.point_at(view.box.mapViewToScene(QPointF(0.75, 0.25)))
    assert said[-1] == "x₁ 0.750   x₂ 0.250   output 1 (outside)   +10.0"
    view.draw(ramp(snapshot))
    assert said[-1] == "x₁ 0.750   x₂ 0.250   output +0.500   inside"


@pytest.mark.parametrize("size", [(500, 500), (420, 431)])
def test_the_map_has_a_frame_at_its_edge(qtbot, view, snapshot, size):
    hide_points(view)
    view.draw(snapshot)
    view.resize(*size)
    picture = view.sheet.grab().toImage()
    right, bottom = picture.width() - 1, picture.height() - 1
    for x, y in ((0, 9), (right, 9), (9, 0), (9, bottom)):
        assert picture.pixelColor(x, y) == LIGHT.color("border")


def test_zooming_leaves_the_caption_where_it_is(view, snapshot):
    view.draw(with_focus(snapshot, Neuron(0, 0), 1.7))
    (caption,) = captions(view)
    place = caption.sceneBoundingRect()
    view.box.scaleBy((0.5, 0.5))
    assert caption.sceneBoundingRect() == place


def test_what_is_under_the_cursor_is_told_anew_when_the_view_moves_under_it(qtbot, view, snapshot):
    said = []
    view.hovered.connect(said.append)
    view.draw(snapshot)
    view.box.setRange(xRange=(0, 0.5), yRange=(0, 0.5), padding=0)
    view.setFocus()
    qtbot.mouseMove(view.viewport(), view.mapFromScene(view.box.mapViewToScene(QPointF(0.4, 0.4))))
    assert said[-1].startswith("x₁ 0.40")
    view.reset_zoom()
    assert said[-1].startswith("x₁ 0.80"), "though the keys' cross is in the middle"
