"""The page "Hidden plane": what it draws of a snapshot, what it asks for, and what it says."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QLabel,
    QSpinBox,
    QToolButton,
)

from tests.visualdl.gui.finding import items_on, named
from tests.visualdl.watched import Watched, frame_of
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.plane.page import PlanePage
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import HiddenPlane


@pytest.fixture
def page(qtbot):
    page = PlanePage(LIGHT)
    qtbot.addWidget(page)
    page.resize(420, 560)
    page.show()
    page.wanted, page.said = [], []
    page.plane_wanted.connect(page.wanted.append)
    page.hovered.connect(page.said.append)
    return page


@pytest.fixture(scope="module")
def snapshot(trained):
    return trained.snapshot()


def part(page, kind, name):
    return next(widget for widget in page.findChildren(kind) if widget.accessibleName() == name)


def boxes(page):
    return [part(page, QSpinBox, f"Plane neuron {axis}") for axis in ("across", "up")]


def plot_of(page):
    return named(page, "Hidden plane plot")


def grid_lines(page):
    """The paths of the grid's lines, one for each direction."""
    lines = [item.path() for item in items_on(plot_of(page), QGraphicsPathItem) if item.pen().widthF() == 0.8]
    assert len(lines) == 2
    return lines


def decision(page):
    """The lines that are to be seen where the two neurons are equal: one, or none."""
    lines = items_on(plot_of(page), QGraphicsLineItem)
    return [line.line() for line in lines if line.pen().style() == Qt.PenStyle.DashLine]


def points_picture(page):
    """The picture of the points, which is the one picture there is; None if it is not to be seen."""
    pictures = items_on(plot_of(page), QGraphicsPixmapItem)
    assert len(pictures) <= 1
    return pictures[0].pixmap().toImage() if pictures else None


def note(page):
    return part(page, QLabel, "Plane note").text()


def choose_layer(page, index):
    layers = part(page, QComboBox, "Plane layer")
    layers.setCurrentIndex(index)
    layers.activated.emit(index)


def other_network(snapshot, **choices):
    return replace(snapshot, experiment=Experiment(**choices), plane=None)


def line_ends(path):
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    return np.array([(element.x, element.y) for element in elements])


def test_it_begins_with_the_first_two_neurons_of_the_last_hidden_layer(page):
    assert page.accessibleName() == "Hidden plane"
    assert page.neurons == (Neuron(3, 0), Neuron(3, 1))
    assert part(page, QComboBox, "Plane layer").currentText() == "layer 3 · 25 ReLU"
    assert PlanePage(LIGHT, Experiment(depth=0)).neurons == (Neuron(1, 0), Neuron(1, 1))


def test_layers_are_named_with_what_they_are_now(page, snapshot):
    layers = Layer(25, "ReLU"), Layer(8, "Tanh")
    page.draw(frame_of(snapshot, experiment=Experiment(layers=layers), plane=None))
    layers = named(page, "Plane layer", QComboBox)
    names = [layers.itemText(index) for index in range(layers.count())]
    assert names == ["inputs", "layer 1 · 25 ReLU", "layer 2 · 8 Tanh", "outputs"]


def test_the_grids_lines_run_through_what_the_neurons_say(page, trained, snapshot, plane_of):
    plane = plane_of(trained, page.neurons)
    page.draw(frame_of(snapshot, plane=plane))
    for path, grid in zip(grid_lines(page), (plane.grid, plane.grid.transpose(1, 0, 2)), strict=True):
        places = line_ends(path)
        assert np.allclose(places[: len(grid)], grid[0]), "the lines of one direction, one after the other"
        assert set(map(tuple, grid.reshape(-1, 2).tolist())) <= set(map(tuple, places.astype(np.float32).tolist()))
    bounds = plot_of(page).box.viewRange()
    for axis in (0, 1):
        values = np.append(plane.grid[..., axis], plane.points[:, axis])
        assert bounds[axis][0] < values.min() <= values.max() < bounds[axis][1]
    labels = [plot_of(page).getAxis(side).labelText for side in ("bottom", "left")]
    assert labels == ["layer 3, neuron 1", "layer 3, neuron 2"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_points_stand_where_the_axes_say_in_their_classs_colour(page, snapshot, theme):
    page.set_theme(theme)
    grid = np.stack(np.meshgrid(np.linspace(0, 1, 3), np.linspace(0, 1, 3)), axis=-1)
    points, labels = np.array([[0.25, 0.75], [0.75, 0.25]]), np.array([1, 0])
    page.draw(frame_of(snapshot, plane=HiddenPlane(page.neurons, grid, points, labels)))
    plot = plot_of(page)
    for (x, y), role in zip(points, ("positive_point", "negative_point"), strict=True):
        place = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
        assert plot.grab().toImage().pixelColor(place + QPoint(0, 1)).name() == getattr(theme, role)


def test_beside_every_number_there_is_a_mark_and_nowhere_else(page, trained, snapshot, plane_of):
    page.draw(frame_of(snapshot, plane=plane_of(trained, page.neurons)))
    plot = plot_of(page)
    corner, size = plot.mapFromScene(plot.box.sceneBoundingRect().bottomLeft()), plot.box.rect().size()
    image = plot.grab().toImage()
    below = [x for x in range(corner.x() + 1, image.width()) if image.pixel(x, corner.y() + 3) != image.pixel(1, 1)]
    beside = [y for y in range(1, corner.y()) if image.pixel(corner.x() - 3, y) != image.pixel(1, 1)]
    axes = plot.getAxis("bottom"), plot.getAxis("left")
    for axis, length, marks in zip(axes, (size.width(), size.height()), (below, beside), strict=True):
        places = [plot.mapFromScene(plot.box.mapViewToScene(QPointF(at, at))) for at in axis.labelled(length)]
        pixels = [place.x() if marks is below else place.y() for place in places]
        assert len(pixels) >= 2
        assert all(any(abs(mark - pixel) <= 1 for mark in marks) for pixel in pixels)
        assert all(any(abs(mark - pixel) <= 1 for pixel in pixels) for mark in marks)


def test_every_choice_is_asked_for(page):
    across, up = boxes(page)
    across.setValue(7)
    up.setValue(25)
    choose_layer(page, 1)
    choose_layer(page, 4)
    assert page.wanted == [
        (Neuron(3, 6), Neuron(3, 1)),
        (Neuron(3, 6), Neuron(3, 24)),
        (Neuron(1, 6), Neuron(1, 24)),
        (Neuron(4, 0), Neuron(4, 1)),
    ]
    assert (across.maximum(), up.maximum()) == (2, 2)
    assert "There is no" not in note(page), "the user chose it"


def test_the_neuron_of_the_other_axis_exchanges_the_two(page):
    across, up = boxes(page)
    up.setValue(9)
    across.setValue(9)
    assert page.wanted[-1] == (Neuron(3, 8), Neuron(3, 0))
    assert (across.value(), up.value()) == (9, 1)


def test_neurons_that_are_gone_become_the_nearest_it_says_so_and_they_come_back(page, snapshot):
    boxes(page)[1].setValue(20)
    page.draw(frame_of(other_network(snapshot, width=8)))
    assert page.wanted[-1] == (Neuron(3, 0), Neuron(3, 7))
    assert note(page) == "There is no neuron 20 now: these are 1 and 8."
    page.draw(frame_of(other_network(snapshot, depth=1)))
    assert page.wanted[-1] == (Neuron(1, 0), Neuron(1, 19))
    assert note(page) == "There is no layer 3 now: this is layer 1."
    page.draw(frame_of(snapshot))
    assert page.wanted[-1] == (Neuron(3, 0), Neuron(3, 19))
    assert "now" not in note(page)


def test_outputs_stay_outputs_and_untouched_it_follows_the_last_hidden_layer(page, snapshot):
    page.draw(frame_of(other_network(snapshot, depth=5)))
    assert page.wanted == [(Neuron(5, 0), Neuron(5, 1))]
    choose_layer(page, 6)
    boxes(page)[0].setValue(2)
    page.draw(frame_of(other_network(snapshot, depth=8)))
    assert page.wanted[-1] == (Neuron(9, 1), Neuron(9, 0))
    assert "inside is below" in note(page)


def test_what_is_being_typed_outlives_a_frame(qtbot, page, snapshot):
    across = boxes(page)[0]
    across.selectAll()
    qtbot.keyClicks(across, "1")
    qtbot.keyClicks(across, "2")
    page.draw(frame_of(snapshot))
    assert across.text() == "12"
    assert page.wanted == []
    page.commit()
    assert page.wanted == [(Neuron(3, 11), Neuron(3, 1))]


def test_the_line_that_decides_is_drawn_for_outputs_only(page, trained, snapshot, plane_of):
    page.draw(frame_of(snapshot, plane=plane_of(trained, page.neurons)))
    assert decision(page) == []
    choose_layer(page, 4)
    page.draw(frame_of(snapshot, plane=plane_of(trained, page.neurons)))
    (line,) = decision(page)
    assert (line.x1(), line.x2()) == (line.y1(), line.y2())
    assert line.x1() < -1 < 1 < line.x2()


@pytest.mark.parametrize("value", [0.0, 0.3, -2.0, np.nan, np.inf, 3e38])
def test_dead_neurons_and_numbers_that_are_none_are_survived(page, trained, snapshot, plane_of, value):
    plane = plane_of(trained, page.neurons)
    grid, points = plane.grid.copy(), plane.points.copy()
    grid[..., 0] = points[:, 0] = value
    page.draw(frame_of(snapshot, plane=replace(plane, grid=grid, points=points)))
    left, right = plot_of(page).box.viewRange()[0]
    assert np.isfinite([left, right]).all()
    assert left < (value if abs(value) < 1e30 else 0) < right
    for path in grid_lines(page):
        assert (np.abs(line_ends(path)) < 1e30).all()
    assert page.grab().width()
    grid[3, 3] = np.nan
    page.draw(frame_of(snapshot, plane=replace(plane, grid=grid)))


def test_without_a_plane_nothing_is_drawn(page, trained, snapshot, plane_of):
    empty = page.grab().toImage()
    page.draw(frame_of(snapshot, plane=plane_of(trained, page.neurons)))
    assert page.grab().toImage() != empty
    page.draw(frame_of(snapshot))
    assert points_picture(page) is None
    assert all(path.isEmpty() for path in grid_lines(page))


def test_ranges_stay_when_the_user_has_zoomed_until_asked_to_fit(page, trained, snapshot, plane_of):
    plane = plane_of(trained, page.neurons)
    page.draw(frame_of(snapshot, plane=plane))
    whole, fit = plot_of(page).box.viewRange(), part(page, QToolButton, "Fit hidden plane")
    assert not fit.isVisible()
    plot_of(page).box.scaleBy((0.5, 0.5))
    plot_of(page).box.sigRangeChangedManually.emit([True, True])
    zoomed = plot_of(page).box.viewRange()
    page.draw(frame_of(snapshot, plane=replace(plane, grid=plane.grid * 3)))
    assert plot_of(page).box.viewRange() == zoomed
    assert fit.isVisible()
    page.draw(frame_of(snapshot, plane=plane))
    QTest.mouseClick(fit, Qt.MouseButton.LeftButton)
    assert np.allclose(plot_of(page).box.viewRange(), whole)
    assert not fit.isVisible()


def test_hovering_tells_both_values(page, snapshot):
    grid = np.stack(np.meshgrid(np.linspace(0, 1, 3), np.linspace(0, 1, 3)), axis=-1)
    plane = HiddenPlane((Neuron(2, 4), Neuron(2, 0)), grid, grid.reshape(-1, 2), np.zeros(9, dtype=int))
    page.draw(frame_of(snapshot, plane=plane))
    plot = plot_of(page)
    place = plot.box.mapViewToScene(QPointF(0.5, 0.25))
    plot.point_at(place)
    assert page.said == ["layer 2, neuron 5  +0.500   layer 2, neuron 1  +0.250"]
    plot.point_at(None)
    assert page.said[-1] == ""


def test_a_network_without_hidden_layers_shows_its_outputs(qtbot, plane_of):
    run = Watched(Experiment(depth=0))
    page = PlanePage(LIGHT)
    qtbot.addWidget(page)
    page.draw(frame_of(run.snapshot()))
    assert page.neurons == (Neuron(1, 0), Neuron(1, 1))
    assert note(page) == "There is no hidden layer: these are the outputs."
    page.draw(frame_of(run.snapshot(), plane=plane_of(run, page.neurons)))
    assert len(decision(page)) == 1


def test_a_value_has_the_same_colour_as_on_the_boundary_whatever_the_largest_one_shown(page, plane_of):
    run = Watched(Experiment(dataset="Plane", depth=0, samples=50))
    shown = run.snapshot()
    page.draw(frame_of(shown))
    plane = plane_of(run, page.neurons)

    def picture(share, scale):
        data = replace(shown.data, scale=scale * shown.data.scale)
        page.draw(frame_of(shown, plane=replace(plane, labels=plane.labels * share), data=data))
        return points_picture(page)

    assert picture(0.25, 1) == picture(1, 4) != picture(1, 1)
