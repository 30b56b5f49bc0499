import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from visualdl.experiment import CHOICES, SPEED
from visualdl.gui.controls.number_box import number_text

# The offscreen platform complains about every window that has a size hint.

LEARNING_RATE, BATCH_SIZE = CHOICES["learning_rate"], CHOICES["batch_size"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.01, "0.01"),
        (1e-5, "1e-5"),
        (0.00025, "2.5e-4"),
        (0.000123456, "1.23e-4"),
        (0.00099999, "1e-3"),
        (0.001, "0.001"),
        (0.0123456, "0.01235"),
        (0.001236, "0.00124"),
        (10.0, "10"),
        (2.5, "2.5"),
        (2500.0, "2500"),
        (9999.7, "10000"),
    ],
)
def test_numbers_are_written_short(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("typed", "value"), [("3e-4", 3e-4), ("3E-4", 3e-4), (".5", 0.5), ("5", 5.0), ("0.0123456789", 0.0123456789)]
)
def test_a_typed_learning_rate_acts_on_enter_and_not_before(make, qtbot, retype, typed, value):
    control = make(LEARNING_RATE)
    control.box.setValue(1)
    control.values.clear()
    retype(control.box, typed)
    assert control.values == []
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert control.values == [value]


def test_a_typed_number_acts_when_the_focus_leaves(make, qtbot, retype):
    control = make(BATCH_SIZE)
    retype(control.box, "64")
    assert control.values == []
    qtbot.keyClick(control.box, Qt.Key.Key_Tab)
    assert control.values == [64]
    assert QApplication.focusWidget() is control.slider


@pytest.mark.parametrize(("typed", "value"), [("50", 10.0), ("1e-9", 1e-5), ("e", 0.5), ("", 0.5), ("-", 0.5)])
def test_what_is_typed_and_not_allowed_becomes_the_nearest_value_or_the_last_one(make, qtbot, retype, typed, value):
    control = make(LEARNING_RATE)
    control.box.setValue(0.5)
    retype(control.box, typed)
    if not typed:
        qtbot.keyClick(control.box, Qt.Key.Key_Delete)
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert control.box.value() == value
    assert control.box.text() == number_text(value)


def test_letters_that_belong_to_no_number_are_not_taken(make, qtbot, retype):
    control = make(LEARNING_RATE)
    retype(control.box, "0x.0y2")
    assert control.box.text() == "0.02"


def test_a_step_starts_from_what_is_typed(make, qtbot, retype):
    control = make(LEARNING_RATE)
    retype(control.box, "2")
    qtbot.keyClick(control.box, Qt.Key.Key_Up)
    assert control.box.value() == 2.5


def test_half_a_word_leaves_the_speed_as_it_was(make, qtbot, retype):
    control = make(SPEED, upper_end="unlimited")
    control.box.setValue(50)
    retype(control.box, "unlim")
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert (control.box.value(), control.box.text()) == (50, "50")


@pytest.mark.parametrize(
    ("choice", "key", "text", "claimed"),
    [
        (BATCH_SIZE, Qt.Key.Key_Space, " ", False),
        (BATCH_SIZE, Qt.Key.Key_S, "s", False),
        (BATCH_SIZE, Qt.Key.Key_E, "e", False),
        (BATCH_SIZE, Qt.Key.Key_5, "5", True),
        (LEARNING_RATE, Qt.Key.Key_Space, " ", False),
        (LEARNING_RATE, Qt.Key.Key_R, "r", False),
        (LEARNING_RATE, Qt.Key.Key_E, "e", True),
    ],
)
def test_keys_that_belong_to_no_number_are_left_to_the_shortcuts_of_the_window(make, choice, key, text, claimed):
    control = make(choice)
    control.box.setFocus()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
    event.ignore()
    QApplication.sendEvent(control.box, event)
    assert event.isAccepted() == claimed


def test_digits_have_one_width(make):
    control = make(BATCH_SIZE)
    assert control.box.font().isFeatureSet(control.box.font().Tag("tnum"))
