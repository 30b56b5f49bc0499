"""The controls of many seeds ask for runs, or let those there are go on; and say what they would do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from visualdl.experiment.playback import DEFAULT_SEED_COUNT, SEED_COUNT
from visualdl.gui.controls.seeds_controls import SeedsControls


@pytest.fixture
def controls(qtbot):
    controls = SeedsControls()
    qtbot.addWidget(controls)
    controls.show()
    controls.asked = []
    controls.begin_wanted.connect(lambda *begin: controls.asked.append(begin))
    controls.play_toggled.connect(controls.asked.append)
    return controls


def named(controls, name):
    (found,) = [child for child in controls.findChildren(QWidget) if child.accessibleName() == name]
    return found


def press(qtbot, controls, name):
    qtbot.mouseClick(named(controls, name), Qt.MouseButton.LeftButton, pos=named(controls, name).rect().center())


def test_without_runs_train_begins_ten(qtbot, controls):
    press(qtbot, controls, "Train seeds")
    assert controls.asked == [(DEFAULT_SEED_COUNT, False)]


def test_runs_are_paused_and_go_on(qtbot, controls):
    controls.show_runs(10, False, True)
    press(qtbot, controls, "Pause seeds")
    controls.show_runs(10, False, False)
    press(qtbot, controls, "Train seeds")
    assert controls.asked == [False, True]


def test_another_number_throws_no_runs_away_until_they_are_restarted(qtbot, controls):
    controls.show_runs(10, False, False)
    named(controls, "Number of seeds").setValue(3)
    assert controls.choice() == "3 seeds"
    press(qtbot, controls, "Train seeds")
    press(qtbot, controls, "Restart seeds")
    assert controls.asked == [True, (3, False)]


def test_restart_begins_anew_and_has_no_effect_without_runs(qtbot, controls):
    restart = named(controls, "Restart seeds")
    assert not restart.isEnabled()
    assert "no runs yet" in restart.toolTip()
    controls.show_runs(10, False, True)
    press(qtbot, controls, "Restart seeds")
    assert controls.asked == [(10, False)]


def test_torch_is_chosen_for_the_next_start(qtbot, controls):
    torch = named(controls, "Compare with torch.nn")
    torch.click()
    assert controls.asked == []
    assert controls.choice() == ""
    press(qtbot, controls, "Train seeds")
    controls.show_runs(10, True, True)
    torch.click()
    assert controls.choice() == "10 seeds, without torch.nn"
    press(qtbot, controls, "Restart seeds")
    assert controls.asked == [(10, True), (10, False)]


@pytest.mark.parametrize("name", ["Train seeds", "Restart seeds"])
def test_a_typed_number_holds_before_a_button_asks(qtbot, controls, retype, name):
    controls.show_runs(10 if name == "Restart seeds" else 0, False, False)
    retype(named(controls, "Number of seeds"), "25")
    press(qtbot, controls, name)
    assert controls.asked == [(25, False)]


def test_the_number_stays_in_its_range(controls):
    box = named(controls, "Number of seeds")
    box.setValue(10**6)
    assert box.value() == SEED_COUNT.maximum
    box.setValue(0)
    assert box.value() == SEED_COUNT.minimum


def test_what_is_shown_moves_nothing(controls):
    places = [child.geometry() for child in controls.findChildren(QAbstractButton)]
    controls.show_runs(100, True, True)
    controls.layout().activate()
    assert [child.geometry() for child in controls.findChildren(QAbstractButton)] == places


def test_a_click_leaves_the_space_bar_to_the_window(controls):
    assert all(child.focusPolicy() == Qt.FocusPolicy.TabFocus for child in controls.findChildren(QAbstractButton))


def test_the_tab_key_visits_the_rows_in_order(controls, tab_stops):
    controls.show_runs(10, False, False)
    assert tab_stops(controls) == [
        "Seeds slider",
        "Number of seeds",
        "Compare with torch.nn",
        "Train seeds",
        "Restart seeds",
    ]


def test_it_fits_into_a_narrow_column(controls):
    assert controls.minimumSizeHint().width() <= 364
