"""The page shows each count where it belongs, a few times a second, and of a regression the values themselves."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPixmapItem, QLabel, QStyle, QTableView, QWidget

from tests.visualdl.gui.finding import items_on, named
from tests.visualdl.watched import Watched, frame_of
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.confusion.page import OF_CLASSES, OF_VALUES, ConfusionPage
from visualdl.gui.views.plots.grid import Grid
from visualdl.training.values.pictures import Confusion, PredictedValues
from visualdl.training.values.snapshot_request import SnapshotRequest

RINGS = Experiment(dataset="Rings", samples=300, depth=0)
PLANE = Experiment(samples=100).choose("dataset", "Plane")


def snapshot_of(experiment, predictions=None):
    snapshot = Watched(experiment).snapshot(SnapshotRequest(predictions=True))
    return snapshot if predictions is None else replace(snapshot, predictions=predictions)


@pytest.fixture
def page(qtbot):
    page = ConfusionPage(LIGHT)
    qtbot.addWidget(page)
    page.resize(398, 560)  # as in the smallest window
    page.show()
    return page


def table(page, name):
    return next(each for each in page.findChildren(QTableView) if name in each.accessibleName())


def cell(view, row, column, role=Qt.ItemDataRole.DisplayRole):
    return view.model().data(view.model().index(row, column), role)


def words(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def plot_of(page):
    return named(page, "Predicted values")


def points_picture(page):
    """Return the picture of the points, which is the one picture on the plot."""
    (item,) = items_on(plot_of(page), QGraphicsPixmapItem)
    return item.pixmap()


def ink(page):
    """Return how opaque the picture of the points is at each pixel of the axes."""
    picture = points_picture(page).toImage().convertToFormat(QImage.Format.Format_Alpha8)
    return np.frombuffer(picture.bits(), np.uint8).reshape(picture.height(), -1)[:, : picture.width()].copy()


def is_inked(page, place):
    """Return whether there is a symbol at a place in pixels: a hollow one has its ink around it."""
    column, row = place.astype(int)
    return ink(page)[max(row - 3, 0) : row + 4, max(column - 3, 0) : column + 4].any()


def counts(*rows):
    return np.array(rows, np.int64)


def test_each_count_stands_at_its_true_and_its_predicted_class_with_percent_of_its_row(page):
    train = counts([30, 10, 0], [5, 45, 0], [0, 0, 60])
    page.draw(frame_of(snapshot_of(replace(RINGS, classes=3), Confusion(train, train.T.copy()))))
    view = table(page, "training")
    assert cell(view, 0, 1) == "10\n25.0 %"
    assert cell(view, 1, 0) == "5\n10.0 %"
    assert cell(view, 0, 2) == "0"
    assert cell(table(page, "test"), 0, 1) == "5\n14.3 %"
    said = cell(view, 0, 1, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "10 points that are orange are said to be blue: 25.0 % of those that are"
    assert "Training: 15 of 150 points wrong, 10.0 %" in words(page)
    assert OF_CLASSES in words(page)


def test_a_cell_is_the_stronger_the_more_of_its_row_it_has(page):
    page.draw(frame_of(snapshot_of(RINGS, Confusion(counts([9, 1], [0, 0]), counts([1, 1], [1, 1])))))
    strengths = [cell(table(page, "training"), 0, column, Qt.ItemDataRole.BackgroundRole).alphaF() for column in (0, 1)]
    assert strengths == pytest.approx([0.45, 0.05], abs=0.01)
    assert cell(table(page, "training"), 1, 0) == "0", "a class without points has no share"


@pytest.mark.parametrize("classes", [2, 4, 5, 6])
def test_all_classes_fit_and_are_named(page, qtbot, classes):
    snapshot = snapshot_of(replace(RINGS, classes=classes))
    page.draw(frame_of(snapshot))
    page.grab()  # lays out
    for name in ("training", "test"):
        view = table(page, name)
        model = view.model()
        assert (model.rowCount(), model.columnCount()) == (classes, classes)
        names = [model.headerData(each, Qt.Orientation.Vertical) for each in range(classes)]
        assert tuple(names) == snapshot.experiment.class_names
        assert view.verticalHeader().length() <= view.viewport().height()
        assert view.horizontalHeader().length() <= view.viewport().width()
        margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1
        assert view.columnWidth(0) >= view.fontMetrics().horizontalAdvance("99.9 %") + 2 * margin
        assert view.rowHeight(0) >= 2 * view.fontMetrics().height()
        tips = [model.headerData(each, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for each in (0, 1)]
        assert tips == ["Predicted class: orange", "Predicted class: blue"]


def test_while_training_goes_on_it_is_drawn_a_few_times_a_second_and_at_rest_at_once(page):
    first, second = Confusion(*[counts([4, 1], [1, 4])] * 2), Confusion(*[counts([5, 0], [0, 5])] * 2)
    page.draw(frame_of(snapshot_of(RINGS, first), advancing=True))
    page.draw(frame_of(snapshot_of(RINGS, second), advancing=True))
    assert cell(table(page, "training"), 0, 0).startswith("4")
    page.draw(frame_of(snapshot_of(RINGS, second)))
    assert cell(table(page, "training"), 0, 0).startswith("5")


def test_a_regression_shows_predicted_over_true_values_and_says_why(page):
    snapshot = snapshot_of(PLANE)
    page.draw(frame_of(snapshot))
    assert OF_VALUES.format("Plane") in words(page)
    page.grab()  # lays out
    train, test = (plot_of(page).pixels_of(pairs) for pairs in (snapshot.predictions.train, snapshot.predictions.test))
    assert all(is_inked(page, place) for place in (*train, *test))
    nothing = snapshot.predictions.test[:0]
    page.draw(frame_of(snapshot, predictions=replace(snapshot.predictions, test=nothing)))
    assert all(is_inked(page, place) for place in train)
    assert not all(is_inked(page, place) for place in test)
    page.draw(frame_of(snapshot_of(RINGS)))
    assert OF_CLASSES in words(page)


def test_predictions_without_a_place_are_left_out_and_those_beyond_stand_at_the_edge(page):
    pairs = np.array([[0.5, 100.0], [0.1, np.nan], [0.2, np.inf], [0.3, 0.25]])
    page.draw(frame_of(snapshot_of(PLANE, PredictedValues(pairs, pairs[:1], 1.0))))
    page.grab()  # lays out
    rows, columns = np.nonzero(ink(page))
    edge, inside = plot_of(page).pixels_of(np.array([[0.5, 1.1], [0.3, 0.25]]))
    right = columns > (edge[0] + inside[0]) / 2
    middle = columns[~right].mean() + 0.5, rows[~right].mean() + 0.5
    assert middle == pytest.approx(inside, abs=0.5)
    assert columns[right].mean() + 0.5 == pytest.approx(edge[0], abs=0.5)
    assert rows[right].mean() + 0.5 == pytest.approx(edge[1], abs=0.5), "all of it is in sight"


def test_usual_values_are_shown_after_very_large_ones(page):
    page.grab()  # lays out
    pairs = np.array([[0.5, 0.5]])
    for scale in (1e30, 1.0):
        page.draw(frame_of(snapshot_of(PLANE, PredictedValues(pairs, pairs[:0], scale))))
    assert is_inked(page, plot_of(page).pixels_of(pairs)[0])


def test_the_mouse_is_told_both_values(page):
    said = []
    page.hovered.connect(said.append)
    page.draw(frame_of(snapshot_of(PLANE)))
    page.grab()
    plot_of(page).point_at(plot_of(page).box.mapViewToScene(QPointF(0.5, -0.25)))
    assert said[-1] == "true value +0.500   predicted value -0.250"
    plot_of(page).point_at(None)
    assert said[-1] == ""


def test_its_names(page):
    assert page.accessibleName() == "Confusion matrix"
    names = {child.accessibleName() for child in page.findChildren(QWidget)}
    assert {"Confusion matrix, training points", "Confusion matrix, test points", "Predicted values"} <= names


def test_another_palette_recolours_the_cells(page):
    page.draw(frame_of(snapshot_of(RINGS)))
    before = page.grab().toImage()
    page.set_theme(DARK)
    assert page.grab().toImage() != before
    strongest = cell(table(page, "training"), 0, 0, Qt.ItemDataRole.BackgroundRole)
    assert strongest.name() == DARK.accent


def grid_of(plot):
    """Return the lines of the plot's grid."""
    (grid,) = items_on(plot, Grid)
    return grid.path()


def shade(page, place):
    """Return the colour of the points' picture at a place in pixels, and how opaque it is."""
    color = points_picture(page).toImage().pixelColor(*map(int, place))
    return color.name(), color.alpha()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_training_points_are_filled_and_test_points_hollow_in_every_palette(page, theme):
    page.grab()  # lays out
    train, test = np.array([[0.5, 0.5]]), np.array([[-0.5, -0.5]])
    page.draw(frame_of(snapshot_of(PLANE, PredictedValues(train, test, 1.0))))
    page.set_theme(theme)
    filled, hollow = plot_of(page).pixels_of(np.concatenate([train, test]))
    color, opaque = shade(page, filled)
    assert (QColor(color).hue(), opaque) == (theme.color("accent").hue(), pytest.approx(153, abs=3))
    assert shade(page, hollow)[1] == 0
    assert is_inked(page, hollow)


def test_points_and_the_grid_follow_the_axes_and_the_diagonal_is_there(page):
    page.grab()  # lays out
    pairs = np.array([[0.25, 0.5]])
    page.draw(frame_of(snapshot_of(PLANE, PredictedValues(pairs, pairs[:0], 1.0))))
    plot = plot_of(page)
    before, grid = plot.pixels_of(pairs)[0], grid_of(plot)
    plot.box.scaleBy((0.6, 0.6))
    after = plot.pixels_of(pairs)[0]
    assert np.abs(after - before).max() > 10
    assert is_inked(page, after)
    assert not is_inked(page, before)
    assert grid_of(plot) != grid
    plot.reset_zoom()
    (item,) = items_on(plot, QGraphicsLineItem)
    line = item.sceneTransform().map(item.line())
    assert line.p1().toTuple() == pytest.approx((0, plot.sheet.height()), abs=1)
    assert line.p2().toTuple() == pytest.approx((plot.sheet.width(), 0), abs=1)


def test_a_denser_screen_gets_a_denser_picture(page, monkeypatch):
    page.grab()  # lays out
    pairs = np.array([[0.25, 0.5]])
    page.draw(frame_of(snapshot_of(PLANE, PredictedValues(pairs, pairs[:0], 1.0))))
    monkeypatch.setattr(type(plot_of(page)), "devicePixelRatioF", lambda _plot: 2.0)
    plot_of(page).on_view_changed()
    assert points_picture(page).devicePixelRatio() == 2
    assert (ink(page) > 0).sum() > 50, "the symbol, too"
