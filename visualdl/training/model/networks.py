"""From an experiment to its network, and from a network to its layers: see `Topology` for what stands where."""

from collections.abc import Iterator
from typing import NamedTuple

from torch import Tensor

import minidl
from visualdl.experiment.experiment import Experiment
from visualdl.training.random_streams import generator

INITIALIZATIONS: dict[str, tuple[minidl.Initialization, minidl.Initialization]] = {
    "Paper": (minidl.PAPER, minidl.PAPER),
    "Xavier uniform": (minidl.Xavier("uniform"), minidl.ZEROS),
    "Xavier normal": (minidl.Xavier("normal"), minidl.ZEROS),
    "He uniform": (minidl.He("uniform"), minidl.ZEROS),
    "He normal": (minidl.He("normal"), minidl.ZEROS),
    "Zeros": (minidl.ZEROS, minidl.ZEROS),
}
"""How weights and biases start."""


class Parts(NamedTuple):
    """The modules of one layer, in the order in which they compute."""

    linear: minidl.Linear
    normalization: minidl.BatchNorm1d | None
    activation: minidl.Module
    dropout: minidl.Dropout | None


def build_network(experiment: Experiment) -> minidl.Sequential:
    """Return the experiment's network at its start: its hidden layers, then a layer of outputs; without dropout."""
    generator_of_weights = generator(experiment.seed, "weights", experiment.network.weight_draw)
    weights, biases = INITIALIZATIONS[experiment.network.initialization]
    network = minidl.Sequential()
    features = len(experiment.network.features)
    for layer in experiment.network.hidden:
        network.add(
            minidl.Linear(features, layer.width, generator=generator_of_weights, weights=weights, biases=biases)
        )
        activation = _activation(layer.activation)
        normalization = [minidl.BatchNorm1d(layer.width)] if experiment.network.has_batch_norm else []
        network.add(minidl.Sequential(*normalization, activation) if normalization else activation)
        features = layer.width
    outputs = experiment.task.outputs
    network.add(minidl.Linear(features, outputs, generator=generator_of_weights, weights=weights, biases=biases))
    network.add(_activation(experiment.network.output_activation))
    return network


def _activation(name: str) -> minidl.Module:
    module: minidl.Module = getattr(minidl, name)()  # the catalogue's names are minidl's
    return module


def layers_of(network: minidl.Sequential) -> Iterator[Parts]:
    """Yield the layers of a network that `build_network` made, from the inputs on."""
    for linear, behind in zip(network.modules[::2], network.modules[1::2], strict=True):
        assert isinstance(linear, minidl.Linear)
        normalization: minidl.BatchNorm1d | None = None
        dropout: minidl.Dropout | None = None
        activations = []
        for module in _row(behind):
            if isinstance(module, minidl.BatchNorm1d):
                normalization = module
            elif isinstance(module, minidl.Dropout):
                dropout = module
            else:
                activations.append(module)
        (activation,) = activations
        yield Parts(linear, normalization, activation, dropout)


def widths_of(network: minidl.Sequential) -> list[int]:
    """Return how many neurons each layer has, from the inputs on."""
    linears = [module for module in network.modules[::2] if isinstance(module, minidl.Linear)]
    return [linears[0].weight.shape[-2], *(linear.weight.shape[-1] for linear in linears)]


def set_dropout(network: minidl.Sequential, probability: float) -> list[minidl.Dropout]:
    """Let the hidden layers leave neurons out with a probability, at 0 without a module for it; return the modules.

    All other modules, and so the names of tensors, stay.
    """
    modules = []
    for place in range(1, len(network.modules) - 1, 2):
        parts = [part for part in _row(network.modules[place]) if not isinstance(part, minidl.Dropout)]
        if probability:
            modules.append(minidl.Dropout(probability))
            parts.append(modules[-1])
        # one alone stands there itself: the paper's network is plain
        network.modules[place] = parts[0] if len(parts) == 1 else minidl.Sequential(*parts)
    return modules


def gradients_of(network: minidl.Module) -> dict[str, Tensor]:
    """Return the gradients of the network's parameters, themselves and no copies, by the names of its tensors."""
    names = {id(tensor): name for name, tensor in network.tensors().items()}
    return {names[id(value)]: gradient for value, gradient in network.param()}


def _row(module: minidl.Module) -> list[minidl.Module]:
    return list(module.modules) if isinstance(module, minidl.Sequential) else [module]
