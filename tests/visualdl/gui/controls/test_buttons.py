"""Buttons keep their width, leave the space bar to the window, and say why they are disabled."""

import pytest
from PySide6.QtCore import Qt

from visualdl.gui.controls.buttons import enable, push_button


@pytest.fixture
def button(qtbot):
    button = push_button("Go", "A much longer name")
    qtbot.addWidget(button)
    return button


def test_a_button_has_room_for_each_of_its_names(button):
    width = button.width()
    button.setText("A much longer name")
    assert button.width() == width
    assert button.fontMetrics().horizontalAdvance(button.text()) < width
    assert button.accessibleName() == "Go"
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_reason_disables_a_button_and_is_its_tooltip(button):
    enable(button, "Goes", "There is nowhere to go.")
    assert (button.isEnabled(), button.toolTip()) == (False, "There is nowhere to go.")
    enable(button, "Goes")
    assert (button.isEnabled(), button.toolTip()) == (True, "Goes")
