import pytest
from PySide6.QtCore import Qt

from visualdl.gui.controls.step_slider import StepSlider


@pytest.mark.parametrize(
    ("key", "steps"),
    [(Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1), (Qt.Key.Key_PageUp, 10), (Qt.Key.Key_PageDown, -10)],
)
def test_keys_ask_for_steps_and_move_nothing_themselves(qtbot, key, steps):
    slider = StepSlider(1000)
    qtbot.addWidget(slider)
    slider.show()
    slider.setValue(500)
    asked, values = [], []
    slider.step_wanted.connect(asked.append)
    slider.valueChanged.connect(values.append)
    qtbot.keyClick(slider, key)
    assert (asked, values, slider.value()) == ([steps], [], 500)


def test_the_right_mouse_button_moves_nothing(qtbot):
    slider = StepSlider(1000)
    qtbot.addWidget(slider)
    slider.show()
    qtbot.mouseClick(slider, Qt.MouseButton.RightButton, pos=slider.rect().center())
    assert slider.value() == 0
