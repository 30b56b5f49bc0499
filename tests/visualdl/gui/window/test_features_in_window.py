"""The inputs in the window: chosen in the panel, seen on the Network page, kept with their weights, refused by data."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from visualdl.data.features import UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.gui.views.network.diagram import Diagram
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.parameter_index import Neuron


@pytest.fixture
def open_window(qtbot):
    def of(experiment):
        window = MainWindow(experiment)
        qtbot.addWidget(window)
        window.show()
        at_rest(qtbot, window)
        return window

    return of


def at_rest(qtbot, window):
    qtbot.waitUntil(lambda: window.snapshot is not None and window._client.is_at_rest(), timeout=20_000)


def named(window, name, kind=QWidget):
    (found,) = [widget for widget in window.findChildren(kind) if widget.accessibleName() == name]
    return found


def click_input(window, number):
    diagram = window.findChild(Diagram)
    place = diagram.place_of(Neuron(0, number))
    QTest.mouseMove(diagram.viewport(), place)
    QTest.mouseClick(diagram.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_a_formula_is_typed_with_spaces_trained_on_and_looked_at(qtbot, open_window):
    window = open_window(Experiment(depth=1, width=3))
    field = named(window, "Formula")
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "x1 * x1 + 1")
    assert field.text() == "x1 * x1 + 1"
    assert not window.frame.playback.advancing, "a space in a formula is no command"
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.train_step()
    at_rest(qtbot, window)
    assert window.snapshot.experiment.features == ("x1", "x2", "x1 * x1 + 1")
    assert window.snapshot.weights["0.weight"].shape == (3, 3)
    assert window.findChild(Diagram).index.topology.inputs == ("x₁", "x₂", "x1 * x1 + 1")
    click_input(window, 2)
    at_rest(qtbot, window)
    focus = window.snapshot.focus
    assert focus.neuron == Neuron(0, 2)
    heights = focus.boundary.outputs
    assert np.ptp(heights, axis=0).max() < 1e-6 < np.diff(heights[0])[-1], "it rises with x1, and x2 does not matter"
    assert "input x1 * x1 + 1: output from" in window._status.hover_label.text()


def test_with_keep_weights_an_input_comes_and_goes_without_a_trace(qtbot, open_window):
    window = open_window(Experiment(depth=1, width=5))
    named(window, "Keep weights").click()
    window.train_epochs(1)
    at_rest(qtbot, window)
    before = window.snapshot
    named(window, "sine of x1").click()
    at_rest(qtbot, window)
    assert (window.snapshot.step, window.snapshot.weights["0.weight"].shape) == (20, (3, 5))
    np.testing.assert_allclose(window.snapshot.boundary.outputs, before.boundary.outputs, atol=1e-5)
    named(window, "sine of x1").click()
    at_rest(qtbot, window)
    assert all(np.array_equal(array, before.weights[name]) for name, array in window.snapshot.weights.items())
    named(window, "Keep weights").click()
    named(window, "x1 squared").click()
    at_rest(qtbot, window)
    assert window.snapshot.step == 0


def test_what_the_data_makes_unusable_is_told_and_taken_back_with_the_feature(qtbot, open_window):
    window = open_window(Experiment(dataset="Gaussians", noise=50, depth=1, width=3))
    field = named(window, "Formula")
    QTest.keyClicks(field, "sqrt(x1)")
    named(window, "Add formula").click()
    at_rest(qtbot, window)
    message = named(window, "Message", QLabel)
    assert "'sqrt(x1)' is nan at x1 = -" in message.text()
    assert message.isVisible()
    window.set_training(True)
    qtbot.waitUntil(lambda: not window._training)
    assert window.snapshot.step == 0
    named(window, "Remove sqrt(x1)").click()
    at_rest(qtbot, window)
    assert not message.isVisible()
    window.train_step()
    at_rest(qtbot, window)
    assert window.snapshot.step == 1


def test_a_plane_of_one_input_has_it_on_both_axes(qtbot, open_window):
    window = open_window(Experiment(depth=0, features=("x1 squared",)))
    window.show_page("Hidden plane")
    named(window, "Plane layer").setCurrentIndex(0)
    named(window, "Plane layer").activated.emit(0)
    at_rest(qtbot, window)
    assert window.snapshot.plane.neurons == (Neuron(0, 0), Neuron(0, 0))
    assert named(window, "Plane note").text() == "There is one input: it is on both axes."


def test_seeds_that_have_no_use_for_a_feature_do_not_begin_and_the_run_goes_on(qtbot, open_window):
    formula = "max(x1 - 0.97, 0)"  # of 25 points, some have one beyond, and some have none
    draws = [Experiment(samples=50, depth=1, features=("x1", formula), seed=seed) for seed in range(20)]
    usable = [is_usable(each) for each in draws]
    seed = next(each for each in range(19) if usable[each] and not usable[each + 1])
    window = open_window(draws[seed])
    failures = []
    window.failed.connect(lambda *failure: failures.append(failure))
    window.show_page("Seeds")
    window.set_training(True)
    window._pages.seeds.begin_wanted.emit(2, False)
    qtbot.waitUntil(lambda: window._message_bar.text() != "")
    assert window._message_bar.text() == (
        f"Seed {seed + 1} cannot begin. The feature '{formula}' is 0 at every training point; it must vary among them."
    )
    step = window.snapshot.step
    qtbot.waitUntil(lambda: window.snapshot.step > step)
    assert window.frame.seeds is None
    assert not failures
    assert not window._pages.seeds._awaited


def is_usable(experiment):
    try:
        samples_of(experiment)
    except UnusableFeatureError:
        return False
    return True
