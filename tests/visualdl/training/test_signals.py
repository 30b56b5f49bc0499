"""Signals are those of a forward pass, layer by layer."""

import torch

import minidl
from visualdl.experiment import Experiment, Layer
from visualdl.training.networks import build_network
from visualdl.training.session import Session
from visualdl.training.signals import signals_of


def test_every_layer_has_its_sums_its_activation_and_its_values():
    network = build_network(Experiment(layers=(Layer(4, "ReLU"), Layer(3, "Tanh"))))
    inputs = torch.randn(10, 2)
    signals = signals_of(network, inputs)
    assert [values.shape[1] for values in signals.values] == [2, 4, 3, 2]
    assert signals.values[0] is inputs
    assert torch.equal(signals.outputs, network.forward(inputs))
    assert [type(layer.activation) for layer in signals.layers] == [minidl.ReLU, minidl.Tanh, minidl.Tanh]
    before = inputs
    for linear, layer in zip(network.modules[::2], signals.layers, strict=True):
        assert torch.equal(layer.sums, linear.forward(before))
        assert torch.equal(layer.values, layer.activation.forward(layer.sums))
        before = layer.values


def test_a_normalised_sum_is_what_the_activation_gets_and_nothing_is_dropped():
    session = Session(Experiment(depth=1, width=3, batch_norm="Yes", dropout=0.5))
    for _ in range(30):
        session.advance()
    network, inputs = session._network, torch.randn(10, 2)
    layer, outputs = signals_of(network, inputs).layers
    linear, (normalization, relu, _) = network.modules[0], network.modules[1].modules
    assert torch.equal(layer.sums, normalization.forward(linear.forward(inputs)))
    assert torch.equal(layer.values, relu.forward(layer.sums))
    assert torch.equal(outputs.values, network.forward(inputs))


def test_without_hidden_layers_there_are_inputs_and_outputs():
    signals = signals_of(build_network(Experiment(depth=0)), torch.randn(5, 2))
    assert [values.shape for values in signals.values] == [(5, 2), (5, 2)]
