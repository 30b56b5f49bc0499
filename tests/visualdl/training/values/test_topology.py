"""The topology says what a network has, and what everything in it is called."""

from dataclasses import FrozenInstanceError, replace

import msgspec
import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.topology import Topology

MIXED = Experiment(layers=(Layer(3, "Tanh"), Layer(5, "ReLU")))
TOPOLOGY = Topology(("x₁", "x₂"), (3, 4), ("outside", "inside"), has_batch_norm=True)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(depth=0, batch_norm="Yes"),
        Experiment(depth=2, width=7, dropout=0.5),
        MIXED,
        replace(MIXED, batch_norm="Yes", dropout=0.5),
        replace(MIXED, features=("x1", "x2", "x1 * x2"), loss="Binary cross-entropy"),
    ],
)
def test_the_shapes_are_those_of_the_experiments_network(experiment):
    weights, topology = Watched(experiment).snapshot().weights, Topology.of(experiment)
    assert {name: array.shape for name, array in weights.items()} == topology.shapes
    assert list(weights) == list(topology.shapes)
    assert [name for names in topology.tensors for name in names] == list(weights)


def test_linear_layers_have_their_names_whatever_else_there_is():
    linear = [("0.weight", "0.bias"), ("2.weight", "2.bias"), ("4.weight", "4.bias")]
    assert [names[:2] for names in TOPOLOGY.tensors] == linear
    assert list(replace(TOPOLOGY, has_batch_norm=False).tensors) == linear


def test_a_snapshot_has_the_topology_of_its_experiment_whatever_replaces_it():
    snapshot = Watched(MIXED).snapshot()
    assert snapshot.topology == Topology.of(MIXED)
    assert replace(snapshot, experiment=Experiment()).topology == Topology.of(Experiment())


@pytest.mark.parametrize(
    "other",
    [
        replace(MIXED, layers=(Layer(3, "Tanh"), Layer(6, "ReLU"))),
        replace(MIXED, batch_norm="Yes"),
        replace(MIXED, features=("x2", "x1")),
        replace(MIXED, dataset="XOR"),
    ],
    ids=["width", "batch norm", "inputs", "outputs"],
)
def test_topologies_differ_where_shapes_or_names_do(other):
    assert Topology.of(other) != Topology.of(MIXED)


def test_what_only_steers_the_steps_leaves_the_topology_equal():
    live = Topology.of(replace(MIXED, learning_rate=0.1, dropout=0.5, optimizer="Adam"))
    assert live == Topology.of(MIXED)
    assert hash(live) == hash(Topology.of(MIXED))


def test_it_is_frozen_and_comes_back_from_json_without_loss():
    assert TOPOLOGY.widths == (2, 3, 4, 2)
    with pytest.raises(FrozenInstanceError):
        TOPOLOGY.hidden = (5,)
    with pytest.raises(TypeError):
        TOPOLOGY.shapes["0.weight"] = (9, 9)
    assert msgspec.json.decode(msgspec.json.encode(TOPOLOGY), type=Topology) == TOPOLOGY


def test_every_weight_and_bias_has_its_ends_and_is_found_from_there():
    places = [
        ParameterIndex(name, at)
        for names in TOPOLOGY.tensors
        for name in names[:2]
        for at in np.ndindex(TOPOLOGY.shapes[name])
    ]
    for place in places:
        assert TOPOLOGY.has(place)
        TOPOLOGY.check(place)
        source, target = TOPOLOGY.ends(place)
        assert TOPOLOGY.has(target)
        if place.kind == "bias":
            assert source is None
            assert TOPOLOGY.bias(target) == place
        else:
            assert source.layer == target.layer - 1
            assert TOPOLOGY.incoming(target, source.number) == place


def test_inputs_have_neither_bias_nor_incoming_weights():
    assert TOPOLOGY.bias(Neuron(0, 1)) is None
    assert TOPOLOGY.incoming(Neuron(0, 1), 0) is None


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (ParameterIndex("9.weight", (0, 0)), "no '9.weight'; it has 0.weight, 0.bias, 2.weight, 2.bias, 4.weight, 4.b"),
        (ParameterIndex("1.0.scale", (0,)), "no '1.0.scale'"),
        (ParameterIndex("0.weight", (2, 0)), r"0.weight has the shape \(2, 3\), so there is no position \(2, 0\)"),
        (ParameterIndex("0.weight", (0, -1)), r"no position \(0, -1\)"),
        (ParameterIndex("0.weight", (0,)), r"no position \(0,\)"),
        (ParameterIndex("0.bias", (0, 0)), r"0.bias has the shape \(3,\)"),
        (ParameterIndex("4.bias", (2,)), r"no position \(2,\)"),
    ],
)
def test_a_place_that_the_network_does_not_have_is_refused(place, says):
    assert not TOPOLOGY.has(place)
    for ask in (TOPOLOGY.check, TOPOLOGY.ends, TOPOLOGY.ends_name, TOPOLOGY.parameter_name):
        with pytest.raises(ValueError, match=says):
            ask(place)


def test_it_has_the_neurons_of_all_its_layers_and_no_others():
    assert all(TOPOLOGY.has(Neuron(layer, k)) for layer, width in enumerate(TOPOLOGY.widths) for k in range(width))
    for layer, number in ((0, 2), (1, 3), (3, 2), (4, 0), (-1, 0), (1, -1)):
        assert not TOPOLOGY.has(Neuron(layer, number))


def test_layers_and_neurons_are_counted_from_one_and_ends_say_what_they_stand_for():
    assert [TOPOLOGY.layer_name(layer) for layer in range(4)] == ["inputs", "layer 1", "layer 2", "outputs"]
    names = [TOPOLOGY.neuron_name(Neuron(layer, 1)) for layer in range(4)]
    assert names == ["input x₂", "layer 1, neuron 2", "layer 2, neuron 2", "output 2 (inside)"]


def test_inputs_are_called_by_their_features_and_outputs_by_their_classes():
    topology = Topology.of(Experiment(features=("x2", "sine of x1", "x1 * x2"), depth=0, dataset="XOR"))
    names = [topology.neuron_name(Neuron(0, number)) for number in range(3)]
    assert names == ["input x₂", "input sin x₁", "input x1 * x2"]
    assert topology.neuron_name(Neuron(1, 0)) == "output 1 (orange)"


@pytest.mark.parametrize(
    ("place", "name", "ends"),
    [
        (ParameterIndex("0.weight", (1, 2)), "Weight 2 → 3, layer 1", "input x₂ → layer 1, neuron 3"),
        (ParameterIndex("0.bias", (2,)), "Bias 3, layer 1", "layer 1, neuron 3"),
        (ParameterIndex("4.weight", (0, 1)), "Weight 1 → 2, outputs", "layer 2, neuron 1 → output 2 (inside)"),
        (ParameterIndex("4.bias", (0,)), "Bias 1, outputs", "output 1 (outside)"),
    ],
)
def test_a_number_is_called_as_a_reader_counts(place, name, ends):
    assert TOPOLOGY.parameter_name(place) == name
    assert TOPOLOGY.ends_name(place) == ends
