"""The window end to end: what a user clicks, types and sees, with the real thread training the real framework."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLabel, QScrollArea

import minidl
from tests.visualdl.gui.finding import actions, is_at_rest, message, named, picture, status
from tests.visualdl.watched import Watched, changed
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.plots.curve_plot import CurvePlot
from visualdl.gui.window.main_window import MainWindow


@pytest.fixture
def window(lend):
    return lend(Experiment())


def button(window, name):
    return named(window, name, QAbstractButton)


def number(window, name):
    return float(re.match(r"[\d.,]+", named(window, name, QLabel).text())[0].replace(",", ""))


def seen(qtbot, window, condition, timeout=20_000):
    """Wait until a drawn frame meets the condition; return it."""
    qtbot.waitUntil(lambda: window.frame is not None and bool(condition(window.frame)), timeout=timeout)
    return window.frame


def at_rest(window):
    return lambda frame: is_at_rest(window)


def test_the_papers_experiment_is_ready_before_anything_is_pressed(window):
    assert window.experiment == Experiment()
    assert number(window, "Epoch") == 0
    assert number(window, "Test error") > 10
    assert not window.grab().isNull()


def test_train_moves_everything_and_pause_stops_it(qtbot, window):
    train = button(window, "Train")
    start = number(window, "Train loss")
    qtbot.mouseClick(train, Qt.MouseButton.LeftButton)
    assert train.text() == train.accessibleName() == "Pause"
    named(window, "Speed").setValue(SPEED.maximum)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch >= 10)
    qtbot.mouseClick(train, Qt.MouseButton.LeftButton)
    assert train.text() == "Train"
    frame = seen(qtbot, window, at_rest(window))
    assert number(window, "Epoch") == frame.snapshot.epoch >= 10
    assert number(window, "Train loss") < start
    assert number(window, "Test error") == pytest.approx(100 * frame.snapshot.evaluation.test_error, abs=0.051)
    assert number(window, "Steps per second") == 0


def test_what_is_shown_is_what_the_session_computes(qtbot, window):
    window.train_epochs(3)
    frame = seen(qtbot, window, lambda frame: frame.snapshot.epoch == 3)
    run = Watched(Experiment())
    for _ in range(60):
        run.advance()
    assert frame.snapshot.evaluation == run.snapshot().evaluation
    assert (frame.snapshot.boundary.outputs == run.snapshot().boundary.outputs).all()


def test_step_is_one_mini_batch_and_epoch_one_epoch(qtbot, window):
    for _ in range(2):
        qtbot.mouseClick(button(window, "Step"), Qt.MouseButton.LeftButton)
    assert seen(qtbot, window, lambda frame: frame.snapshot.step >= 2).snapshot.step == 2
    qtbot.mouseClick(button(window, "Epoch"), Qt.MouseButton.LeftButton)
    assert seen(qtbot, window, lambda frame: frame.snapshot.epoch == 1).snapshot.step == 20
    qtbot.waitUntil(lambda: number(window, "Epoch") == 1)


def test_reset_goes_back_to_the_same_initial_weights(qtbot, window):
    initial = window.frame
    window.train_epochs(2)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch == 2)
    qtbot.mouseClick(button(window, "Reset"), Qt.MouseButton.LeftButton)
    again = seen(qtbot, window, lambda frame: frame.snapshot.step == 0)
    assert again.run > initial.run
    assert (again.snapshot.boundary.outputs == initial.snapshot.boundary.outputs).all()
    assert again.curves.epochs.tolist() == [0]


@pytest.mark.parametrize(("name", "value"), [("Depth", 0), ("Depth", 8), ("Width", 1), ("Width", 128), ("Seed", 77)])
def test_a_new_network_comes_at_once_and_training_goes_on(qtbot, window, name, value):
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.step > 2)
    named(window, name).setValue(value)
    frame = seen(qtbot, window, lambda frame: frame.run == window.first_run + 1 and frame.snapshot.step > 0)
    assert getattr(frame.snapshot.experiment, name.lower()) == value
    assert frame.playback.advancing
    assert button(window, "Pause")


@pytest.mark.parametrize(
    ("name", "field"), [("Hidden activation", "hidden_activation"), ("Output activation", "output_activation")]
)
def test_an_activation_is_chosen_by_its_plain_name(qtbot, window, name, field):
    box = named(window, name, QComboBox)
    assert [box.itemText(index) for index in range(box.count())] == [
        *("ReLU", "LeakyReLU", "ELU", "SELU", "Sigmoid", "Tanh", "Softplus", "GELU", "Identity")
    ]
    other = "GELU"
    box.setCurrentText(other)
    assert (
        getattr(seen(qtbot, window, lambda frame: frame.run == window.first_run + 1).snapshot.experiment, field)
        == other
    )


def test_what_stops_training_is_said_once_and_training_can_go_on(qtbot, window):
    window.set_speed(SPEED.maximum)
    named(window, "Stop when", QComboBox).setCurrentText("Epochs")
    named(window, "Stop at").setValue(2)
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.stopped and not frame.playback.advancing)
    assert window.snapshot.epoch == 2
    assert message(window) == "Stopped: 2 epochs are done."
    qtbot.waitUntil(lambda: button(window, "Train") is not None)
    window.train_epochs(1)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch == 3)
    assert message(window) == ""


def test_another_optimizer_acts_without_a_restart_and_leaves_a_mark(qtbot, window):
    window.train_epochs(1)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch == 1)
    named(window, "Optimizer", QComboBox).setCurrentText("Adam")
    frame = seen(qtbot, window, lambda frame: frame.snapshot.experiment.optimizer == "Adam")
    assert frame.run == window.first_run
    assert frame.curves.changes[0].text == "Optimizer SGD → Adam"


def test_learning_rate_and_batch_size_act_without_a_restart_and_leave_a_mark(qtbot, window):
    window.train_epochs(1)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch == 1)
    named(window, "Learning rate").setValue(0.0123)
    named(window, "Batch size").setValue(200)
    frame = seen(
        qtbot, window, lambda frame: frame.snapshot.experiment == Experiment(learning_rate=0.0123, batch_size=200)
    )
    assert (frame.run, frame.snapshot.step) == (window.first_run, 20)
    assert len(frame.curves.changes) == 2


def test_a_change_counts_for_a_step_pressed_right_after_it(qtbot, window):
    named(window, "Batch size").setValue(400)
    window.train_step()
    assert seen(qtbot, window, lambda frame: frame.snapshot.step == 1).curves.epochs[-1] == 0.4


def test_dragging_a_slider_while_it_trains_never_blanks_the_picture(qtbot, window):
    def is_blank():
        within_the_edge = picture(boundary.sheet)[2:-2, 2:-2]
        return (within_the_edge == LIGHT.color("window").getRgb()).all()

    window.set_theme_name("Light")
    for text in ("Training points", "Contour"):  # what else is drawn on the sheet
        actions(window)[text].setChecked(False)
    boundary = named(window, "Decision boundary")
    window.set_training(True)
    depth = named(window, "Depth")
    runs = set()
    for value in [*range(9), *reversed(range(9))]:
        with qtbot.waitSignal(window.drawn):
            depth.setValue(value)
        runs.add(window.frame.run)
        assert not is_blank()
    assert window.experiment.depth == 0
    seen(qtbot, window, lambda frame: frame.snapshot.experiment == window.experiment)
    assert len(runs) > 4, "pictures keep coming while the slider moves"


DIVERGING = Experiment(depth=0, output_activation="ReLU", learning_rate=10)


def test_a_loss_that_is_not_finite_is_told_and_reset_recovers(qtbot, window):
    window.want(DIVERGING)
    seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    window.set_training(True)
    frame = seen(qtbot, window, lambda frame: frame.snapshot.problem)
    message = named(window, "Message", QLabel)
    qtbot.waitUntil(lambda: message.isVisible())
    assert "not finite" in message.text()
    assert button(window, "Train").isEnabled()
    assert math.isfinite(frame.snapshot.evaluation.train_loss)
    named(window, "Learning rate").setValue(0.01)
    window.reset()
    seen(qtbot, window, lambda frame: frame.run == window.first_run + 2 and not frame.snapshot.problem)
    assert not message.isVisible()
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch >= 1)


def test_train_after_a_problem_says_it_again(qtbot, window):
    window.want(DIVERGING)
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.problem)
    window.set_training(True)
    qtbot.waitUntil(lambda: named(window, "Message", QLabel).isVisible() and bool(button(window, "Train")))


def test_an_exception_in_the_thread_is_told_and_leaves_the_window_usable(qtbot, window, monkeypatch):
    with monkeypatch.context() as broken:

        def fail(self, output_gradient):
            raise ZeroDivisionError("a broken layer")

        broken.setattr(minidl.Linear, "backward", fail)
        with qtbot.waitSignal(window.failed):
            window.set_training(True)
    assert named(window, "Message", QLabel).text() == "ZeroDivisionError: a broken layer"
    assert button(window, "Train")
    button(window, "Copy details").click()
    details = QApplication.clipboard().text()
    assert "Traceback" in details
    assert "a broken layer" in details
    assert '"learning_rate":0.01' in details
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.epoch >= 1)
    assert not named(window, "Message", QLabel).isVisible()


def test_an_exception_while_a_network_is_built_is_told_and_the_next_change_recovers(qtbot, window, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.build_network", lambda experiment: 1 / 0)
        with qtbot.waitSignal(window.failed):
            named(window, "Depth").setValue(1)
    named(window, "Learning rate").setValue(0.5)
    frame = seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    assert frame.snapshot.experiment == Experiment(depth=1, learning_rate=0.5)


def test_seeds_that_could_not_begin_can_be_tried_again(qtbot, window, monkeypatch):
    window.show_page("Seeds")
    named(window, "Number of seeds").setValue(1)
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.engine.engine.SeedsJob", lambda *_: 1 / 0)
        with qtbot.waitSignal(window.failed):
            button(window, "Train seeds").click()
            assert not button(window, "Starting …").isEnabled()
    button(window, "Train seeds").click()
    seen(qtbot, window, lambda frame: frame.seeds is not None)
    assert button(window, "Pause seeds").isEnabled()


def test_training_tries_again_what_an_error_had_prevented(qtbot, window, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("visualdl.training.run.run.build_network", lambda experiment: 1 / 0)
        with qtbot.waitSignal(window.failed):
            named(window, "Seed").setValue(5)
    window.set_training(True)
    assert (
        seen(
            qtbot, window, lambda frame: frame.run == window.first_run + 1 and frame.snapshot.step > 0
        ).snapshot.experiment.seed
        == 5
    )


def test_other_data_keeps_the_network_and_says_what_its_classes_are(qtbot, window):
    window.train_epochs(1)
    before = seen(qtbot, window, lambda frame: frame.snapshot.epoch == 1)
    named(window, "Dataset").setCurrentText("Gaussians")
    frame = seen(qtbot, window, lambda frame: frame.snapshot.experiment.dataset == "Gaussians")
    assert (frame.run, frame.snapshot.step) == (before.run, before.snapshot.step)
    assert np.array_equal(frame.snapshot.weights["0.weight"], before.snapshot.weights["0.weight"])
    assert not np.array_equal(frame.snapshot.data.train.positions, before.snapshot.data.train.positions)
    assert "orange" in named(window, "Color key").accessibleDescription()
    truth = named(window, "True boundary", QCheckBox)
    assert not truth.isEnabled()
    assert truth.toolTip().startswith("Gaussians has no true boundary")
    named(window, "Dataset").setCurrentText("Circle")
    seen(qtbot, window, lambda frame: frame.snapshot.experiment.dataset == "Circle")
    assert named(window, "True circle", QCheckBox).isEnabled()


def test_new_data_keeps_the_weights_and_new_weights_the_data(qtbot, window):
    start = seen(qtbot, window, lambda frame: frame.snapshot.step == 0)
    button(window, "New data").click()
    data = seen(qtbot, window, lambda frame: frame.snapshot.experiment.data_draw == 1)
    assert np.array_equal(data.snapshot.weights["0.weight"], start.snapshot.weights["0.weight"])
    assert not np.array_equal(data.snapshot.data.train.positions, start.snapshot.data.train.positions)
    button(window, "New weights").click()
    weights = seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    assert not np.array_equal(weights.snapshot.weights["0.weight"], start.snapshot.weights["0.weight"])
    assert np.array_equal(weights.snapshot.data.train.positions, data.snapshot.data.train.positions)


def test_an_error_outside_the_thread_pauses_too(qtbot, window):
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.step > 0)
    window.show_failure("ValueError: somewhere else", "details")
    seen(qtbot, window, at_rest(window))
    assert button(window, "Train")
    assert not window.frame.playback.advancing


def test_an_epoch_that_takes_long_can_be_paused(qtbot, window):
    window.want(Experiment(depth=8, width=128, batch_size=1))
    window.train_epochs(1)
    train = button(window, "Train")
    qtbot.waitUntil(lambda: train.accessibleName() == "Pause", timeout=20_000)
    train.click()
    frame = seen(qtbot, window, at_rest(window))
    assert frame.snapshot.epoch == 0
    assert button(window, "Train")


def test_closing_while_it_trains_ends_the_thread(qtbot, window):
    window.set_speed(SPEED.maximum)
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.step > 50)
    window.close()
    assert not window.findChild(EngineClient).is_running()
    assert not any(timer.isActive() for timer in window.findChildren(QTimer))


def test_space_trains_and_pauses_from_a_text_box_too(qtbot, window):
    window.activateWindow()
    box = named(window, "Learning rate")
    box.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert button(window, "Pause")
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert button(window, "Train")


def test_space_presses_a_button_that_was_reached_by_tab(qtbot, window):
    reset = button(window, "Reset")
    reset.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(reset, Qt.Key.Key_Space)
    assert seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    assert button(window, "Train")


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_S, 1), (Qt.Key.Key_E, 20)])
def test_shortcuts_advance(qtbot, window, key, step):
    QTest.keyClick(window, key)
    assert seen(qtbot, window, lambda frame: frame.snapshot.step >= step).snapshot.step == step


def test_every_shortcut_belongs_to_one_action(window):
    for edits_data in (False, True):  # then digits choose classes
        actions(window)["Edit data"].setChecked(edits_data)
        shortcuts = [each.shortcut().toString() for each in window.findChildren(QAction) if each.isEnabled()]
        used = [shortcut for shortcut in shortcuts if shortcut]
        assert len(used) > 20
        assert len(used) == len(set(used))


def test_the_value_under_the_cursor_is_in_the_status_bar(qtbot, window):
    boundary = named(window, "Decision boundary")
    centre = boundary.viewport().rect().center()
    QTest.mouseMove(boundary.viewport(), centre - QPoint(3, 3))
    QTest.mouseMove(boundary.viewport(), centre)
    qtbot.waitUntil(lambda: "output" in status(window))
    shown = float(re.search(r"output ([+-][\d.]+)", status(window))[1])
    point = boundary.box.mapSceneToView(boundary.mapToScene(centre))
    assert shown == pytest.approx(window.snapshot.boundary.at(point.x(), point.y()), abs=0.01)


def test_both_palettes_and_their_switch(window):
    def wears(theme):
        QApplication.processEvents()
        grounds = QApplication.palette().window().color(), window.grab().toImage().pixelColor(1, window.height() // 2)
        return grounds == (theme.color("window"), theme.color("window"))

    for theme in (DARK, LIGHT):
        window.set_theme_name(theme.name)
        assert wears(theme)
    actions(window)["Switch light and dark"].trigger()
    assert wears(DARK)


@pytest.mark.parametrize("size", [(1100, 700), (1600, 1000)])
def test_everything_fits(qtbot, window, size):
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and label.accessibleName() != "Message":
            assert label.width() >= QFontMetrics(label.font()).horizontalAdvance(label.text()) - 1, label.text()
    for name in ("Depth", "Batch size", "Speed", "Test error", "Steps per second"):
        widget = named(window, name)
        qtbot.waitUntil(lambda widget=widget: widget.visibleRegion().boundingRect() == widget.rect())


def test_a_larger_window_gives_the_room_to_the_boundary(qtbot, window):
    def areas():
        return [
            named(window, name).width() * named(window, name).height() for name in ("Decision boundary", "Loss curve")
        ]

    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.centralWidget().width() == 1100)
    small, curve = areas()
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: window.centralWidget().width() == 1600)
    large, larger_curve = areas()
    assert large > 2 * small
    assert large - small > 4 * (larger_curve - curve)


def test_a_low_window_makes_room_for_the_scroll_bar(qtbot, window):
    window.show_page(None)

    def is_low():
        window.resize(1100, 430)
        return window.height() == 430

    qtbot.waitUntil(is_low)  # once the layout has taken note that the pages have gone
    box = named(window, "Batch size")
    area = next(area for area in window.findChildren(QScrollArea) if area.isAncestorOf(box))
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    qtbot.waitUntil(lambda: area.widget().width() >= area.widget().minimumSizeHint().width())


@pytest.mark.parametrize("press", ["train", "step", "reset"])
def test_what_a_box_shows_is_what_trains(qtbot, window, press):
    box = named(window, "Batch size")
    box.setFocus()
    box.lineEdit().setText("200")
    {"train": lambda: window.set_training(True), "step": window.train_step, "reset": window.reset}[press]()
    assert seen(qtbot, window, lambda frame: frame.snapshot.experiment.batch_size == 200)


def test_a_closed_message_does_not_let_a_slider_replace_the_last_finite_picture(qtbot, window):
    window.want(DIVERGING)
    window.set_training(True)
    before = seen(qtbot, window, lambda frame: frame.snapshot.problem)
    named(window, "Learning rate").setValue(0.5)
    after = seen(qtbot, window, lambda frame: frame.snapshot.experiment.learning_rate == 0.5)
    assert after.snapshot.problem
    assert after.snapshot.boundary is before.snapshot.boundary


def test_a_step_on_a_stopped_run_says_the_problem_again(qtbot, window):
    window.want(DIVERGING)
    window.set_training(True)
    seen(qtbot, window, lambda frame: frame.snapshot.problem)
    button(window, "Close message").click()
    window.train_step()
    qtbot.waitUntil(lambda: named(window, "Message", QLabel).isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_L, Qt.Key.Key_K])
def test_each_switch_changes_the_view_that_it_names_and_no_other(qtbot, window, key):
    changed = {
        Qt.Key.Key_1: "Decision boundary",
        Qt.Key.Key_2: "Decision boundary",
        Qt.Key.Key_3: "Decision boundary",
        Qt.Key.Key_L: "Loss curve",
        Qt.Key.Key_K: "Error curve",
    }[key]
    window.train_epochs(2)
    seen(qtbot, window, at_rest(window))

    def pictures():
        return {
            name: named(window, name).grab().toImage() for name in ("Decision boundary", "Loss curve", "Error curve")
        }

    before = pictures()
    QTest.keyClick(window, key)
    after = pictures()
    assert {name for name in before if before[name] != after[name]} == {changed}


def test_both_curves_and_the_step_count_follow(qtbot, window):
    views = [named(window, name) for name in ("Loss curve", "Error curve")]
    before = [view.grab().toImage() for view in views]
    window.train_epochs(2)
    seen(qtbot, window, at_rest(window))
    assert all(view.grab().toImage() != picture for view, picture in zip(views, before, strict=True))
    assert "step 40 " in status(window)


def test_the_controls_show_the_experiment_that_the_window_was_made_with(qtbot):
    window = MainWindow(Experiment(depth=5, seed=7))
    qtbot.addWidget(window)
    assert (named(window, "Depth").value(), named(window, "Seed").value()) == (5, 7)
    window.close()


def test_numbers_and_curves_are_drawn_when_they_are_new_and_not_with_every_picture(window, monkeypatch):
    drawn, said = [], []
    monkeypatch.setattr(CurvePlot, "draw", lambda plot, epochs, values: drawn.append(window.snapshot.step))
    moving = changed(window.frame, advancing=True)
    for step, new_curves, advancing in ((1, False, True), (2, True, True), (3, False, True), (4, False, False)):
        curves = replace(moving.curves) if new_curves else window.frame.curves
        window.findChild(EngineClient).arrived.emit(changed(moving, step=step, curves=curves, advancing=advancing))
        said.append(int(re.search(r"step (\d)", status(window))[1]))
    assert drawn == [2, 2, 4, 4], "the loss and the error"
    assert said == [0, 2, 2, 4]
