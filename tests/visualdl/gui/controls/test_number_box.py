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


@pytest.mark.parametrize("choice", [BATCH_SIZE, LEARNING_RATE])
@pytest.mark.parametrize(
    ("key", "text", "modifier", "claimed"),
    [
        (Qt.Key.Key_Space, " ", Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_S, "s", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_R, "R", Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_E, "e", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_2, "2", Qt.KeyboardModifier.KeypadModifier, True),
        (Qt.Key.Key_T, "t", Qt.KeyboardModifier.AltModifier, False),
    ],
)
def test_while_a_number_is_typed_no_letter_reaches_the_shortcuts(make, choice, key, text, modifier, claimed):
    control = make(choice)
    control.box.setFocus()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier, text)
    event.ignore()
    QApplication.sendEvent(control.box, event)
    assert event.isAccepted() == claimed


@pytest.mark.parametrize(
    ("choice", "text", "value"),
    [
        (LEARNING_RATE, "0,5", 0.5),
        (LEARNING_RATE, "100", 10),
        (LEARNING_RATE, "-1", 1e-5),
        (LEARNING_RATE, "3e-4", 3e-4),
        (BATCH_SIZE, "1001", 1000),
        (BATCH_SIZE, "12.5", 12),
        (BATCH_SIZE, "0", 1),
        (BATCH_SIZE, "1e2", 100),
        (BATCH_SIZE, "1e999", 1000),
        (BATCH_SIZE, "123456789012345", 1000),
        (BATCH_SIZE, "e", 50),
        (BATCH_SIZE, "-", 50),
        (BATCH_SIZE, "reset", 50),
    ],
)
def test_a_typed_number_is_taken_as_it_reads_or_to_the_nearest_end(make, qtbot, retype, choice, text, value):
    control = make(choice)
    control.box.setValue(50 if choice is BATCH_SIZE else 0.01)
    retype(control.box, text)
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert control.box.value() == value
    assert not control.box.hasFocus(), "Return gives the keys back to the window"


def test_escape_takes_back_what_was_typed(make, qtbot, retype):
    control = make(BATCH_SIZE)
    control.box.setValue(50)
    control.values.clear()
    retype(control.box, "7")
    qtbot.keyClick(control.box, Qt.Key.Key_Escape)
    assert (control.box.value(), control.box.text(), control.values) == (50, "50", [])
    assert not control.box.hasFocus()


def test_digits_have_one_width(make):
    control = make(BATCH_SIZE)
    assert control.box.font().isFeatureSet(control.box.font().Tag("tnum"))
