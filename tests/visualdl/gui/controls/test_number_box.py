import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from visualdl.experiment.experiment import CHOICES
from visualdl.experiment.playback import SPEED
from visualdl.gui.controls.number_box import number_text

# The offscreen platform complains about every window that has a size hint.

LEARNING_RATE, BATCH_SIZE, SEED = CHOICES["learning_rate"], CHOICES["batch_size"], CHOICES["seed"]


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


@pytest.mark.parametrize("choice", [BATCH_SIZE, LEARNING_RATE], ids=lambda choice: choice.label)
@pytest.mark.parametrize(
    ("key", "text", "modifiers", "claimed"),
    [
        (Qt.Key.Key_Space, " ", Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_S, "s", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_R, "R", Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_E, "e", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_5, "5", Qt.KeyboardModifier.KeypadModifier, True),
        (Qt.Key.Key_Escape, "\x1b", Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_S, "\x13", Qt.KeyboardModifier.ControlModifier, False),
        (Qt.Key.Key_F11, "", Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_no_plain_key_but_the_space_bar_is_left_to_the_shortcuts(make, choice, key, text, modifiers, claimed):
    control = make(choice)
    control.box.setFocus()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
    event.ignore()
    QApplication.sendEvent(control.box, event)
    assert event.isAccepted() == claimed


@pytest.mark.parametrize("choice", [SEED, LEARNING_RATE], ids=lambda choice: choice.label)
def test_a_word_typed_into_a_box_reaches_no_shortcut_of_the_window(make, qtbot, retype, choice):
    control, heard = make(choice), []
    for key in "RSET":
        QShortcut(QKeySequence(key), control, lambda key=key: heard.append(key))
    retype(control.box, "reset")
    assert heard == []
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    qtbot.keyClicks(control, "reset")
    assert heard == list("RESET")
    assert control.values == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_commits_and_gives_the_focus_up(make, qtbot, retype, key):
    control = make(BATCH_SIZE)
    retype(control.box, "64")
    qtbot.keyClick(control.box, key)
    assert control.values == [64]
    assert not control.box.hasFocus()


@pytest.mark.parametrize("choice", [BATCH_SIZE, LEARNING_RATE], ids=lambda choice: choice.label)
def test_escape_takes_the_typed_text_back_and_gives_the_focus_up(make, qtbot, retype, choice):
    control = make(choice)
    before = control.box.text()
    retype(control.box, "7")
    qtbot.keyClick(control.box, Qt.Key.Key_Escape)
    assert (control.box.text(), control.values) == (before, [])
    assert not control.box.hasFocus()


def test_escape_keeps_the_digits_that_are_not_shown(make, qtbot):
    control = make(LEARNING_RATE)
    control.box.setValue(0.012345678901234567)
    control.box.setFocus()
    qtbot.keyClick(control.box, Qt.Key.Key_Escape)
    assert control.box.value() == 0.012345678901234567


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("width", "200", 128),
        ("width", "0", 1),
        ("width", "-5", 1),
        ("width", "12.5", 12),
        ("width", "12,5", 12),
        ("width", "1e5", 128),
        ("width", "1e999", 128),
        ("width", "1e1", 10),
        ("width", "0.2", 1),
        ("batch_size", "1001", 1000),
        ("seed", "12345678", 999_999),
        ("seed", "+42", 42),
        ("learning_rate", "0,5", 0.5),
        ("learning_rate", "2,5e-3", 0.0025),
    ],
)
@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_one_rule_reads_a_typed_number_in_every_box(make, qtbot, retype, name, typed, value, leave):
    control = make(CHOICES[name])
    control.box.setValue(7)
    retype(control.box, typed)
    assert control.box.text() == typed
    qtbot.keyClick(control.box, leave)
    assert (control.box.value(), control.box.text()) == (value, number_text(value))


@pytest.mark.parametrize("typed", ["1.2.3", "1,000.5", "5-3", "--5", "1e", "e5", ".", ","])
@pytest.mark.parametrize("choice", [SEED, LEARNING_RATE], ids=lambda choice: choice.label)
def test_what_is_no_number_is_refused_as_a_whole(make, qtbot, retype, choice, typed):
    control = make(choice)
    control.box.setValue(3)
    retype(control.box, typed)
    assert control.box.text() == typed
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert (control.box.value(), control.box.text()) == (3, "3")


def test_digits_have_one_width(make):
    control = make(BATCH_SIZE)
    assert control.box.font().isFeatureSet(control.box.font().Tag("tnum"))
