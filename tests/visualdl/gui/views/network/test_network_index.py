"""The anatomy: every link and bias has its place, its ends and its number."""

import numpy as np
import pytest

from visualdl.gui.views.network.network_index import NetworkIndex
from visualdl.training.values.parameter_index import Neuron, ParameterIndex

ENDS = ("x₁", "x₂"), ("outside", "inside")


@pytest.fixture
def anatomy(moment):
    return NetworkIndex(moment(3, 4).weights, *ENDS)


def test_the_layers_are_those_of_the_network(anatomy, moment):
    assert anatomy.widths == (2, 3, 4, 2)
    assert anatomy.links == 2 * 3 + 3 * 4 + 4 * 2
    assert NetworkIndex(moment().weights, *ENDS).widths == (2, 2)


def test_every_link_has_its_place_its_ends_and_its_value(anatomy, moment):
    weights = moment(3, 4).weights
    values = anatomy.link_values(weights)
    for link in range(anatomy.links):
        place = anatomy.weight(link)
        assert anatomy.link(place) == link
        assert values[link] == weights[place.name][place.position]
        source, target = anatomy.ends(place)
        assert target.layer == source.layer + 1
        assert anatomy.incoming(target, source.number) == place


def test_every_bias_has_its_neuron_and_its_value(anatomy, moment):
    weights = moment(3, 4).weights
    for value, neuron in zip(anatomy.bias_values(weights), anatomy.neurons_with_bias, strict=True):
        place = anatomy.bias(neuron)
        assert weights[place.name][place.position] == value
        assert anatomy.ends(place) == (None, neuron)
    assert anatomy.bias(Neuron(0, 1)) is None


@pytest.mark.parametrize(
    "place",
    [
        ParameterIndex("9.weight", (0, 0)),
        ParameterIndex("0.weight", (2, 0)),
        ParameterIndex("0.bias", (3,)),
        ParameterIndex("1.bias", (0,)),
    ],
)
def test_a_place_that_the_network_does_not_have_has_no_ends(anatomy, place):
    assert anatomy.ends(place) is None


def test_the_links_of_a_neuron_lead_to_it_or_come_from_it(anatomy):
    for neuron, count in ((Neuron(0, 1), 3), (Neuron(1, 2), 2 + 4), (Neuron(3, 0), 4)):
        ends = [anatomy.ends(anatomy.weight(int(link))) for link in anatomy.links_of(neuron)]
        assert len(ends) == count
        assert all(neuron in both for both in ends)


def test_neurons_are_called_as_the_diagram_shows_them(anatomy):
    names = [anatomy.name(Neuron(*at)) for at in ((0, 0), (1, 2), (3, 0), (3, 1))]
    assert names == ["input x₁", "layer 1 neuron 3", "output outside", "output inside"]


def test_it_knows_its_own_weights_from_those_of_another_network(anatomy, moment):
    assert anatomy.fits({name: np.array(array) for name, array in moment(3, 4).weights.items()}, *ENDS)
    assert not anatomy.fits(moment(4, 3).weights, *ENDS)
    assert not anatomy.fits(moment(3, 4).weights, ENDS[0], ("orange", "blue"))
    assert not anatomy.fits(moment(3, 4).weights, ("x₁", "x₁²"), ENDS[1])
