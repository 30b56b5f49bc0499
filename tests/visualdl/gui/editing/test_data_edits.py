"""Editing data on the map, with the mouse, in the window: put, wiped, undone; and what else then still works."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.experiment.task import BINARY, SOFTMAX
from visualdl.gui.views.boundary.brush import REACH, SPACING
from visualdl.gui.window.main_window import MainWindow

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
FEW = OwnData(np.array([[0.1, 0.1], [0.2, 0.1], [0.3, 0.1], [0.8, 0.9], [0.9, 0.9]]), [0, 0, 0, 1, 1], ("red", "green"))


@pytest.fixture
def window(lend):
    window = lend(Experiment(depth=1, width=5).with_own(FEW))
    window._own_data.edits.mode.trigger()
    return window


def at_rest(qtbot, window):
    qtbot.waitUntil(lambda: window.snapshot is not None and window._client.is_at_rest(), timeout=20_000)


def pixel(window, x1, x2):
    view = window._outcome.boundary
    return view.mapFromScene(view.box.mapViewToScene(QPointF(x1, x2)))


def stroke(window, button, *places):
    """Press at the first place of the square, move over the others, release at the last."""
    view = window._outcome.boundary.viewport()
    pixels = [pixel(window, *place) for place in places]

    def send(kind, place, changed, held):
        event = QMouseEvent(
            kind, QPointF(place), QPointF(view.mapToGlobal(place)), changed, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view, event)

    send(QEvent.Type.MouseButtonPress, pixels[0], button, button)
    for place in pixels[1:]:
        send(QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, button)
    send(QEvent.Type.MouseButtonRelease, pixels[-1], button, Qt.MouseButton.NoButton)


def own(window):
    return window.experiment.own


def shown(window):
    data = window.snapshot.data
    return {
        (*place, label)
        for part in (data.train, data.test)
        for place, label in zip(part.positions.round(2).tolist(), part.labels.tolist(), strict=True)
    }


def test_a_click_adds_a_point_of_the_chosen_class_and_training_goes_on(qtbot, window):
    window.set_speed(SPEED.maximum)
    window.set_training(True)
    qtbot.waitUntil(lambda: window.snapshot.step > 50)
    run = window.frame.run
    stroke(window, LEFT, (0.5, 0.6))
    QTest.keyClick(window, Qt.Key.Key_1)
    stroke(window, LEFT, (0.6, 0.2))
    assert own(window).labels.tolist() == [0, 0, 0, 1, 1, 1, 0]
    assert np.allclose(own(window).positions[5:], [[0.5, 0.6], [0.6, 0.2]], atol=0.005)
    qtbot.waitUntil(lambda: len(shown(window)) == 7)
    assert window.frame.run == run
    assert window.frame.playback.advancing
    assert all(item.isVisible() for item in window._outcome.boundary._points.items.values()), "whichever it is dealt to"


def test_a_drag_sprays_points_at_even_distances_however_fast_the_mouse_is(window):
    ways = []
    for places in (np.linspace(0.2, 0.8, 2), np.linspace(0.2, 0.8, 100)):
        stroke(window, LEFT, *((float(x1), 0.5) for x1 in places))
        ways.append(own(window).positions[5:])
        window._history.undo.trigger()
        assert own(window) == FEW, "a stroke is one edit"
    side = window._outcome.boundary.box.viewPixelSize()[0]
    for way in ways:
        assert np.allclose(np.diff(way[:, 0]), SPACING * side, atol=1.5 * side)
        assert np.allclose(way[:, 1], 0.5, atol=0.005)
    window._history.redo.trigger()
    assert len(own(window)) == 5 + len(ways[1])


def test_a_right_drag_wipes_what_is_near_and_the_last_points_stay_with_a_sentence(window):
    side = window._outcome.boundary.box.viewPixelSize()[0]
    stroke(window, RIGHT, (0.1 + 0.8 * REACH * side, 0.1))
    assert own(window).positions.tolist() == FEW.positions[1:].tolist()
    stroke(window, RIGHT, (0.1, 0.1), (0.4, 0.1), (0.9, 0.9))
    assert len(own(window)) == 4
    assert window._status.currentMessage().startswith("Training needs a point of each class, and 4 in all")
    window._history.undo.trigger()
    assert own(window) == FEW


def test_a_drawn_data_set_becomes_own_points_with_the_first_of_them_and_comes_back_by_undo(qtbot, window):
    drawn = window.experiment.choose("dataset", "Moons").choose("samples", 100).choose("noise", 10)
    window.want(drawn)
    at_rest(qtbot, window)
    before, run = shown(window), window.frame.run
    stroke(window, LEFT, (0.5, 0.02))
    assert window.experiment.dataset == window._panel._fields["dataset"].box.currentText() == "Own"
    assert (window.experiment.samples, window.experiment.noise) == (101, 0)
    assert window._status.currentMessage().startswith("The points of Moons are your own now")
    at_rest(qtbot, window)
    assert len(shown(window) - before) <= 2
    assert len(before - shown(window)) <= 1
    assert window.frame.run == run
    window._history.undo.trigger()
    assert window.experiment == drawn


def test_own_points_are_kept_while_another_data_set_is_chosen_and_a_preset_is_shown(qtbot, window):
    stroke(window, LEFT, (0.5, 0.5))
    mine = own(window)
    box = window._panel._fields["dataset"].box
    box.setCurrentText("Moons")
    assert (window.experiment.dataset, own(window)) == ("Moons", None)
    assert window.experiment.samples == 50
    window.show_preset(window._preset_control._presets[0])
    assert window.experiment == Experiment()
    box.setCurrentText("Own")
    assert own(window) is mine
    assert not window._panel._fields["samples"].isEnabled()
    assert window._panel._fields["samples"].box.text() == "6"
    window.reset()
    at_rest(qtbot, window)
    assert len(shown(window)) == 6


def test_undoing_an_import_brings_back_the_loss_that_its_classes_replaced(window):
    before = Experiment(dataset="XOR", depth=1, width=5).choose("loss", BINARY)
    window.want(before)
    four = OwnData(np.arange(16.0).reshape(-1, 2), [0, 1, 2, 3] * 2, ("a", "b", "c", "d"))
    window._own_data.edits.replace_points(four, "import of data")
    after = window.experiment
    assert after.loss == SOFTMAX
    window._history.undo.trigger()
    assert window.experiment == before
    window._history.redo.trigger()
    assert window.experiment == after


def test_a_new_network_leaves_the_edits_of_points(window):
    stroke(window, LEFT, (0.5, 0.5))
    window.reset()
    window.want(window.experiment.choose("depth", 2).choose("noise", 3))
    window._history.undo.trigger()
    assert own(window) == FEW
    assert window.experiment.depth == 2


def begin_preset(window, _folder):
    window.show_preset(next(each for each in window._preset_control._presets if each.experiment.dataset == "Spiral"))


def begin_preset_of_the_same_data_set(window, _folder):
    window._history.undo.trigger()
    window.show_preset(next(each for each in window._preset_control._presets if each.experiment.dataset == "Disk"))


def open_weights(window, folder):
    window.save_weights(folder / "before.safetensors")
    window.want(window.experiment.choose("depth", 2))
    window.open_weights(folder / "before.safetensors")


def choose_data_set(window, _folder):
    window._panel._fields["dataset"].box.setCurrentText("Moons")


@pytest.mark.parametrize("go_on", [begin_preset, begin_preset_of_the_same_data_set, open_weights, choose_data_set])
def test_edits_of_points_cannot_be_undone_or_made_again_where_the_data_is_another(window, tmp_path, go_on):
    window.want(Experiment(depth=1, width=5))
    stroke(window, LEFT, (0.5, 0.5))
    go_on(window, tmp_path)
    after = window.experiment
    assert not window._history.undo.isEnabled()
    assert not window._history.redo.isEnabled()
    window._history.undo.trigger()
    assert window.experiment == after


def test_own_is_chosen_without_any_points_by_taking_those_that_are_there(qtbot):
    window = MainWindow(Experiment(depth=1, width=5, samples=60))
    qtbot.addWidget(window)
    window._panel._fields["dataset"].box.setCurrentText("Own")
    assert (window.experiment.dataset, window.experiment.samples) == ("Own", 60)
    assert window.experiment.class_names == ("outside", "inside")


def test_a_typed_number_acts_before_a_point_is_put(window):
    box = window._panel._fields["learning_rate"].box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "0.5")
    stroke(window, LEFT, (0.5, 0.5))
    assert window.experiment.learning_rate == 0.5
    assert len(own(window)) == 6


def test_the_mode_ends_and_the_mouse_moves_the_picture_again(window):
    edits = window._own_data.edits
    chooser = edits._chooser
    assert chooser.isVisible()
    assert [button.text() for button in chooser.findChildren(QToolButton) if button.isVisible()] == [
        "red",
        "green",
        "Done",
    ]
    next(button for button in chooser.findChildren(QToolButton) if button.text() == "Done").click()
    assert not edits.mode.isChecked()
    assert not chooser.isVisible()
    stroke(window, LEFT, (0.5, 0.5))
    stroke(window, RIGHT, (0.1, 0.1))
    assert own(window) == FEW
    QTest.keyClick(window, Qt.Key.Key_2)
    assert window._actions.toggles["test_points"].isChecked(), "the keys of the points' switches are theirs again"
    QTest.keyClick(window, Qt.Key.Key_D)
    assert edits.mode.isChecked()


def test_while_points_are_edited_the_wheel_zooms_the_middle_button_moves_and_hovering_tells(window):
    view = window._outcome.boundary
    view.box.scaleBy((0.5, 0.5))
    stroke(window, LEFT, (0.5, 0.5))
    assert np.allclose(own(window).positions[5], 0.5, atol=0.005)
    QTest.mouseDClick(view.viewport(), LEFT, pos=pixel(window, 0.4, 0.5))
    assert np.ptp(view.box.viewRange()[0]) == pytest.approx(0.5, abs=0.01), "a second click is a point, not a wish"
    stroke(window, LEFT, (0.5, 0.5), (2.0, 0.5))
    assert own(window).positions[:, 0].max() <= 0.9, "none beyond what is shown"
    QTest.mouseMove(view.viewport(), pixel(window, 0.4, 0.4))
    assert "output" in window._status.hover_label.text()


def test_edits_of_points_and_weights_are_undone_in_one_order(qtbot, window):
    from visualdl.training.values.parameter_index import ParameterIndex

    stroke(window, LEFT, (0.5, 0.5))
    window._pages.network.number_wanted.emit(ParameterIndex("0.bias", (1,)), 0.1, 2.5, False)
    assert window._history.undo.text() == "Undo bias edit"
    window._history.undo.trigger()
    assert window._history.undo.text() == "Undo point edit"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert own(window) == FEW


def test_a_point_is_on_the_map_at_once_and_once_only_when_the_training_has_it(qtbot, window):
    view = window._outcome.boundary
    before = view.grab().toImage()
    stroke(window, LEFT, (0.4, 0.4), (0.6, 0.6))
    assert view.grab().toImage() != before, "no snapshot has come meanwhile"
    fresh = [item for _, items in view.fresh._shown for item in items]
    assert [item.pos().x() for item in fresh] == own(window).positions[5:, 0].tolist()
    at_rest(qtbot, window)
    assert not view.fresh._shown
    assert all(item.scene() is None for item in fresh)
    stroke(window, LEFT, (0.2, 0.8))
    window._history.undo.trigger()
    window._history.undo.trigger()
    at_rest(qtbot, window)
    assert view.grab().toImage() == before


def test_without_a_mouse_a_cross_is_moved_that_puts_and_wipes(window):
    view = window._outcome.boundary
    window.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert view.cross.isVisible()
    place = view.box.mapSceneToView(view.cross.place())
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert own(window).positions[5].tolist() == [place.x(), place.y()]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert own(window) == FEW
    window._own_data.edits.mode.trigger()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert own(window) == FEW, "only while data is edited"
