"""The editor of a number: opened by a click or a key, it sets, steps, locks, and goes on to the neighbours."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel

from tests.visualdl.watched import frame_of
from visualdl.training.values.parameter_index import LARGEST, Neuron, ParameterIndex

WEIGHT, BIAS, OUTPUT_BIAS = (
    ParameterIndex("2.weight", (0, 2)),
    ParameterIndex("2.bias", (1,)),
    ParameterIndex("4.bias", (1,)),
)


def value_of(snapshot, place):
    return float(snapshot.weights[place.name][place.position])


@pytest.fixture
def drawn(page, moment):
    page.draw(frame_of(moment(3, 4)))
    return moment(3, 4)


def test_a_typed_value_is_wanted_by_return_and_stays_open(qtbot, drawn, page, mouse, find):
    mouse.click(WEIGHT)
    box = find("Value")
    assert box.value() == pytest.approx(value_of(drawn, WEIGHT))
    assert QApplication.focusWidget() is box
    qtbot.keyClicks(box, "-1.25")
    assert page.said.numbers == [], "typing alone changes nothing"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.said.numbers == [(WEIGHT, value_of(drawn, WEIGHT), -1.25, False)]
    assert box.isVisible()
    assert QApplication.focusWidget() is box


@pytest.mark.parametrize("shift", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier], ids=str)
def test_undoing_is_the_windows_until_something_is_typed(qtbot, drawn, page, mouse, find, changed, shift):
    undone = []
    shortcut = QShortcut(QKeySequence("Ctrl+Shift+Z" if shift.value else "Ctrl+Z"), page)
    shortcut.activated.connect(lambda: undone.append(True))
    keys = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | shift)
    mouse.click(WEIGHT)
    box = find("Value")
    qtbot.keyClicks(box, "-1.25")
    qtbot.keyClick(box, *keys)
    assert undone == [], "what is typed is undone"
    box.selectAll()
    qtbot.keyClicks(box, "-1.25")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page.draw(frame_of(changed(drawn, WEIGHT, -1.25)))
    qtbot.keyClick(box, *keys)
    assert undone == [True]
    assert box.text() == "-1.25", "until the number is another one"
    page.draw(frame_of(changed(drawn, WEIGHT, 0.5)))
    assert box.text() == "0.5"
    shortcut.setEnabled(False)
    qtbot.keyClick(box, *keys)
    assert box.text() == "0.5", "nothing is left to undo"


@pytest.mark.parametrize("place", [BIAS, OUTPUT_BIAS], ids=["bias", "output bias"])
def test_biases_open_like_links(qtbot, drawn, page, mouse, find, place):
    mouse.click(place)
    qtbot.keyClicks(find("Value"), "1e-20")
    qtbot.keyClick(find("Value"), Qt.Key.Key_Return)
    assert page.said.numbers == [(place, value_of(drawn, place), 1e-20, False)]


def test_steps_are_wanted_at_once_and_known_as_steps(qtbot, drawn, page, mouse, find, changed):
    page.draw(frame_of(changed(drawn, WEIGHT, 0.25)))
    mouse.click(WEIGHT)
    qtbot.keyClick(find("Value"), Qt.Key.Key_Up)
    assert page.said.numbers == [(WEIGHT, 0.25, pytest.approx(0.26), True)]
    qtbot.keyClick(find("Value"), Qt.Key.Key_Down)
    assert page.said.numbers[-1][2:] == (pytest.approx(0.25), True)


@pytest.mark.parametrize(("value", "up"), [(0.0, 0.001), (3.0, 3.1), (-0.5, -0.49), (1e5, 1.1e5)])
def test_a_step_is_a_tenth_of_the_decade(qtbot, drawn, page, mouse, find, changed, value, up):
    page.draw(frame_of(changed(drawn, WEIGHT, value)))
    mouse.click(WEIGHT)
    qtbot.keyClick(find("Value"), Qt.Key.Key_Up)
    assert page.said.numbers[-1][2] == pytest.approx(up)


def test_escape_closes_without_a_wish_and_gives_the_focus_back(qtbot, drawn, page, mouse, find):
    mouse.click(WEIGHT)
    qtbot.keyClicks(find("Value"), "3")
    qtbot.keyClick(find("Value"), Qt.Key.Key_Escape)
    assert not find("Number").isVisible()
    assert page.said.numbers == []
    assert QApplication.focusWidget() is find("Network diagram")
    assert page.said.focus == [], "what the mouse had opened selects no neuron"


def test_the_box_follows_training_until_something_is_typed(qtbot, drawn, page, mouse, find, changed):
    mouse.click(WEIGHT)
    page.draw(frame_of(changed(drawn, WEIGHT, 0.5), advancing=True))
    assert find("Value").text() == "0.5"
    assert find("Value").lineEdit().selectedText() == "0.5", "and may be typed over"
    page.draw(frame_of(changed(drawn, WEIGHT, 0.1234), advancing=True))
    assert find("Value").lineEdit().selectedText() == "0.1234", "all of it"
    qtbot.keyClicks(find("Value"), "7")
    page.draw(frame_of(changed(drawn, WEIGHT, 0.75), advancing=True))
    assert find("Value").text() == "7"
    qtbot.keyClick(find("Value"), Qt.Key.Key_Return)
    assert page.said.numbers == [(WEIGHT, 0.75, 7.0, False)]


def test_it_says_gradient_and_formula(drawn, page, mouse, find):
    mouse.click(WEIGHT)
    said = " ".join(label.text() for label in find("Number").findChildren(QLabel))
    for part in ("layer 1, neuron 1 → layer 2, neuron 3", "gradient", "s = Σ w·x + b, step w − 0.01·gradient"):
        assert part in said
    page.draw(frame_of(drawn, step=0))
    assert any("no gradient yet" in label.text() for label in find("Number").findChildren(QLabel))


def test_its_name_follows_the_network(drawn, page, mouse, find, moment):
    mouse.click(OUTPUT_BIAS)
    assert "output 2 (inside)" in [label.text() for label in find("Number").findChildren(QLabel)]
    page.draw(frame_of(moment(3, 4, 5)))
    assert "layer 3, neuron 2" in [label.text() for label in find("Number").findChildren(QLabel)]


def test_a_number_is_locked_and_unlocked(drawn, page, mouse, find):
    mouse.click(WEIGHT)
    find("Locked").click()
    page.draw(frame_of(drawn, locked=frozenset({WEIGHT})))
    assert find("Locked").isChecked()
    find("Locked").click()
    assert page.said.locks == [(WEIGHT, True), (WEIGHT, False)]


def test_every_incoming_number_of_the_neuron_is_reached_from_there(qtbot, drawn, page, mouse, find):
    mouse.click(WEIGHT)
    source = find("Incoming link")
    assert (source.minimum(), source.maximum(), source.value()) == (0, 3, 1)
    for step, place in (
        (Qt.Key.Key_Up, ParameterIndex("2.weight", (1, 2))),
        (Qt.Key.Key_Up, ParameterIndex("2.weight", (2, 2))),
    ):
        qtbot.keyClick(source, step)
        assert find("Value").value() == pytest.approx(value_of(drawn, place))
    source.setValue(0)
    assert source.text() == "bias"
    assert find("Value").value() == pytest.approx(value_of(drawn, ParameterIndex("2.bias", (2,))))
    find("Locked").click()
    assert page.said.locks == [(ParameterIndex("2.bias", (2,)), True)]


@pytest.mark.parametrize("box", ["Value", "Incoming link"])
@pytest.mark.parametrize("typed", ["", "2"])
def test_it_closes_when_the_network_has_no_such_number_any_more(qtbot, drawn, page, mouse, find, moment, box, typed):
    mouse.click(ParameterIndex("2.weight", (0, 3)))
    find(box).setFocus()
    find(box).selectAll()
    qtbot.keyClicks(find(box), typed)
    page.draw(frame_of(moment(3)))
    assert not find("Number").isVisible()
    assert page.said.numbers == [], "what was typed for it is dropped"


def test_a_click_beside_everything_closes_it(qtbot, drawn, page, mouse, find):
    mouse.click(WEIGHT)
    mouse.diagram.clicked.emit(None, mouse.diagram.rect().topLeft())
    assert not find("Number").isVisible()


def test_it_stays_within_the_page(drawn, page, mouse, find):
    for place in (ParameterIndex("0.weight", (0, 0)), OUTPUT_BIAS, ParameterIndex("4.weight", (3, 1))):
        mouse.click(place)
        assert page.rect().contains(find("Number").geometry())
        find("Number").dismiss()
    mouse.click(OUTPUT_BIAS)
    page.resize(380, 300)
    assert page.rect().contains(find("Number").geometry())


def test_the_largest_number_is_the_largest_that_can_be_set(qtbot, drawn, page, mouse, find):
    mouse.click(WEIGHT)
    qtbot.keyClicks(find("Value"), "1e99")
    qtbot.keyClick(find("Value"), Qt.Key.Key_Return)
    assert page.said.numbers[-1][2] == LARGEST


def test_the_neuron_of_an_open_number_is_not_pinned_by_it(drawn, page, mouse):
    mouse.click(WEIGHT)
    assert page.said.focus == []
    mouse.click(Neuron(1, 0))
    mouse.leave()
    assert page.said.focus[-1] == Neuron(1, 0)


def test_of_a_network_with_fewer_inputs_no_number_is_offered_that_is_not_there(drawn, page, mouse, find, moment):
    mouse.click(ParameterIndex("2.weight", (0, 2)))
    source = find("Incoming link")
    assert source.maximum() == 3
    page.draw(frame_of(moment(2, 4)))
    assert source.maximum() == 2
    source.setValue(2)
    assert page.said.numbers == []
    page.draw(frame_of(moment(5, 4)))
    assert source.maximum() == 5
