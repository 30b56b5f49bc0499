"""What layers and neurons are called, from 1 on, wherever the window names them; and how many each layer has."""

import math

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.parameter_index import Neuron


def layer_sizes(experiment: Experiment) -> tuple[int, ...]:
    """Return how many neurons each layer has, from the inputs to the outputs."""
    return (
        len(experiment.network.features),
        *(layer.width for layer in experiment.network.hidden),
        experiment.task.outputs,
    )


def layer_names(experiment: Experiment) -> tuple[str, ...]:
    """Return what each layer is called, from the inputs to the outputs: layer 1 · 25 ReLU."""
    hidden = (f"layer {i} · {layer.width} {layer.activation}" for i, layer in enumerate(experiment.network.hidden, 1))
    return "inputs", *hidden, "outputs"


def neuron_name(neuron: Neuron, experiment: Experiment) -> str:
    """Return what a neuron of the experiment's network is called: layer 2, neuron 7."""
    if neuron.layer == 0:
        return f"input {experiment.network.inputs[neuron.number].symbol}"
    if neuron.layer > experiment.network.depth:
        return f"output {neuron.number + 1} ({experiment.task.output_names[neuron.number]})"
    return f"layer {neuron.layer}, neuron {neuron.number + 1}"


def three_digits(value: float, sign: str = "-") -> str:
    """Write a neuron's value with three digits that count, zeros too: 1.80, 0.0123, 123, 1.80e-05, and 0 as 0.00.

    `sign` is "+" to write it before positive ones as well.
    """
    if value == 0 or not math.isfinite(value):
        return f"{value:{sign}.2f}"
    mantissa, exponent = f"{value:{sign}.2e}".split("e")
    if -3 <= int(exponent) <= 2:
        return f"{value:{sign}.{2 - int(exponent)}f}"
    return f"{mantissa}e{exponent}"
