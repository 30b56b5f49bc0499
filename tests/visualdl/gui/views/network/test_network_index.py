"""The network index: every link and bias has its place, its ends and its number."""

import pytest

from visualdl.gui.views.network.network_index import NetworkIndex
from visualdl.training.values.parameter_index import Neuron, ParameterIndex


@pytest.fixture
def index(moment):
    return NetworkIndex(moment(3, 4).topology)


def test_there_is_a_link_for_every_weight(index, moment):
    assert index.links == 2 * 3 + 3 * 4 + 4 * 2
    assert NetworkIndex(moment().topology).links == 2 * 2


def test_every_link_has_its_place_its_ends_and_its_value(index, moment):
    weights = moment(3, 4).weights
    values = index.link_values(weights)
    for link in range(index.links):
        place = index.weight(link)
        assert index.link(place) == link
        assert values[link] == weights[place.name][place.position]
        source, target = index.topology.ends(place)
        assert target.layer == source.layer + 1
        assert index.topology.incoming(target, source.number) == place


def test_every_bias_has_its_neuron_and_its_value(index, moment):
    weights = moment(3, 4).weights
    for value, neuron in zip(index.bias_values(weights), index.neurons_with_bias, strict=True):
        place = index.topology.bias(neuron)
        assert weights[place.name][place.position] == value
        assert index.topology.ends(place) == (None, neuron)
    assert index.topology.bias(Neuron(0, 1)) is None


def test_the_links_of_a_neuron_lead_to_it_or_come_from_it(index):
    for neuron, count in ((Neuron(0, 1), 3), (Neuron(1, 2), 2 + 4), (Neuron(3, 0), 4)):
        ends = [index.topology.ends(index.weight(int(link))) for link in index.links_of(neuron)]
        assert len(ends) == count
        assert all(neuron in both for both in ends)


@pytest.mark.parametrize(
    "place",
    [
        ParameterIndex("9.weight", (0, 0)),
        ParameterIndex("0.weight", (2, 0)),
        ParameterIndex("0.bias", (2,)),
        ParameterIndex("0.bias", (0, 0)),
    ],
)
def test_a_place_without_a_weight_has_no_link(index, place):
    assert index.link(place) is None
