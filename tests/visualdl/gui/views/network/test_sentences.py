"""The sentences: what a neuron and a number are called, their values, gradient and formula."""

from dataclasses import replace

import numpy as np
import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.gui.views.network.sentences import neuron_sentence, number, number_sentence
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import NeuronMaps


@pytest.fixture
def snapshot(moment):
    snapshot = moment(3, 4)
    weights = {name: np.full_like(array, 0.25) for name, array in snapshot.weights.items()}
    gradients = {name: np.full_like(array, -0.5) for name, array in snapshot.gradients.items()}
    levels = tuple(np.array([[[1, 255], [100, 128]]] * width, np.uint8) for width in (2, 3, 4, 2))
    scales = tuple(np.full(len(layer), scale) for layer, scale in zip(levels, (1.0, 2.0, 3.0, 1.0), strict=True))
    return replace(snapshot, weights=weights, gradients=gradients, neurons=NeuronMaps(levels, scales))


def test_a_weight_says_its_ends_value_gradient_and_formula(snapshot):
    assert number_sentence(ParameterIndex("2.weight", (1, 3)), snapshot) == (
        "weight layer 1, neuron 2 → layer 2, neuron 4: 0.2500, gradient −0.5000; s = Σ w·x + b, step w − 0.01·gradient"
    )


def test_before_the_first_mini_batch_there_is_no_gradient(snapshot):
    said = number_sentence(ParameterIndex("2.weight", (1, 3)), replace(snapshot, step=0))
    assert "4: 0.2500, no gradient yet; s = " in said


@pytest.mark.parametrize(
    ("experiment", "step"),
    [
        (Experiment(optimizer="Adam"), "step by Adam"),
        (Experiment(schedule="Cosine"), "step w − rate·gradient"),
    ],
)
def test_a_weight_promises_no_other_step_than_the_optimizers(snapshot, experiment, step):
    snapshot = replace(snapshot, experiment=experiment)
    assert number_sentence(ParameterIndex("2.weight", (1, 3)), snapshot).endswith(f", {step}")


def test_an_output_bias_says_what_it_is_and_that_it_is_locked(snapshot):
    place = ParameterIndex("4.bias", (1,))
    assert number_sentence(place, replace(snapshot, locked=frozenset({place}))) == (
        "bias output 2 (inside): 0.2500, gradient −0.5000, locked; s = Σ w·x + b, no step: locked"
    )


def test_a_neuron_says_its_bias_and_between_what_its_output_lies(snapshot):
    assert neuron_sentence(Neuron(2, 3), snapshot) == ("layer 2, neuron 4: bias 0.2500, output from −3.00 to 3.00")
    levels = tuple(np.maximum(layer, 128) for layer in snapshot.neurons.levels)
    off = replace(snapshot, neurons=NeuronMaps(levels, tuple(np.full(4, 30.0) for _ in levels)))
    assert neuron_sentence(Neuron(2, 3), off).endswith("output from 0.00 to 30")
    assert neuron_sentence(Neuron(0, 1), snapshot) == "input x₂: output from −1.00 to 1.00"
    assert neuron_sentence(Neuron(2, 3), replace(snapshot, neurons=None)) == "layer 2, neuron 4: bias 0.2500"
    assert neuron_sentence(Neuron(0, 0), replace(snapshot, neurons=None)) == "input x₁"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0000"), (-0.41234, "−0.4123"), (12.3456, "12.346"), (3.1e-5, "3.1e-05"), (-2e30, "−2.0e+30")],
)
def test_numbers_are_short_at_any_size(value, text):
    assert number(value) == text
