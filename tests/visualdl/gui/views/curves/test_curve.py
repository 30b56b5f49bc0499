"""A curve view shows a run in its own unit, and says in words what is under the mouse."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from visualdl.gui.theme import DARK, LIGHT, Theme
from visualdl.gui.views.curves.curve import CurveView, error_curve, loss_curve
from visualdl.training.values.snapshot import Change, Curves


def run(
    train: list[float], test: list[float] | None = None, epochs: list[float] | None = None, *changes: Change
) -> Curves:
    """A run with these losses; its errors are a tenth of them."""
    losses = [np.array(values, np.float32) for values in (train, train if test is None else test)]
    moments = np.array(range(len(train)) if epochs is None else epochs, np.float32)
    return Curves(moments, *losses, *(loss / 10 for loss in losses), changes)


@pytest.fixture
def view(qtbot: QtBot) -> CurveView:
    view = loss_curve()
    qtbot.addWidget(view)
    view.resize(330, 290)
    view.grab()  # lays it out and paints it
    return view


def plot(view: CurveView) -> pg.PlotWidget:
    return view.findChild(pg.PlotWidget)


def place(view: CurveView, epoch: float, value: float) -> QPoint:
    scene_place = plot(view).getViewBox().mapViewToScene(QPointF(epoch, value))
    return plot(view).mapFromScene(scene_place)


def point_at(view: CurveView, epoch: float, value: float = 1.0) -> None:
    target = plot(view).viewport()
    spot = QPointF(place(view, epoch, value))
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(target, QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, Qt.KeyboardModifier(0)))


def shown(view: CurveView) -> np.ndarray:
    return np.array(plot(view).viewRange())


def test_they_are_found_by_their_accessible_names(qtbot: QtBot) -> None:
    views = loss_curve(), error_curve()
    for view in views:
        qtbot.addWidget(view)
    assert [view.accessibleName() for view in views] == ["Loss curve", "Error curve"]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "losses",
    [[], [1.0], [0.0], [np.nan], [np.inf, np.nan], [1, np.nan, 2, np.inf, 3], [3e38, 1e-44], [-1.0, -2.0]],
    ids=str,
)
def test_anything_a_run_may_hold_is_drawn_without_a_complaint(view: CurveView, losses: list[float], log: bool) -> None:
    view.set_log(log)
    view.draw(run(losses))
    view.grab()
    point_at(view, 0)
    assert np.isfinite(shown(view)).all()


def test_the_moment_under_the_mouse_is_told(view: CurveView, qtbot: QtBot) -> None:
    view.draw(run([2, 1.5, 0.3124], [3, 2, 0.355], [0, 4, 12.5]))
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 11)
    assert said.args == ["epoch 12.5: train loss 0.312, test loss 0.355"]
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        QApplication.sendEvent(plot(view), QEvent(QEvent.Type.Leave))
    assert said.args == [""]


def test_errors_are_drawn_and_told_in_percent(qtbot: QtBot) -> None:
    view = error_curve()
    qtbot.addWidget(view)
    view.resize(330, 290)
    view.grab()
    view.draw(run([5, 0.49], [5.2, 0.52]))
    assert shown(view)[1] == pytest.approx([-1.8, 61.8])
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 1)
    assert said.args == ["epoch 1: train error 4.9 %, test error 5.2 %"]


def test_beside_the_plot_nothing_is_told(view: CurveView, qtbot: QtBot) -> None:
    view.draw(run([2, 1]))
    point_at(view, 1)
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, -2)
    assert said.args == [""]


def test_a_resting_mouse_is_told_what_comes_under_it(view: CurveView, qtbot: QtBot) -> None:
    view.draw(run([2, 1]))
    point_at(view, 5)
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        view.draw(run([2, 1, 0.7]))
    assert said.args == ["epoch 2: train loss 0.7, test loss 0.7"]


def test_only_the_latest_50_changes_are_marked(view: CurveView, qtbot: QtBot) -> None:
    view.draw(run([2, 1], None, [0, 60], *(Change(float(epoch), f"change {epoch}") for epoch in range(60))))
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 10)
    assert said.args == ["epoch 0: train loss 2, test loss 2; change 11"]
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 8)
    assert said.args == ["epoch 0: train loss 2, test loss 2"]


def test_the_markers_of_an_older_run_go(view: CurveView) -> None:
    view.draw(run([2, 1]))
    without = view.grab().toImage()
    view.draw(run([2, 1], None, None, Change(5, "a")))
    assert view.grab().toImage() != without
    view.draw(run([2, 1]))
    assert view.grab().toImage() == without


def test_a_change_is_told_near_its_marker_only(view: CurveView, qtbot: QtBot) -> None:
    view.draw(run([2] * 11, None, None, Change(4.9, "batch size 50 -> 10"), Change(5, "learning rate 0.01 -> 0.03")))
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 5.05)
    assert said.args == ["epoch 5: train loss 2, test loss 2; learning rate 0.01 -> 0.03"]
    with qtbot.waitSignal(view.hovered, timeout=0) as said:
        point_at(view, 6)
    assert said.args == ["epoch 6: train loss 2, test loss 2"]


def test_a_button_to_follow_again_shows_while_zoomed(view: CurveView) -> None:
    view.draw(run([1.9, 1]))
    button = view.findChild(QToolButton)
    assert button.isHidden()
    box = plot(view).getViewBox()
    box.sigRangeChangedManually.emit(box.mouseEnabled())
    box.scaleBy((0.5, 0.5))
    assert not button.isHidden()
    button.click()
    assert button.isHidden()
    np.testing.assert_allclose(shown(view), [(-0.3, 10.3), (-0.06, 2.06)])


def test_a_right_click_opens_no_menu(view: CurveView, qtbot: QtBot) -> None:
    qtbot.mouseClick(plot(view).viewport(), Qt.MouseButton.RightButton, pos=QPoint(150, 100))
    assert QApplication.activePopupWidget() is None


def test_two_fit_above_each_other_in_320_by_500_pixels(view: CurveView) -> None:
    assert view.minimumSizeHint().width() <= 320
    assert view.minimumSizeHint().height() <= 250


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_theme_recolours_title_legend_and_plot(view: CurveView, theme: Theme) -> None:
    view.draw(run([2, 1]))
    view.set_theme(LIGHT if theme is DARK else DARK)
    view.set_theme(theme)
    picture = view.grab().toImage()
    title, below = (
        {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in rows}
        for rows in (range(22), range(30, picture.height()))
    )
    assert {theme.surface, theme.accent, theme.text} <= title
    assert {theme.surface, theme.accent} <= below
    other = LIGHT if theme is DARK else DARK
    assert other.surface not in title | below
