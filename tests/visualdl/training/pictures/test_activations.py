"""Signals are those of a forward pass, layer by layer."""

import pytest
import torch

import minidl
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.model.networks import build_network, widths_of
from visualdl.training.pictures import activations as signals
from visualdl.training.pictures.activations import activations_of, layer_of, outputs_of
from visualdl.training.run.run import Run

NETWORK = Experiment(layers=(Layer(4, "ReLU"), Layer(3, "Tanh")))


def test_every_layer_has_its_pre_activations_its_activation_and_what_that_makes_of_them():
    network = build_network(NETWORK)
    inputs = torch.randn(10, 2)
    layers = list(activations_of(network, inputs))
    assert [layer.activations.shape[1] for layer in layers] == [4, 3, 2]
    assert torch.equal(layers[-1].activations, network.forward(inputs))
    assert [type(layer.activation) for layer in layers] == [minidl.ReLU, minidl.Tanh, minidl.Tanh]
    before = inputs
    for linear, layer in zip(network.modules[::2], layers, strict=True):
        assert torch.equal(layer.pre_activations, linear.forward(before))
        assert torch.equal(layer.activations, layer.activation.forward(layer.pre_activations))
        before = layer.activations


def test_one_layer_and_the_outputs_are_those_of_the_whole_pass():
    network, inputs = build_network(NETWORK), torch.randn(10, 2)
    layers = list(activations_of(network, inputs))
    for number, expected in enumerate(layers, 1):
        layer = layer_of(network, inputs, number)
        assert torch.equal(layer.pre_activations, expected.pre_activations)
        assert torch.equal(layer.activations, expected.activations)
        assert layer.activation is expected.activation
    assert torch.equal(outputs_of(network, inputs).activations, layers[-1].activations)


@pytest.mark.parametrize("neurons", [[2], [3, 0]])
def test_a_few_neurons_say_what_they_say_among_all(neurons):
    network, inputs = build_network(NETWORK), torch.randn(10, 2)
    layer, few = layer_of(network, inputs, 1), layer_of(network, inputs, 1, neurons)
    assert torch.equal(few.pre_activations, layer.pre_activations[:, neurons])
    assert torch.equal(few.activations, layer.activations[:, neurons])


@pytest.mark.parametrize("neurons", [None, [1]])
def test_many_inputs_pass_in_parts_as_they_do_at_once(monkeypatch, neurons):
    network, inputs = build_network(NETWORK), torch.randn(11, 2)
    at_once = layer_of(network, inputs, 2, neurons)
    passed = []
    monkeypatch.setattr(signals, "CACHED", 4 * 4)  # of which a layer of 4 has 4
    monkeypatch.setattr(
        signals, "activations_of", lambda *what: (passed.append(len(what[1])), activations_of(*what))[1]
    )
    in_parts = layer_of(network, inputs, 2, neurons)
    assert passed == [4, 4, 3]
    assert torch.allclose(in_parts.pre_activations, at_once.pre_activations)
    assert torch.allclose(in_parts.activations, at_once.activations)
    assert in_parts.activation is at_once.activation


def test_a_normalised_sum_is_what_the_activation_gets_and_nothing_is_dropped():
    run = Run(Experiment(depth=1, width=3, batch_norm="Yes", dropout=0.5))
    for _ in range(30):
        run.advance()
    network, inputs = run._network, torch.randn(10, 2)
    layer, outputs = activations_of(network, inputs)
    linear, (normalization, relu, _) = network.modules[0], network.modules[1].modules
    assert torch.equal(layer.pre_activations, normalization.forward(linear.forward(inputs)))
    assert torch.equal(layer.activations, relu.forward(layer.pre_activations))
    assert torch.equal(outputs.activations, network.forward(inputs))


def test_without_hidden_layers_the_outputs_are_the_first_layer():
    network, inputs = build_network(Experiment(depth=0)), torch.randn(5, 2)
    (outputs,) = activations_of(network, inputs)
    assert torch.equal(outputs.activations, outputs_of(network, inputs).activations)


@pytest.mark.parametrize(("depth", "widths"), [(0, [3, 2]), (2, [3, 7, 7, 2])])
def test_a_network_has_these_widths(depth, widths):
    experiment = Experiment(depth=depth, width=7, features=("x1", "x2", "x1 squared"))
    assert widths_of(build_network(experiment)) == widths
