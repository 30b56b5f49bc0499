"""A curve plot shows the numbers it was given, on axes that follow them until the user takes over."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QGraphicsPathItem
from pytestqt.qtbot import QtBot

from tests.visualdl.gui.finding import items_on
from visualdl.gui.theme import DARK, LIGHT, Theme
from visualdl.gui.views.plots.curve_plot import CurvePlot
from visualdl.gui.views.plots.grid import Grid

TRAIN, TEST, MARKERS = (Qt.PenStyle.SolidLine, 1.8), (Qt.PenStyle.CustomDashLine, 1.4), (Qt.PenStyle.DotLine, 1)
"""How each of them is drawn: its dashes, and its width in pixels."""


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    plot = CurvePlot(QFont())
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(330, 260)
    plot.grab()  # lays it out and paints it
    return plot


def draw(
    plot: CurvePlot, train: list[float], test: list[float] | None = None, epochs: list[float] | None = None
) -> None:
    moments = np.array(range(len(train)) if epochs is None else epochs, float)
    plot.draw(moments, np.array([train, train if test is None else test], float))


def line(plot: CurvePlot, pen: tuple[Qt.PenStyle, float]) -> QGraphicsPathItem:
    items = items_on(plot, QGraphicsPathItem)
    return next(item for item in items if (item.pen().style(), item.pen().widthF()) == pen)


def points(path: QPainterPath) -> np.ndarray:
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    return np.array([(element.x, element.y) for element in elements]).reshape(-1, 2)


def dots(plot: CurvePlot) -> list[tuple[float, float]]:
    return [item.pos().toTuple() for item in items_on(plot, QGraphicsEllipseItem)]


def place(plot: CurvePlot, epoch: float, value: float) -> QPoint:
    scene_place = plot.getViewBox().mapViewToScene(QPointF(epoch, value))
    return plot.mapFromScene(scene_place)


def turn_wheel(plot: CurvePlot) -> None:
    spot = QPointF(place(plot, 5, 1.0))
    wheel = QWheelEvent(
        spot, spot, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier(0),
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), wheel)


def shown(plot: CurvePlot) -> np.ndarray:
    return np.array(plot.viewRange())


def test_the_lines_go_through_the_data(plot: CurvePlot) -> None:
    draw(plot, [2, 1, 0.5], [3, 2, 1])
    np.testing.assert_allclose(points(line(plot, TRAIN).path()), [(0, 2), (1, 1), (2, 0.5)])
    np.testing.assert_allclose(points(line(plot, TEST).path()), [(0, 3), (1, 2), (2, 1)])


@pytest.mark.parametrize("size", [(330, 260), (500, 300)])
def test_a_line_is_painted_where_the_axes_say(plot: CurvePlot, size: tuple[int, int]) -> None:
    plot.resize(*size)
    draw(plot, [27, 27], [np.nan, np.nan], epochs=[0, 40])
    picture = plot.grab().toImage()
    spot = place(plot, 34, 27)
    column = [picture.pixelColor(spot.x(), y).lightness() for y in range(picture.height())]
    row = int(np.argmin(column))
    assert row == pytest.approx(spot.y(), abs=1)
    on_the_grid = place(plot, 20, 27)
    assert [picture.pixelColor(on_the_grid.x() + shift, row) for shift in (-1, 0, 1)] == [
        picture.pixelColor(spot.x(), row)
    ] * 3, "the grid is under the line"


def numbers_on(plot: CurvePlot, side: str) -> list[QPointF]:
    """Return where the middles of an axis's numbers are painted, on the sheet."""
    axis, canvas = plot.getAxis(side), QPixmap(1, 1)
    with QPainter(canvas) as painter:
        _, _, texts = axis.generateDrawSpecs(painter)
    return [plot.mapFromScene(axis.mapToScene(rect.center())) - plot.sheet.pos() for rect, *_ in texts]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("size", [(330, 260), (331, 263), (205, 147), (214, 133)])
def test_grid_lines_are_one_pixel_wide_and_where_the_numbers_are(
    plot: CurvePlot, size: tuple[int, int], log: bool
) -> None:
    plot.set_log(log)
    draw(plot, [40, 3], [np.nan, np.nan], epochs=[0, 10])
    plot.show()
    plot.resize(*size)
    QApplication.processEvents()  # lays out
    for item in plot.sheet.scene().items():
        item.setVisible(isinstance(item, Grid))
    picture = plot.sheet.grab().toImage()
    empty = LIGHT.color("surface")
    columns = [x for x in range(picture.width()) if picture.pixelColor(x, picture.height() - 2) != empty]
    assert columns == pytest.approx([place.x() for place in numbers_on(plot, "bottom")], abs=1)
    rows = [y for y in range(picture.height()) if picture.pixelColor(1, y) != empty]
    assert rows == pytest.approx(sorted(place.y() for place in numbers_on(plot, "left")), abs=1.5)
    assert len(rows) >= 2


def test_a_logarithmic_axis_has_numbers_however_far_it_is_zoomed(plot: CurvePlot) -> None:
    draw(plot, [0.8, 0.2])
    plot.set_log(True)
    for _ in range(12):
        assert len(numbers_on(plot, "left")) >= 2
        turn_wheel(plot)


def test_on_a_logarithmic_axis_the_lines_go_through_the_powers_of_ten(plot: CurvePlot) -> None:
    draw(plot, [100, 1, 0.1])
    plot.set_log(True)
    np.testing.assert_allclose(points(line(plot, TRAIN).path()), [(0, 2), (1, 0), (2, -1)], atol=1e-6)
    plot.set_log(False)
    np.testing.assert_allclose(points(line(plot, TRAIN).path()), [(0, 100), (1, 1), (2, 0.1)], rtol=1e-6)


def test_on_a_logarithmic_axis_zeros_run_in_sight_below_every_positive_value(plot: CurvePlot) -> None:
    plot.set_log(True)
    draw(plot, [1, 0, -1, 0.1])
    plot.grab()
    heights = points(line(plot, TRAIN).path())[:, 1]
    assert heights[0] == 0
    assert heights[1] == heights[2]
    assert shown(plot)[1, 0] < heights[1] < heights[3]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_leaves_a_gap(plot: CurvePlot, value: float, log: bool) -> None:
    plot.set_log(log)
    draw(plot, [1, 2, value, 3, 4])
    path = line(plot, TRAIN).path()
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    reached = {element.x for before, element in pairwise(elements) if element.isLineTo() and element.x != before.x}
    assert reached == {1, 4}


def test_one_moment_is_seen_as_dots(plot: CurvePlot) -> None:
    assert dots(plot) == []
    draw(plot, [1], [2])
    assert dots(plot) == [(0, 1), (0, 2)]


def test_dots_stand_at_the_latest_moment(plot: CurvePlot) -> None:
    draw(plot, [2, 1, 0.5], [3, 2, 1])
    assert dots(plot) == [(2, 0.5), (2, 1)]


def test_changes_are_marked_at_their_epochs_over_the_whole_height(plot: CurvePlot) -> None:
    draw(plot, [2, 1])
    plot.draw_markers([0.5, 3.25])
    markers = line(plot, MARKERS)
    np.testing.assert_allclose(points(markers.path())[:, 0], [0.5, 0.5, 3.25, 3.25])
    heights = points(markers.transform().map(markers.path()))[:2, 1]
    np.testing.assert_allclose(heights, shown(plot)[1])
    turn_wheel(plot)
    np.testing.assert_allclose(points(markers.transform().map(markers.path()))[:2, 1], shown(plot)[1])
    plot.draw_markers([])
    assert markers.path().isEmpty()


def test_the_ranges_follow_the_run(plot: CurvePlot) -> None:
    draw(plot, [1.9, 1])
    np.testing.assert_allclose(shown(plot), [(-0.3, 10.3), (-0.06, 2.06)])
    draw(plot, [4, 1], epochs=[0, 29])
    np.testing.assert_allclose(shown(plot), [(-0.9, 30.9), (-0.12, 4.12)])


def test_usual_numbers_are_shown_after_very_large_ones(plot: CurvePlot) -> None:
    draw(plot, [1e30, 2e30])
    plot.grab()
    draw(plot, [0.3, 0.2])  # between new limits and new ranges the axis is for a moment around 1e30, and of no length
    plot.grab()
    np.testing.assert_allclose(shown(plot)[1], (-0.009, 0.309))
    drawn = line(plot, TRAIN)
    heights = points(drawn.sceneTransform().map(drawn.path()))[:, 1]
    assert 0 < heights[0] < heights[1] < plot.sheet.height()


def test_within_a_step_the_ranges_stay(plot: CurvePlot, qtbot: QtBot) -> None:
    draw(plot, [1.9, 1], epochs=[0, 11])
    with qtbot.assertNotEmitted(plot.getViewBox().sigStateChanged):
        draw(plot, [1.9, 1, 0.5], epochs=[0, 11, 11.5])


def test_turning_the_wheel_stops_the_following_until_a_double_click(plot: CurvePlot, qtbot: QtBot) -> None:
    draw(plot, [1.9, 1])
    turn_wheel(plot)
    zoomed = shown(plot)
    assert zoomed[0, 1] - zoomed[0, 0] < 10
    draw(plot, [4, 1], epochs=[0, 29])
    np.testing.assert_array_equal(shown(plot), zoomed)
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    np.testing.assert_allclose(shown(plot), [(-0.9, 30.9), (-0.12, 4.12)])
    draw(plot, [4, 1], epochs=[0, 39])
    assert shown(plot)[0, 1] == pytest.approx(41.2)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("direction", [0.5, 2])
def test_zooming_without_end_raises_nothing(plot: CurvePlot, direction: float, log: bool) -> None:
    draw(plot, [1.9, 1])
    plot.set_log(log)
    for _ in range(100):
        plot.getViewBox().scaleBy((direction, direction))
        plot.grab()
    assert np.isfinite(shown(plot)).all()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_theme_recolours_what_is_drawn(plot: CurvePlot, theme: Theme) -> None:
    draw(plot, [2, 1])
    plot.set_theme(LIGHT if theme is DARK else DARK)
    plot.set_theme(theme)
    assert line(plot, TRAIN).pen().color() == theme.color("accent")
    assert line(plot, TEST).pen().color() == theme.color("text")
    assert line(plot, MARKERS).pen().color() == theme.color("muted")
    for side in ("left", "bottom"):
        assert plot.getAxis(side).textPen().color() == theme.color("muted")
    picture = plot.grab().toImage()
    assert picture.pixelColor(1, 1) == picture.pixelColor(1, picture.height() - 1) == theme.color("surface")


def test_the_plot_stays_where_it_is_when_its_numbers_get_longer(plot: CurvePlot) -> None:
    draw(plot, [1, 1])
    plot.grab()
    before = plot.getViewBox().sceneBoundingRect()
    draw(plot, [123456, 1], epochs=[0, 23456])
    plot.grab()
    QApplication.processEvents()  # a layout that follows what was painted would change now
    assert plot.getViewBox().sceneBoundingRect() == before


def test_the_wheel_shows_no_more_than_there_is(plot: CurvePlot) -> None:
    draw(plot, [2, 1, 0.5])
    whole = shown(plot)
    plot.getViewBox().scaleBy((1e9, 1e9))
    assert (np.ptp(shown(plot), axis=1) <= 1.1 * np.ptp(whole, axis=1)).all()
    plot.getViewBox().scaleBy((1e-12, 1e-12))
    assert (np.ptp(shown(plot), axis=1) > 1e-5 * np.ptp(whole, axis=1)).all()
