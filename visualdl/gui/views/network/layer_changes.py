"""What can be done to the hidden layers of an experiment: each change returns other layers, or says why it cannot."""

from dataclasses import replace

from visualdl.experiment.choices import Range
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.network_choices import Layer

Layers = tuple[Layer, ...]


def _range(name: str) -> Range:
    choice = CHOICES[name]
    assert isinstance(choice, Range)
    return choice


WIDTH, DEPTH = _range("width"), _range("depth")


def with_width(layers: Layers, index: int, width: int) -> Layers:
    """Return the layers with another width of one."""
    return (*layers[:index], replace(layers[index], width=width), *layers[index + 1 :])


def with_activation(layers: Layers, index: int, activation: str) -> Layers:
    """Return the layers with another activation of one."""
    return (*layers[:index], replace(layers[index], activation=activation), *layers[index + 1 :])


def with_copy(layers: Layers, index: int) -> Layers:
    """Return the layers with one of them twice."""
    return (*layers[: index + 1], *layers[index:])


def moved(layers: Layers, index: int, right: int) -> Layers:
    """Return the layers with one of them `right` places further: 1, or -1 for left."""
    order = list(layers)
    order.insert(index + right, order.pop(index))
    return tuple(order)


def without(layers: Layers, index: int) -> Layers:
    """Return the layers without one of them."""
    return layers[:index] + layers[index + 1 :]


def first_layer(experiment: Experiment) -> Layers:
    """Return the one layer that a network without hidden layers begins with: as its experiment's controls say."""
    return (Layer(experiment.network.width, experiment.network.hidden_activation),)


def why_no_width(width: int) -> str:
    """Say why a layer cannot have this width; nothing if it can."""
    if width < WIDTH.minimum:
        return f"A layer has at least {WIDTH.minimum:g} neuron."
    return f"A layer has at most {WIDTH.maximum:g} neurons." if width > WIDTH.maximum else ""


def why_no_more(layers: Layers) -> str:
    """Say why no layer can be added; nothing if one can."""
    return f"A network has at most {DEPTH.maximum:g} hidden layers." if len(layers) >= DEPTH.maximum else ""


def why_no_move(layers: Layers, index: int, right: int) -> str:
    """Say why a layer cannot move; nothing if it can."""
    if 0 <= index + right < len(layers):
        return ""
    return f"This is the {'last' if right > 0 else 'first'} hidden layer."
