from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.controls.preset_control import NO_PRESETS, NONE_OF_THEM, PresetControl

PRESETS = (
    Preset("The paper", "Look at the disk.", Experiment()),
    Preset("A network so wide that its name has no room", "Look at the width.", Experiment(width=128)),
)


@pytest.fixture
def control(qtbot):
    control = PresetControl(PRESETS)
    qtbot.addWidget(control)
    control.resize(220, 40)
    control.show()
    control.chosen = []
    control.preset_chosen.connect(control.chosen.append)
    return control


def test_the_list_has_a_name_and_all_presets_and_shows_none_at_first(control):
    assert control.box.accessibleName() == "Preset"
    assert [control.box.itemText(place) for place in range(control.box.count())] == [each.name for each in PRESETS]
    assert control.box.currentIndex() == -1
    assert control.box.placeholderText() == NONE_OF_THEM


def test_it_shows_which_preset_an_experiment_is_without_asking_for_it(control):
    control.show_experiment(PRESETS[1].experiment)
    assert control.box.currentText() == PRESETS[1].name
    control.show_experiment(replace(PRESETS[1].experiment, seed=1))
    assert control.box.currentText() == ""
    assert control.chosen == []


def test_a_choice_by_keyboard_is_told_once(control, qtbot):
    control.show_experiment(PRESETS[0].experiment)
    qtbot.keyClick(control.box, Qt.Key.Key_Down)
    assert control.chosen == [PRESETS[1]]
    qtbot.keyClick(control.box, Qt.Key.Key_Up)
    assert control.chosen == [PRESETS[1], PRESETS[0]]


def choose_from_open_list(control, index):
    """Do what Qt does then; the offscreen platform cannot hold a list open without a warning."""
    control.box.setCurrentIndex(index)
    control.box.activated.emit(index)


def test_the_preset_on_show_can_be_chosen_again(control):
    for _ in range(2):
        choose_from_open_list(control, 1)
    assert control.chosen == [PRESETS[1]] * 2


def test_a_preset_can_be_chosen_again_after_a_hand_has_left_it(control):
    choose_from_open_list(control, 1)
    control.show_experiment(Experiment(seed=9))
    choose_from_open_list(control, 1)
    assert control.chosen == [PRESETS[1]] * 2


def test_a_long_name_widens_the_open_list_not_the_control(control):
    name = control.box.fontMetrics().horizontalAdvance(PRESETS[1].name)
    assert control.minimumSizeHint().width() < name
    assert control.box.view().minimumWidth() > name


def test_the_wheel_leaves_an_unfocused_list_alone(control, wheel):
    control.show_experiment(PRESETS[0].experiment)
    control.box.clearFocus()
    assert not wheel(control.box, -1)
    assert control.chosen == []


def test_without_presets_the_list_is_disabled_and_says_why(qtbot):
    control = PresetControl(())
    qtbot.addWidget(control)
    assert not control.box.isEnabled()
    assert NO_PRESETS in control.box.toolTip()
