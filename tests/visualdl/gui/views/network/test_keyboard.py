"""The page by keyboard: everything that the mouse does."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.visualdl.watched import frame_of
from visualdl.gui.views.network import page as network_page
from visualdl.training.values.parameter_index import Neuron, ParameterIndex


@pytest.fixture
def diagram(page, moment, find):
    page.draw(frame_of(moment(3, 4)))
    diagram = find("Network diagram")
    diagram.setFocus(Qt.FocusReason.TabFocusReason)
    return diagram


def press(qtbot, diagram, *keys):
    for key in keys:
        qtbot.keyClick(diagram, key)


def test_arrows_go_from_neuron_to_neuron(qtbot, page, diagram):
    assert page.said.focus == [Neuron(1, 0)], "Tab selects the first hidden neuron"
    press(qtbot, diagram, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up)
    assert page.said.focus[1:] == [Neuron(1, 1), Neuron(2, 1), Neuron(2, 0)]
    assert page.said.sentences[-1].startswith("layer 2, neuron 1: ")


def test_a_screen_reader_is_told_what_is_selected(qtbot, page, diagram, monkeypatch):
    told = []
    monkeypatch.setattr(network_page.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(network_page.QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    press(qtbot, diagram, Qt.Key.Key_Down)
    assert told == [page.said.sentences[-1]]
    assert told[0].startswith("layer 1, neuron 2: ")


def test_without_the_focus_nothing_is_selected(page, diagram, find):
    find("Keep weights").setFocus()
    assert page.said.focus[-1] is None
    assert page.said.sentences[-1] == ""


def test_return_pins_and_escape_unpins(qtbot, page, diagram, find):
    press(qtbot, diagram, Qt.Key.Key_Right, Qt.Key.Key_Return)
    find("Keep weights").setFocus()
    assert page.said.focus[-1] == Neuron(2, 0)
    diagram.setFocus()
    press(qtbot, diagram, Qt.Key.Key_Escape)
    find("Keep weights").setFocus()
    assert page.said.focus[-1] is None


def test_b_opens_the_bias_and_w_the_first_incoming_weight(qtbot, page, diagram, find):
    press(qtbot, diagram, Qt.Key.Key_Right, Qt.Key.Key_B)
    find("Locked").click()
    qtbot.keyClick(find("Value"), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is diagram
    assert page.said.focus[-1] == Neuron(2, 0), "the selection is where it was"
    press(qtbot, diagram, Qt.Key.Key_W)
    find("Locked").click()
    assert page.said.locks == [(ParameterIndex("2.bias", (0,)), True), (ParameterIndex("2.weight", (0, 0)), True)]


def test_an_input_has_no_number_to_open(qtbot, page, diagram, find):
    press(qtbot, diagram, Qt.Key.Key_Left, Qt.Key.Key_B, Qt.Key.Key_W)
    assert not find("Number").isVisible()


@pytest.mark.parametrize(
    ("key", "modifier", "taken"),
    [
        (Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier, False),
    ],
)
def test_only_its_own_keys_are_kept_from_the_windows_shortcuts(diagram, key, modifier, taken):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(diagram, event)
    assert event.isAccepted() == taken


def test_the_mouse_takes_over_from_the_keyboard(qtbot, page, diagram, mouse):
    mouse.click(Neuron(3, 1))
    mouse.leave()
    assert page.said.focus[-1] == Neuron(3, 1), "pinned"
    mouse.click(Neuron(3, 1))
    mouse.leave()
    assert page.said.focus[-1] is None


def test_before_the_first_moment_keys_do_nothing(qtbot, page, find):
    diagram = find("Network diagram")
    diagram.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, diagram, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_B)
    assert page.said.focus == []
