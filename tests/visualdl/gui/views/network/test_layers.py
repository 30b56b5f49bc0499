"""The layers in place: headers above their columns, and an editor for each; bounds are kept and explained."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from tests.visualdl.watched import frame_of
from visualdl.experiment.network_choices import Layer
from visualdl.training.values.parameter_index import Neuron


def widths(experiment):
    return [layer.width for layer in experiment.network.hidden]


def test_plus_and_minus_change_one_layer(page, find, moment, show):
    show(moment(3, 4))
    find("Layer 2 more neurons").click()
    find("Layer 2 more neurons").click()
    find("Layer 1 fewer neurons").click()
    assert [widths(experiment) for experiment in page.said.experiments] == [[3, 5], [3, 6], [2, 6]]
    assert page.said.experiments[-1].network.hidden[0].activation == "Tanh"


def test_moments_of_before_do_not_take_a_wish_back(page, find, moment, show):
    show(moment(3, 4))
    find("Layer 2 more neurons").click()
    page.draw(frame_of(moment(3, 4)))
    find("Layer 2 more neurons").click()
    page.draw(frame_of(moment(3, 5)))
    find("Layer 2 more neurons").click()
    assert widths(page.said.experiments[-1]) == [3, 7]


def test_wishes_from_elsewhere_are_where_the_next_one_starts(page, find, moment, show):
    show(moment(3, 4))
    page.show_experiment(moment(3, 4).experiment.choose("learning_rate", 0.5))
    find("Layer 1 more neurons").click()
    assert page.said.experiments[-1].learning_rate == 0.5


def test_bounds_of_the_width_are_kept_and_explained(page, find, moment, show):
    show(moment(1, 128))
    fewer, more = find("Layer 1 fewer neurons"), find("Layer 2 more neurons")
    assert not fewer.isEnabled()
    assert fewer.toolTip() == "A layer has at least 1 neuron."
    assert not more.isEnabled()
    assert more.toolTip() == "A layer has at most 128 neurons."
    assert find("Layer 2 fewer neurons").isEnabled()


def test_headers_stand_above_their_columns(page, find, mouse, moment, show):
    for shape in ((3, 4), (128,) * 8, (25, 25, 25)):
        show(moment(*shape))
        for layer in range(1, len(shape) + 1):
            button = find(f"Layer {layer}")
            middle = button.mapTo(page, button.rect().center()).x()
            column = mouse.diagram.arrangement.columns[layer]
            assert abs(middle - (column.left + column.width / 2)) <= 2
            assert button.text() == f"{shape[layer - 1]}\nTanh"


def test_with_many_layers_plus_and_minus_are_in_the_editor_only(page, find, moment, show):
    show(moment(*(8,) * 8))
    assert not find("Layer 3 more neurons").isVisible()
    assert find("Layer 3").isVisible()
    page.resize(700, 560)
    assert find("Layer 3 more neurons").isVisible()


def test_the_first_layer_is_added_where_there_is_none(page, find, moment, show):
    show(moment())
    assert find("Add layer").isVisible()
    find("Add layer").click()
    experiment = page.said.experiments[-1]
    assert experiment.network.hidden == (Layer(experiment.width, "ReLU"),)
    assert not find("Add layer").isVisible()


@pytest.fixture
def opened(page, find, moment, show):
    show(moment(3, 4, 5))
    find("Layer 2").click()
    return page


def press(page, name):
    next(button for button in page.findChildren(QPushButton) if button.text() == name).click()


def test_width_and_activation_are_edited(qtbot, opened, find):
    box = find("Layer 2 width")
    assert QApplication.focusWidget() is box
    qtbot.keyClicks(box, "77")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is box
    find("Layer 2 activation").setCurrentText("ReLU")
    assert opened.said.experiments[-1].network.hidden == (Layer(3, "Tanh"), Layer(77, "ReLU"), Layer(5, "Tanh"))
    assert find("Layer 2").text() == "77\nReLU"


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("Add layer before", [3, 4, 4, 5]),
        ("Add layer after", [3, 4, 4, 5]),
        ("Move left", [4, 3, 5]),
        ("Move right", [3, 5, 4]),
        ("Remove layer", [3, 5]),
    ],
)
def test_layers_are_added_moved_and_removed(opened, find, name, result):
    press(opened, name)
    assert widths(opened.said.experiments[-1]) == result


def test_the_editor_follows_its_layer_and_closes_with_it(opened, find):
    press(opened, "Move left")
    assert find("Layer 1 width").value() == 4
    press(opened, "Add layer before")
    assert find("Layer 2 width").value() == 4
    press(opened, "Remove layer")
    assert not find("Layer").isVisible()
    assert widths(opened.said.experiments[-1]) == [4, 3, 5]


def test_every_button_of_the_editor_names_its_layer(opened, find):
    for name in ("add layer before", "add layer after", "move left", "move right", "remove layer"):
        assert find(f"Layer 2: {name}").isEnabled()
        assert find(f"Layer 2: {name}").toolTip()


def test_bounds_of_the_depth_are_kept_and_explained(page, find, moment, show):
    show(moment(*(8,) * 8))
    find("Layer 8").click()
    for name in ("add layer before", "add layer after"):
        assert not find(f"Layer 8: {name}").isEnabled()
        assert find(f"Layer 8: {name}").toolTip() == "A network has at most 8 hidden layers."
    assert find("Layer 8: move right").toolTip() == "This is the last hidden layer."
    assert not find("Layer 8: move right").isEnabled()
    assert find("Layer 8: move left").isEnabled()


def test_the_last_layer_can_be_removed(page, find, moment, show):
    show(moment(3))
    find("Layer 1").click()
    press(page, "Remove layer")
    assert page.said.experiments[-1].network.hidden == ()
    assert find("Add layer").isVisible()
    assert QApplication.focusWidget() in (find("Add layer"), None) or isinstance(
        QApplication.focusWidget(), QToolButton
    )


def test_escape_and_a_second_click_close_the_editor(qtbot, opened, find):
    qtbot.keyClick(find("Layer 2 width"), Qt.Key.Key_Escape)
    assert not find("Layer").isVisible()
    assert QApplication.focusWidget() is find("Layer 2")
    find("Layer 2").click()
    assert find("Layer").isVisible()
    find("Layer 2").click()
    assert not find("Layer").isVisible()


def test_a_click_on_the_diagram_closes_the_editor(opened, find, mouse):
    mouse.click(Neuron(0, 0))
    assert not find("Layer").isVisible()
    assert opened.said.focus == [Neuron(0, 0)]


@pytest.mark.parametrize("typed", ["", "40"])
def test_a_network_from_elsewhere_without_that_layer_closes_the_editor(qtbot, opened, find, moment, mouse, show, typed):
    qtbot.keyClicks(find("Layer 2 width"), typed)
    show(moment(3))
    assert not opened.said.experiments, "a width that was typed for it is dropped"
    assert not find("Layer").isVisible()
    mouse.move(Neuron(1, 0))
    assert opened.said.focus == [Neuron(1, 0)]


@pytest.mark.parametrize("button", ["Layer 3 more neurons", "Layer 2: move right"])
def test_a_button_is_for_a_layer_whose_typed_width_has_acted(qtbot, opened, find, button):
    opened.commit_wanted.connect(opened.commit)
    qtbot.keyClicks(find("Layer 2 width"), "40")
    find(button).click()
    assert widths(opened.said.experiments[-1]) in ([3, 40, 6], [3, 5, 40])


@pytest.mark.parametrize(
    ("typed", "button"),
    [
        ((1, 4), "Layer 1 fewer neurons"),
        ((3, 128), "Layer 2 more neurons"),
        ((3,) * 8, "Layer 2: add layer after"),
        ((3,), "Layer 2: remove layer"),
        ((3, 4), "Layer 2: move right"),
    ],
)
def test_a_button_that_what_was_typed_has_disabled_does_nothing(page, find, moment, show, typed, button):
    show(moment(3, 4, 5))
    find("Layer 2").click()
    pressed = find(button)
    page.commit_wanted.connect(lambda: page.show_experiment(moment(*typed).experiment))
    pressed.click()
    assert page.said.experiments == []


def test_no_first_layer_is_added_where_typed_ones_came_before_it(page, find, moment, show):
    show(moment())
    page.commit_wanted.connect(lambda: page.show_experiment(moment(3, 4).experiment))
    find("Add layer").click()
    assert page.said.experiments == []


def test_a_header_that_goes_while_it_is_pressed_wants_nothing_more(qtbot, page, find, moment, show):
    show(moment(3, 4))
    more, opener = find("Layer 2 more neurons"), find("Layer 2")
    page.commit_wanted.connect(lambda: page.show_experiment(moment(3).experiment))
    for button in (more, opener):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert page.said.experiments == []
        assert not find("Layer").isVisible()
        page.show_experiment(moment(3, 4).experiment)
