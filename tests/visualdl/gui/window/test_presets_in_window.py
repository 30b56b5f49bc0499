"""The presets in the window: choosing one, reading about it, and leaving it by hand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from tests.visualdl.gui.finding import named, wait_for_rest
from visualdl.experiment import presets
from visualdl.experiment.experiment import Experiment
from visualdl.gui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    wait_for_rest(qtbot, window)
    return window


PRESETS = presets.collect().presets


def test_the_window_begins_with_the_paper_and_without_a_paragraph(window):
    assert named(window, "Preset", QComboBox).currentText() == "The paper"
    assert not named(window, "About the preset").isVisible()


def test_a_preset_begins_its_experiment_at_its_speed_and_is_explained(qtbot, window):
    preset = PRESETS[4]
    window.train_epochs(1)
    wait_for_rest(qtbot, window)
    run = window.frame.run
    named(window, "Preset", QComboBox).setCurrentText(preset.name)
    wait_for_rest(qtbot, window)
    assert window.frame.run == run + 1
    assert window.snapshot.step == 0
    assert window.experiment == window.snapshot.experiment == preset.experiment
    assert named(window, "Dataset", QComboBox).currentText() == preset.experiment.dataset
    assert named(window, "Speed").value() == preset.speed
    about = named(window, "About the preset", QLabel)
    assert about.isVisible()
    assert preset.text in about.text()


def test_what_is_half_typed_does_not_change_a_preset_that_is_chosen(qtbot, window):
    box = named(window, "Width")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "77")
    named(window, "Preset", QComboBox).setCurrentText(PRESETS[5].name)
    window.train_step()
    wait_for_rest(qtbot, window)
    assert window.snapshot.experiment == PRESETS[5].experiment


def test_a_change_by_hand_leaves_the_preset_and_its_paragraph_stays(qtbot, window):
    box = named(window, "Preset", QComboBox)
    box.setCurrentText(PRESETS[1].name)
    named(window, "Seed").setValue(5)
    assert box.currentIndex() == -1
    assert named(window, "About the preset").isVisible()
    named(window, "Seed").setValue(PRESETS[1].experiment.seed)
    assert box.currentText() == PRESETS[1].name


def test_training_goes_on_with_a_preset_if_it_did(qtbot, window):
    window.set_training(True)
    named(window, "Preset", QComboBox).setCurrentText(PRESETS[3].name)
    qtbot.waitUntil(lambda: window.snapshot.experiment == PRESETS[3].experiment and window.snapshot.step > 2)
    assert window.frame.playback.advancing


def test_every_paragraph_leaves_the_smallest_window_its_size(qtbot, window):
    size = window.size()
    for preset in PRESETS:
        window.show_preset(preset)
        qtbot.wait(1)  # for the layout
        assert window.minimumSizeHint().height() <= size.height() == 700
        assert window.size() == size
    qtbot.mouseClick(named(window, "Close preset", QPushButton), Qt.MouseButton.LeftButton)
    assert not named(window, "About the preset").isVisible()


def test_a_bad_file_is_told_of_and_the_others_are_offered(qtbot, monkeypatch):
    good = replace(PRESETS[0], name="Good")
    monkeypatch.setattr(
        "visualdl.gui.window.main_window.collect", lambda: presets.Collection((good,), ("x.json is not a preset: no.",))
    )
    window = MainWindow(Experiment(width=3))
    qtbot.addWidget(window)
    window.show()
    wait_for_rest(qtbot, window)
    assert named(window, "Message").text() == "x.json is not a preset: no."
    assert named(window, "Preset", QComboBox).count() == 1
