"""What layers and neurons are called, and how their values are written."""

from dataclasses import replace

import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.gui.views.boundary.neuron_names import layer_names, layer_sizes, neuron_name, three_digits
from visualdl.training.values.parameter_index import Neuron


def test_layers_are_named_with_what_they_are_now():
    experiment = Experiment().with_hidden((Layer(25, "ReLU"), Layer(8, "Tanh")))
    assert layer_names(experiment) == ("inputs", "layer 1 · 25 ReLU", "layer 2 · 8 Tanh", "outputs")
    assert layer_sizes(experiment) == (2, 25, 8, 2)
    assert layer_names(Experiment(depth=0)) == ("inputs", "outputs")


def test_neurons_are_counted_from_one_and_outputs_say_what_they_stand_for():
    experiment = Experiment(depth=2)
    names = [neuron_name(Neuron(layer, 1), experiment) for layer in range(4)]
    assert names == ["input x₂", "layer 1, neuron 2", "layer 2, neuron 2", "output 2 (inside)"]
    assert neuron_name(Neuron(3, 0), replace(experiment, dataset="XOR")) == "output 1 (orange)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.8, "1.80"),
        (-0.01234, "-0.0123"),
        (9.999, "10.0"),
        (123.4, "123"),
        (0.0, "0.00"),
        (1.8e-5, "1.80e-05"),
        (-4e7, "-4.00e+07"),
        (float("nan"), "nan"),
    ],
)
def test_values_have_three_digits_that_count(value, text):
    assert three_digits(value) == text
    assert three_digits(1.8, "+") == "+1.80"


def test_inputs_are_called_by_their_features():
    experiment = Experiment(features=("x2", "sine of x1", "x1 * x2"), depth=0)
    assert layer_sizes(experiment) == (3, 2)
    names = [neuron_name(Neuron(0, number), experiment) for number in range(3)]
    assert names == ["input x₂", "input sin x₁", "input x1 * x2"]
