"""The lines between the window's parts, by keyboard: found, named, moved, and left again."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.gui.widgets.dividers import LEAP, STEP, DividedBox, Divider

LEAST = 30  # pixels
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = [f"Divider before {part}" for part in ("pages", "boundary", "curves", "error")]


@pytest.fixture
def window(lend):
    window = lend(Experiment(depth=1, width=5))
    window.activateWindow()
    return window


def press(key):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key)
    return QApplication.focusWidget()


def test_a_key_goes_from_one_to_the_next_and_to_the_first_again(window):
    names = [press(Qt.Key.Key_F8).accessibleName() for _ in range(len(NAMES) + 1)]
    assert names == [*NAMES, NAMES[0]]
    description = QAccessible.queryAccessibleInterface(QApplication.focusWidget()).text(QAccessible.Text.Description)
    assert "Arrow keys" in description


def test_one_that_is_out_of_sight_is_passed_over(window):
    window.show_page(None)
    QApplication.processEvents()  # lays out
    names = [press(Qt.Key.Key_F8).accessibleName() for _ in range(4)]
    assert names == [*NAMES[1:], NAMES[1]]


@pytest.mark.parametrize(
    ("orientation", "back", "forth", "across"),
    [
        (Qt.Orientation.Horizontal, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down),
        (Qt.Orientation.Vertical, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Right),
    ],
)
def test_arrows_move_it_and_shift_moves_it_further(qtbot, orientation, back, forth, across):
    box = DividedBox(orientation, {"one": QWidget(), "other": QWidget()}, (1, 1))
    box.widget(0).setMinimumSize(LEAST, LEAST)
    qtbot.addWidget(box)
    box.resize(408, 408)
    box.show()
    (divider,) = box.dividers()
    places = [box.sizes()[0]]
    for key, modifier in ((forth, NONE), (forth, SHIFT), (back, NONE), (across, NONE), (back, SHIFT)):
        QTest.keyClick(divider, key, modifier)
        places.append(box.sizes()[0])
    assert [after - before for before, after in pairwise(places)] == [STEP, LEAP, -STEP, 0, -LEAP]
    for _ in range(10):
        QTest.keyClick(divider, back, SHIFT)
    assert box.sizes()[0] == LEAST, "no part goes out of sight"


def test_escape_gives_the_keys_back_to_who_had_them(window):
    slider = next(each for each in window.findChildren(QWidget) if each.accessibleName() == "Samples slider")
    slider.setFocus()
    for _ in range(3):
        assert isinstance(press(Qt.Key.Key_F8), Divider)
    assert press(Qt.Key.Key_Escape) is slider


def test_who_has_gone_meanwhile_gets_no_keys(qtbot):
    box, gone = DividedBox(Qt.Orientation.Horizontal, {"one": QWidget(), "other": QWidget()}, (1, 1)), QWidget()
    qtbot.addWidget(box)
    (divider,) = box.dividers()
    divider.take_focus(gone)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, 0)
    QTest.keyClick(divider, Qt.Key.Key_Escape)
    assert not divider.hasFocus()


def test_other_keys_are_left_to_the_window(window):
    divider = press(Qt.Key.Key_F8)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, NONE)
    divider.keyPressEvent(event)
    assert not event.isAccepted()


def test_it_is_seen_which_one_has_the_keys(window):
    divider = press(Qt.Key.Key_F8)
    with_keys = divider.grab().toImage()
    press(Qt.Key.Key_Escape)
    assert divider.grab().toImage() != with_keys
