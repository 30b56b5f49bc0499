"""The page by mouse: hover, pin and open; what it says follows training, and what it asks for is what was done."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.visualdl.watched import frame_of
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.network import links
from visualdl.training.values.parameter_index import Neuron, ParameterIndex

WEIGHT, BIAS = ParameterIndex("2.weight", (0, 2)), ParameterIndex("4.bias", (1,))


def texts(page):
    return [label.text() for label in page.findChildren(QLabel)]


def test_it_has_its_names_and_says_its_keys(page, find):
    assert page.accessibleName() == "Network"
    description = find("Network diagram").accessibleDescription()
    assert all(word in description for word in ("Arrow", "Return", "B ", "W ", "Escape"))


def test_a_neuron_under_the_mouse_is_wanted_on_the_map_until_the_mouse_leaves(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    mouse.move(Neuron(1, 2))
    assert page.said.focus == [Neuron(1, 2)]
    assert page.said.sentences[-1].startswith("layer 1, neuron 3: bias ")
    mouse.leave()
    assert page.said.focus == [Neuron(1, 2), None]
    assert page.said.sentences[-1] == ""


def test_a_click_pins_a_neuron_and_a_second_one_lets_go(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    mouse.click(Neuron(2, 1))
    mouse.move(Neuron(1, 0))
    mouse.leave()
    assert page.said.focus[-2:] == [Neuron(1, 0), Neuron(2, 1)], "the pin is behind the mouse"
    mouse.click(Neuron(2, 1))
    mouse.leave()
    assert page.said.focus[-1] is None


def test_escape_unpins(qtbot, page, mouse, moment, find):
    page.draw(frame_of(moment(3, 4)))
    mouse.click(Neuron(2, 1))
    mouse.leave()
    assert page.said.focus[-1] == Neuron(2, 1)
    qtbot.keyClick(find("Network diagram"), Qt.Key.Key_Escape)
    assert page.said.focus[-1] is None


@pytest.mark.parametrize("place", [WEIGHT, BIAS], ids=["weight", "bias"])
def test_a_number_under_the_mouse_is_told_live(page, mouse, moment, changed, place):
    snapshot = moment(3, 4)
    page.draw(frame_of(snapshot))
    mouse.move(place)
    first = page.said.sentences[-1]
    assert f"{snapshot.weights[place.name][place.position]:.4f}".strip("-") in first
    page.draw(frame_of(changed(snapshot, place, 0.7531), advancing=True))
    assert "0.7531" in page.said.sentences[-1]
    count = len(page.said.sentences)
    page.draw(frame_of(changed(snapshot, place, 0.7531), advancing=True))
    assert len(page.said.sentences) == count, "nothing new, nothing said"
    assert page.said.focus == [], "a number is no neuron"


def test_a_neuron_under_the_mouse_shows_its_links(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    before = mouse.diagram.grab().toImage()
    mouse.move(Neuron(1, 2))
    assert mouse.diagram.grab().toImage() != before
    mouse.leave()
    assert mouse.diagram.grab().toImage() == before


def test_only_the_strongest_of_many_links_are_drawn_and_it_says_so(page, moment, monkeypatch):
    page.draw(frame_of(moment(3, 4)))
    assert "26 links" in texts(page)
    monkeypatch.setattr(links, "MOST", 10)
    page.draw(frame_of(moment(3, 4), step=5))
    assert "the 10 strongest of 26 links" in texts(page)


def test_the_links_follow_training_ten_times_a_second_and_at_its_end(page, mouse, moment, changed):
    page.draw(frame_of(moment(3, 4)))
    before = mouse.diagram.grab().toImage()
    page.draw(frame_of(changed(moment(3, 4), WEIGHT, 50.0), advancing=True))
    assert mouse.diagram.grab().toImage() == before, "too soon to be seen"
    page.draw(frame_of(changed(moment(3, 4), WEIGHT, 50.0)))
    assert mouse.diagram.grab().toImage() != before


def test_the_neurons_are_drawn_each_time_and_their_structure_without_them(page, mouse, moment):
    snapshot = moment(3, 4)
    page.draw(frame_of(snapshot, neurons=None))
    structure = page.grab().toImage()
    page.draw(frame_of(snapshot, advancing=True))
    with_maps = page.grab().toImage()
    assert with_maps != structure
    maps = replace(snapshot.neurons, levels=tuple(255 - levels for levels in snapshot.neurons.levels))
    page.draw(frame_of(snapshot, neurons=maps, advancing=True))
    assert page.grab().toImage() != with_maps
    page.draw(frame_of(snapshot, neurons=None))
    assert page.grab().toImage() == structure


def test_what_is_locked_is_marked(page, moment):
    snapshot = moment(3, 4)
    pictures = []
    for locked in ((), (WEIGHT,), (BIAS,)):
        page.draw(frame_of(snapshot, locked=frozenset(locked)))
        pictures.append(page.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_another_network_lets_go_of_what_it_does_not_have(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    mouse.click(Neuron(2, 3))
    mouse.move(Neuron(2, 3))
    page.draw(frame_of(moment(3)))
    assert page.said.focus[-1] is None
    assert page.said.sentences[-1] == ""
    mouse.click(Neuron(1, 1))
    page.draw(frame_of(moment(3, 4)))
    mouse.leave()
    assert page.said.focus[-1] == Neuron(1, 1), "and keeps what both have"


def test_the_palette_changes_everything(page, moment):
    page.draw(frame_of(moment(3, 4)))
    light = page.grab().toImage()
    page.set_theme(DARK)
    assert page.grab().toImage() != light
    page.set_theme(LIGHT)
    assert page.grab().toImage() == light


def test_while_it_is_hidden_it_draws_nothing_and_then_the_latest(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    page.hide()
    page.draw(frame_of(moment(25, 25, 25)))
    page.draw(frame_of(moment(3)))
    assert mouse.diagram.index.topology.widths == (2, 3, 4, 2)
    page.show()
    assert mouse.diagram.index.topology.widths == (2, 3, 2)


def test_a_network_is_arranged_anew_only_when_its_topology_is_another_one(qtbot, page, moment, changed):
    first = moment(3, 4)
    page.draw(frame_of(first))
    with qtbot.assertNotEmitted(page.tiles_wanted):
        page.draw(frame_of(changed(first, WEIGHT, 0.5, experiment=replace(first.experiment, learning_rate=0.1))))
    with qtbot.waitSignal(page.tiles_wanted, timeout=0):
        page.draw(frame_of(first, experiment=replace(first.experiment, dataset="XOR")))


def test_another_size_keeps_what_is_pointed_out(page, mouse, moment):
    page.draw(frame_of(moment(3, 4)))
    mouse.move(Neuron(1, 2))
    page.resize(500, 600)
    pointed_out = mouse.diagram.links.emphasized.childItems()
    assert sum(item.path().elementCount() for item in pointed_out) == 2 * (2 + 4)
    resized = mouse.diagram.grab().toImage()
    mouse.leave()
    assert mouse.diagram.grab().toImage() != resized
    mouse.move(Neuron(1, 2))
    assert mouse.diagram.grab().toImage() == resized, "it is what is pointed at in this size"


def test_keep_weights_is_a_switch(page, find):
    find("Keep weights").click()
    find("Keep weights").click()
    assert page.said.keep == [True, False]


@pytest.mark.parametrize("widths", [(), (25, 25, 25), (128,) * 8, (1, 128, 4)], ids=str)
@pytest.mark.parametrize("size", [(380, 360), (440, 560), (700, 860)], ids=str)
def test_networks_of_every_shape_are_drawn_at_every_size(page, mouse, moment, widths, size):
    page.resize(*size)
    page.draw(frame_of(moment(*widths)))
    page.resize(size[0] + 20, size[1])
    for layer, column in enumerate(mouse.diagram.arrangement.columns):
        neuron = Neuron(layer, column.count - 1)
        place = mouse.place(neuron)
        assert mouse.diagram.target_at(place.x(), place.y()) == neuron
        assert mouse.diagram.rect().contains(place)


def test_numbers_of_any_size_are_drawn(page, moment):
    snapshot = moment(3, 4)
    for value in (0.0, 1e30, -1e-30):
        page.draw(frame_of(snapshot, weights={name: np.full_like(a, value) for name, a in snapshot.weights.items()}))
        page.grab()
