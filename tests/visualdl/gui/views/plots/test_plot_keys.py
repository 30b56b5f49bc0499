"""A plot by keyboard: what the mouse can point at and zoom into, the keys can, too."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from visualdl.gui.actions import Actions
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.gui.views.confusion.prediction_plot import PredictionPlot
from visualdl.gui.views.curves.curve import loss_curve
from visualdl.gui.views.plots.curve_plot import CurvePlot

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot, trained):
    view = BoundaryView(LIGHT)
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    view.draw(trained.snapshot())
    view.said = []
    view.hovered.connect(view.said.append)
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    return view


def place(view):
    point = view.box.mapSceneToView(view.cross.place())
    return point.x(), point.y()


def test_the_cross_begins_in_the_middle_and_what_is_there_is_told(view):
    assert view.cross.isVisible()
    assert place(view) == pytest.approx((0.5, 0.5), abs=0.02)
    assert view.said[-1].startswith("x₁ 0.5")
    assert "output" in view.said[-1]


@pytest.mark.parametrize(
    ("key", "axis", "sign"),
    [(Qt.Key.Key_Left, 0, -1), (Qt.Key.Key_Right, 0, 1), (Qt.Key.Key_Up, 1, 1), (Qt.Key.Key_Down, 1, -1)],
)
def test_arrows_move_it_shift_faster_and_never_out_of_the_square(view, key, axis, sign):
    before = place(view)
    QTest.keyClick(view, key)
    near = place(view)
    QTest.keyClick(view, key, SHIFT)
    far = place(view)
    assert sign * (near[axis] - before[axis]) > 0
    assert sign * (far[axis] - near[axis]) > 5 * sign * (near[axis] - before[axis])
    assert far[1 - axis] == pytest.approx(before[1 - axis])
    for _ in range(20):
        QTest.keyClick(view, key, SHIFT)
    assert place(view)[axis] == pytest.approx(max(sign, 0), abs=0.01)
    assert view.said[-1]


def test_plus_and_minus_zoom_about_the_cross_and_home_shows_everything(view):
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    at = place(view)
    width = lambda: view.box.viewRect().width()  # noqa: E731
    whole = width()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    closer = width()
    assert closer < whole
    assert place(view) == pytest.approx(at, abs=0.01)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert width() == pytest.approx(whole, abs=0.02)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert width() == pytest.approx(whole)


def test_without_the_focus_there_is_no_cross_and_nothing_is_told(view):
    view.clearFocus()
    assert not view.cross.isVisible()
    assert view.said[-1] == ""


def test_other_keys_are_left_to_the_window(qtbot, view):
    with qtbot.assertNotEmitted(view.hovered):
        QTest.keyClick(view, Qt.Key.Key_A)


def test_a_curve_tells_of_the_moment_at_the_cross_and_stops_following_once_zoomed(qtbot, qapp, trained):
    actions = Actions(None)
    curve = loss_curve(actions.toggles["log_loss"])
    qtbot.addWidget(curve)
    curve.set_theme(LIGHT)
    curve.resize(400, 300)
    with qtbot.waitActive(curve):
        curve.show()
        curve.activateWindow()
    curve.draw(trained.curves())
    said, following = [], []
    curve.hovered.connect(said.append)
    curve.plot.following.connect(following.append)
    curve.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(curve.plot, Qt.Key.Key_Left, SHIFT)
    assert "epoch" in said[-1]
    QTest.keyClick(curve.plot, Qt.Key.Key_Plus)
    assert following[-1] is False
    QTest.keyClick(curve.plot, Qt.Key.Key_Home)
    assert following[-1] is True
    assert curve.plot.cross.isVisible()
    for _ in range(6):
        QTest.keyClick(curve.plot, Qt.Key.Key_Right, SHIFT)
    curve.resize(200, 200)
    qapp.processEvents()
    assert curve.plot.sheet.sceneRect().contains(curve.plot.cross.pos()), "in sight when the plot shrinks"
    QTest.keyClick(curve.plot, Qt.Key.Key_Left, SHIFT)
    here = said[-1]
    curve.resize(700, 300)
    qapp.processEvents()
    assert "epoch" in said[-1] != here, "it tells what is where it stands now"
    QTest.mouseMove(curve.plot.viewport(), QPoint(1, 1))
    QApplication.sendEvent(curve.plot, QEvent(QEvent.Type.Leave))
    assert "epoch" in said[-1], "the keys point again when the mouse has left"
    curve.plot.clearFocus()
    assert said[-1] == ""
    told = len(said)
    curve.resize(400, 300)
    qapp.processEvents()
    assert len(said) == told, "nothing points any more"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_theme_colours_the_cross_and_what_is_behind_it(qtbot, theme):
    for plot in (CurvePlot(QFont()), PredictionPlot(QFont(), LIGHT)):
        qtbot.addWidget(plot)
        plot.set_theme(theme)
        plot.resize(300, 200)
        picture = plot.grab().toImage()
        place = plot.sheet.geometry().topLeft() + QPoint(2, 2)
        assert picture.pixelColor(place) == picture.pixelColor(1, 1) == theme.color("surface")
        assert plot.cross.pen().color() == theme.color("text")
