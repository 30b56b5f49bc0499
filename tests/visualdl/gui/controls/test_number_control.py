import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from visualdl.experiment.choices import Range
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.playback import DEFAULT_SPEED, SPEED

# The offscreen platform complains about every window that has a size hint.

DEFAULTS = {CHOICES[name].label: getattr(Experiment(), name) for name in CHOICES} | {SPEED.label: DEFAULT_SPEED}
RANGES = [choice for choice in (*CHOICES.values(), SPEED) if isinstance(choice, Range)]
LEARNING_RATE, DEPTH = CHOICES["learning_rate"], CHOICES["depth"]


@pytest.mark.parametrize("choice", RANGES, ids=lambda choice: choice.label)
class TestEveryNumber:
    def test_box_and_slider_have_their_names_and_say_what_they_are_for(self, make, choice):
        control = make(choice)
        assert control.box.accessibleName() == choice.label
        assert control.slider.accessibleName() == f"{choice.label} slider"
        for widget in (control.box, control.slider):
            for text in (widget.toolTip(), widget.accessibleDescription()):
                assert choice.help in text
                assert f"from {choice.minimum:g} to {choice.maximum:g}" in text
                assert choice.unit in text
            assert widget.focusPolicy() == Qt.FocusPolicy.StrongFocus  # by Tab and click, not by the wheel

    def test_label_and_unit_can_be_read(self, make, choice):
        control = make(choice)
        labels = {label.text(): label for label in control.findChildren(QLabel)}
        assert labels[choice.label].buddy() is control.box
        assert choice.unit in labels

    def test_holds_the_ends_and_the_default_and_moves_the_slider_to_them(self, make, choice):
        control = make(choice)
        for value in (choice.maximum, choice.minimum, DEFAULTS[choice.label]):
            control.box.setValue(value)
            assert control.box.value() == value
            assert control.slider.value() == control.box.scale.position(value)

    def test_says_a_change_once_and_no_change_never(self, make, choice):
        control = make(choice)
        control.box.setValue(choice.maximum)
        control.box.setValue(choice.maximum)
        control.slider.setValue(control.slider.maximum())
        assert control.values == [choice.maximum]

    def test_brings_values_from_outside_to_the_nearest_end(self, make, choice):
        control = make(choice)
        control.box.setValue(choice.maximum * 2)
        assert control.box.value() == choice.maximum
        control.box.setValue(choice.minimum - 1)
        assert control.box.value() == choice.minimum

    def test_the_slider_sets_the_box_over_its_whole_length(self, make, choice):
        control = make(choice)
        control.slider.setValue(control.slider.maximum())
        assert control.box.value() == choice.maximum
        control.slider.setValue(0)
        assert control.box.value() == choice.minimum
        assert control.values == [choice.maximum, choice.minimum]

    @pytest.mark.parametrize("part", ["box", "slider"])
    def test_arrow_keys_and_the_wheel_change_the_value_step_by_step(self, make, qtbot, wheel, choice, part):
        control = make(choice)
        default = DEFAULTS[choice.label]
        start = default if default > choice.minimum else control.box.scale.stepped(default, 1)
        control.box.setValue(start)
        control.values.clear()
        above, below = control.box.scale.stepped(start, 1), control.box.scale.stepped(start, -1)
        widget = getattr(control, part)
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
            qtbot.keyClick(widget, key)
        widget.setFocus()
        wheel(widget, 1)
        wheel(widget, 1)
        assert control.values == [above, start, below, start, above]
        assert control.slider.value() == control.box.scale.position(above)

    def test_every_value_that_the_slider_gives_fits_into_the_box(self, make, choice):
        control = make(choice)
        edit = control.box.lineEdit()
        for position in range(0, control.slider.maximum() + 1, 50):
            control.slider.setValue(position)
            assert edit.fontMetrics().horizontalAdvance(edit.text()) < edit.width()


@pytest.mark.parametrize("value", [0.0123, 0.012345678901234567, 1.2345678912345e-5, 9.999999999999998, 0.1 + 0.2])
def test_the_slider_moves_with_the_box_but_never_rounds_its_value(make, qtbot, retype, value):
    control = make(LEARNING_RATE)
    control.box.setValue(value)
    retype(control.box, "")
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    qtbot.keyClick(control.box, Qt.Key.Key_Tab)
    assert control.box.value() == value
    assert control.values == [value]


def test_page_up_multiplies_by_ten(make, qtbot):
    control = make(LEARNING_RATE)
    for widget in (control.box, control.slider):
        control.box.setValue(0.0025)
        qtbot.keyClick(widget, Qt.Key.Key_PageUp)
        assert control.box.value() == 0.025


def test_home_and_end_on_the_slider_go_to_the_ends(make, qtbot):
    control = make(LEARNING_RATE)
    qtbot.keyClick(control.slider, Qt.Key.Key_End)
    qtbot.keyClick(control.slider, Qt.Key.Key_Home)
    assert control.values == [10, 1e-5]


def test_fractions_of_a_wheel_notch_add_up_on_the_slider(make, wheel):
    control = make(DEPTH)
    control.slider.setFocus()
    for _ in range(4):
        wheel(control.slider, 0.25)
    assert control.values == [1]


@pytest.mark.parametrize("part", ["box", "slider"])
@pytest.mark.parametrize("choice", RANGES, ids=lambda choice: choice.label)
def test_the_wheel_without_the_focus_changes_nothing_and_is_passed_on(make, wheel, choice, part):
    control = make(choice)
    control.box.setValue(choice.minimum)
    control.values.clear()
    other, widget = (control.slider, control.box) if part == "box" else (control.box, control.slider)
    other.setFocus()
    assert not wheel(widget, 1)
    assert control.values == []
    assert other.hasFocus()
    widget.setFocus()
    assert wheel(widget, 1)
    assert len(control.values) == 1


@pytest.mark.parametrize(("one_line", "order"), [(False, ["box", "slider"]), (True, ["slider", "box"])])
def test_tab_visits_box_and_slider_as_they_stand(make, qtbot, one_line, order):
    control = make(DEPTH, one_line=one_line)
    first, second = (getattr(control, part) for part in order)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second


def test_a_click_on_the_slider_goes_there_and_the_mouse_keeps_the_handle(make, qtbot):
    control = make(DEPTH)
    slider = control.slider
    place = QPoint(round(slider.width() * 0.7), slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=place)
    assert control.values == [6]
    under_the_mouse = slider.value()
    assert under_the_mouse != control.box.scale.position(6)
    qtbot.mouseMove(slider, QPoint(round(slider.width() * 0.9), slider.height() // 2))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert control.values[-1] == 7
    assert slider.value() == control.box.scale.position(7)


def test_the_upper_end_of_the_speed_is_called_unlimited(make, qtbot, retype):
    control = make(SPEED, one_line=True, upper_end="unlimited")
    retype(control.box, "Unlimited")
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert control.values == [SPEED.maximum]
    assert control.box.text() == "unlimited"
    retype(control.box, "120")
    qtbot.keyClick(control.box, Qt.Key.Key_Return)
    assert control.values == [SPEED.maximum, 120]
    assert control.box.text() == "120"
    qtbot.keyClick(control.slider, Qt.Key.Key_End)
    assert control.box.text() == "unlimited"


def test_a_control_without_a_slider_is_a_box_alone(make, qtbot):
    control = make(CHOICES["seed"], slider=False)
    assert control.slider is None
    qtbot.keyClick(control.box, Qt.Key.Key_Up)
    assert control.values == [1]
