from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLabel, QPushButton, QSlider, QWidget

from visualdl.data.features import BUILT_IN
from visualdl.data.own_data import OwnData
from visualdl.experiment.choices import Names
from visualdl.experiment.data_choices import LAST_DRAW
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.task import BINARY, SOFTMAX
from visualdl.experiment.training_choices import USUAL_STOPS
from visualdl.gui.controls.experiment_panel import (
    DRAWS,
    GROUPS,
    ExperimentPanel,
)

OTHER = Experiment(
    depth=5,
    width=7,
    hidden_activation="Tanh",
    output_activation="ReLU",
    batch_size=333,
    learning_rate=0.0123456789,
    optimizer="Nesterov",
    schedule="Warm-up",
    schedule_epochs=44,
    initialization="He normal",
    batch_norm="Yes",
    penalty="L1",
    penalty_rate=0.25,
    dropout=0.3,
    stop_when="Test error below",
    stop_at=USUAL_STOPS["Test error below"],
    seed=4242,
    dataset="Spiral",
    classes=3,
    loss=SOFTMAX,
    samples=777,
    noise=12,
    training_share=80,
    data_draw=3,
    weight_draw=LAST_DRAW,
)
WITH_A_BOX = [name for name in CHOICES if name not in DRAWS]


def control(panel, name):
    label = CHOICES[name].label
    (found,) = [child for child in panel.findChildren(QWidget) if child.accessibleName() == label]
    return found


def shown(panel, name):
    widget = control(panel, name)
    return widget.currentText() if isinstance(widget, QComboBox) else widget.value()


def set_by_hand(panel, name, value):
    widget = control(panel, name)
    if isinstance(widget, QComboBox):
        widget.setCurrentText(value)
    else:
        widget.setValue(value)


def test_every_choice_has_its_place():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted([*CHOICES, "features"])


def test_every_choice_has_one_control_with_its_name_that_says_what_it_is_for(panel):
    for name in WITH_A_BOX:
        widget = control(panel, name)
        assert isinstance(widget, QComboBox if isinstance(CHOICES[name], Names) else QAbstractSpinBox), name
        assert CHOICES[name].help in widget.toolTip(), name
        assert CHOICES[name].help in widget.accessibleDescription(), name


@pytest.mark.parametrize("name", WITH_A_BOX)
def test_a_change_asks_for_exactly_that_experiment_once(panel, name):
    value = getattr(OTHER, name)
    set_by_hand(panel, name, value)
    set_by_hand(panel, name, value)
    assert panel.wanted == [Experiment().choose(name, value)]


def test_showing_an_experiment_sets_every_choice_and_asks_for_nothing(panel):
    panel.show_experiment(OTHER)
    assert {name: shown(panel, name) for name in WITH_A_BOX} == {name: getattr(OTHER, name) for name in WITH_A_BOX}
    assert panel.wanted == []


def test_every_label_names_its_control_to_screen_readers(panel):
    for name in WITH_A_BOX:
        (label,) = [label for label in panel.findChildren(QLabel) if label.text() == CHOICES[name].label]
        assert label.buddy() is control(panel, name), name


def test_starts_with_the_experiment_that_it_is_given(qtbot):
    panel = ExperimentPanel(OTHER)
    qtbot.addWidget(panel)
    assert panel.experiment() == OTHER
    assert {name: shown(panel, name) for name in WITH_A_BOX} == {name: getattr(OTHER, name) for name in WITH_A_BOX}


def button(panel, name):
    (found,) = [child for child in panel.findChildren(QPushButton) if child.accessibleName() == name]
    return found


def test_new_data_and_new_weights_each_ask_for_the_next_draw_of_the_experiment_on_show(panel, qtbot):
    panel.show_experiment(replace(OTHER, width=9))
    qtbot.mouseClick(button(panel, "New data"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(panel, "New data"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(panel, "New weights"), Qt.MouseButton.LeftButton)
    after = replace(OTHER, width=9, data_draw=5)
    assert panel.wanted == [replace(after, data_draw=4), after, replace(after, weight_draw=0)]  # after the last, 0


def test_the_buttons_say_what_they_keep_and_which_draw_is_the_current_one(panel):
    panel.show_experiment(OTHER)
    for name, help_text in (("New data", "the same initial weights"), ("New weights", "the same points")):
        assert help_text in button(panel, name).toolTip()
        assert help_text in button(panel, name).accessibleDescription()
        assert button(panel, name).focusPolicy() == Qt.FocusPolicy.TabFocus
    assert "draw 3" in button(panel, "New data").toolTip()


def test_showing_an_experiment_asks_for_nothing(panel):
    for experiment in (OTHER, OTHER, Experiment()):
        panel.show_experiment(experiment)
    assert panel.wanted == []


def test_a_change_starts_from_the_experiment_on_show(panel):
    panel.show_experiment(OTHER)
    set_by_hand(panel, "depth", 2)
    set_by_hand(panel, "batch_size", 1)
    assert panel.wanted == [replace(OTHER, depth=2), replace(OTHER, depth=2, batch_size=1)]
    assert panel.experiment() == panel.wanted[-1]


def test_dragging_a_slider_asks_at_every_number(panel):
    (slider,) = [child for child in panel.findChildren(QSlider) if child.accessibleName() == "Depth slider"]
    slider.setValue(slider.maximum())
    slider.setValue(0)
    assert [experiment.depth for experiment in panel.wanted] == [8, 0]


def test_lists_hold_the_plain_names_and_leave_the_space_bar_alone_after_a_click(panel):
    for name in ("dataset", "hidden_activation", "output_activation"):
        names = control(panel, name)
        assert tuple(names.itemText(index) for index in range(names.count())) == CHOICES[name].names
        assert names.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_tab_key_visits_the_controls_from_top_to_bottom(panel, qtbot):
    panel.show_experiment(OTHER)  # nothing is disabled
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    control(panel, "dataset").setFocus()
    visited = []
    while len(visited) < 60 and QApplication.focusWidget().accessibleName() not in visited:
        visited.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    in_order = [name for names in GROUPS.values() for name in names]
    place = in_order.index("features")
    labels = [DRAWS.get(name, CHOICES[name].label) for name in in_order if name != "features"]
    labels[place:place] = [*(feature.name for feature in BUILT_IN), "Formula", "Add formula"]
    assert [name for name in visited if not name.endswith(" slider")] == labels


def test_says_which_groups_start_a_new_network(panel):
    hints = {label.text() for label in panel.findChildren(QLabel)}
    assert {"keeps the network", "starts a new network", "acts at once"} <= hints


@pytest.mark.parametrize(
    ("name", "reason", "with_effect"),
    [
        ("schedule_epochs", "Needs a schedule: now the learning rate is constant.", {"schedule": "Cosine"}),
        ("penalty_rate", "Needs a penalty: now there is none.", {"penalty": "L2"}),
        ("stop_at", "Needs something to stop for: now training never stops by itself.", {"stop_when": "Epochs"}),
        ("dropout", "Needs a hidden layer: at depth 0 there is none.", {"depth": 1}),
        ("batch_norm", "Needs a hidden layer: at depth 0 there is none.", {"depth": 1}),
        ("classes", "Disk has two classes: Gaussians, Spiral and Rings can have more.", {"dataset": "Rings"}),
    ],
)
def test_what_has_no_effect_is_disabled_and_says_why(panel, name, reason, with_effect):
    panel.show_experiment(Experiment(depth=0))
    assert not control(panel, name).isEnabled()
    assert reason in control(panel, name).toolTip()
    panel.show_experiment(Experiment(**{"depth": 0} | with_effect))
    assert control(panel, name).isEnabled()
    assert reason not in control(panel, name).toolTip()


def test_a_regression_has_no_classes_and_no_other_loss_and_says_so(panel):
    panel.show_experiment(Experiment(dataset="Plane"))
    for name, reason in (
        ("classes", "Plane has values instead of classes."),
        ("loss", "Plane has values: of these losses, only the squared error measures them."),
    ):
        assert not control(panel, name).isEnabled()
        assert reason in control(panel, name).toolTip()
        assert reason in control(panel, name).accessibleDescription()
    panel.show_experiment(Experiment())
    assert control(panel, "loss").isEnabled()


def test_a_loss_brings_its_output_activation_and_says_what_the_outputs_learn(panel):
    panel.experiment_wanted.connect(panel.show_experiment)
    set_by_hand(panel, "loss", BINARY)
    assert shown(panel, "output_activation") == "Identity"
    for text in (control(panel, "loss").toolTip(), control(panel, "loss").accessibleDescription()):
        assert "one output learns the logit of “inside”" in text


@pytest.mark.parametrize(
    ("when", "unit"), [("Epochs", "epochs"), ("Test error below", "%"), ("Loss plateau", "epochs")]
)
def test_the_number_to_stop_at_says_what_it_counts(panel, when, unit):
    set_by_hand(panel, "stop_when", when)
    assert panel.wanted[-1] == Experiment(stop_when=when, stop_at=USUAL_STOPS[when])
    row = control(panel, "stop_at").parentWidget()
    assert unit in [label.text() for label in row.findChildren(QLabel)]
    assert f"({unit})" in control(panel, "stop_at").toolTip()


@pytest.mark.parametrize("points", [9, 10])
def test_fits_beside_the_pages_of_a_small_window(qtbot, qapp, points):
    before = qapp.font()
    qapp.setFont(QFont("DejaVu Sans", points))
    try:
        panel = ExperimentPanel(OTHER)
        qtbot.addWidget(panel)
        panel.resize(240, 560)
        panel.show()
        needed = panel.minimumSizeHint()
        assert needed.width() <= 226  # so a scroll bar has room, too
        edit = control(panel, "learning_rate").lineEdit()
        edit.setText("0.00888")
        assert edit.fontMetrics().horizontalAdvance(edit.text()) < edit.width()
        right_edges = {
            control(panel, name).mapTo(panel, control(panel, name).rect().topRight()).x() for name in WITH_A_BOX
        }
        assert len(right_edges) == 1
    finally:
        qapp.setFont(before)


def test_own_classes_that_a_loss_cannot_tell_apart_bring_another_one_which_is_said_and_shown(panel):
    own = OwnData(np.arange(12.0).reshape(6, 2), [0, 1, 2] * 2, ("a", "b", "c"))
    panel.show_experiment(Experiment().choose("loss", "Softmax cross-entropy").with_own(own))
    told = []
    panel.told.connect(told.append)
    control(panel, "loss").setCurrentText("Binary cross-entropy")
    assert shown(panel, "loss") == "Softmax cross-entropy"
    assert told == ["Binary cross-entropy tells 2 classes apart, and the data has 3: Softmax cross-entropy it is."]


@pytest.mark.parametrize(("dataset", "classes"), [("Rings", 5), ("Disk", 2), ("Plane", 2)])
def test_the_number_of_classes_on_show_is_the_one_there_is(panel, dataset, classes):
    asked = []
    panel.experiment_wanted.connect(asked.append)
    panel.show_experiment(Experiment(dataset=dataset, classes=5))
    assert shown(panel, "classes") == classes
    assert asked == []
    assert panel.experiment().classes == 5
