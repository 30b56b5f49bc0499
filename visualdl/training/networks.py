"""From an experiment to its network."""

from torch import Tensor

import minidl
from visualdl.experiment import Experiment
from visualdl.training.random_streams import generator
from visualdl.training.samples import CLASSES

ACTIVATIONS: dict[str, type[minidl.Module]] = {"ReLU": minidl.ReLU, "Tanh": minidl.Tanh}


def build_network(experiment: Experiment) -> minidl.Sequential:
    """Return the experiment's network at its start: its hidden layers, then a layer of two outputs."""
    weights = generator(experiment.seed, "weights", experiment.weight_draw)
    network = minidl.Sequential()
    features = 2
    for layer in experiment.hidden:
        network.add(minidl.Linear(features, layer.width, generator=weights))
        network.add(ACTIVATIONS[layer.activation]())
        features = layer.width
    network.add(minidl.Linear(features, CLASSES, generator=weights))
    network.add(ACTIVATIONS[experiment.output_activation]())
    return network


def gradients_of(network: minidl.Module) -> dict[str, Tensor]:
    """Return the gradients of the network's parameters, themselves and no copies, by the names of its tensors."""
    names = {id(tensor): name for name, tensor in network.tensors().items()}
    return {names[id(value)]: gradient for value, gradient in network.param()}
