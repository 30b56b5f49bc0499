"""What the diagram says of a neuron, of a weight and of a bias, at one moment, in a sentence."""

from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.pictures import NeuronMaps
from visualdl.training.values.snapshot import Snapshot

ZERO = 128
"""The level of 0, which lies between two of them: a neuron that is off is to say 0, and nothing near it."""

LAYER_FORMULA = "s = Σ w·x + b"
"""A neuron's sum, from the outputs x of the layer before; its activation comes after."""


def neuron_sentence(neuron: Neuron, snapshot: Snapshot) -> str:
    """Say a neuron's bias, and between which values its output lies."""
    parts = []
    bias = snapshot.topology.bias(neuron)
    if bias is not None:
        parts.append(f"bias {number(value_at(bias, snapshot))}")
    if snapshot.neurons is not None:
        low, high = output_range(neuron, snapshot.neurons)
        parts.append(f"output from {number(low, 2)} to {number(high, 2)}")
    name = snapshot.topology.neuron_name(neuron)
    return f"{name}: {', '.join(parts)}" if parts else name


def number_sentence(place: ParameterIndex, snapshot: Snapshot) -> str:
    """Say a weight's or bias's value, gradient and formula."""
    name = f"{place.kind} {snapshot.topology.ends_name(place)}"
    return f"{name}: {live_values(place, snapshot)}; {formula(place, snapshot)}"


def live_values(place: ParameterIndex, snapshot: Snapshot) -> str:
    """Say a number's value and gradient, and whether it is locked."""
    text = f"{number(value_at(place, snapshot))}, {gradient(place, snapshot)}"
    return f"{text}, locked" if place in snapshot.locked else text


def formula(place: ParameterIndex, snapshot: Snapshot) -> str:
    """Say what the number does in its neuron's sum, and what a step of training does to it."""
    symbol = "w" if place.kind == "weight" else "b"
    experiment = snapshot.experiment
    if place in snapshot.locked:
        step = "no step: locked"
    elif experiment.training.optimizer != "SGD":
        step = f"step by {experiment.training.optimizer}"
    else:
        rate = f"{experiment.training.learning_rate:g}" if experiment.training.schedule == "Constant" else "rate"
        step = f"step {symbol} − {rate}·gradient"
    return f"{LAYER_FORMULA}, {step}"


def value_at(place: ParameterIndex, snapshot: Snapshot) -> float:
    """Return the number at a place."""
    return float(snapshot.weights[place.name][place.position])


def gradient(place: ParameterIndex, snapshot: Snapshot) -> str:
    """Say the gradient of the number at a place; before the first mini-batch there is none."""
    if snapshot.step == 0:
        return "no gradient yet"
    return f"gradient {number(float(snapshot.gradients[place.name][place.position]))}"


def output_range(neuron: Neuron, maps: NeuronMaps) -> tuple[float, float]:
    """Return the smallest and the largest output of a neuron over the square, as exactly as its picture shows them."""
    levels = maps.levels[neuron.layer][neuron.number]
    scale = float(maps.scales[neuron.layer][neuron.number])
    return tuple((int(level) - ZERO) / (255 - ZERO) * scale for level in (levels.min(), levels.max()))


def number(value: float, decimals: int = 4) -> str:
    """Write a number in few digits, with a true minus: 0.4123, −12.346, 3.1e-05."""
    if value != 0 and not 0.001 <= abs(value) < 10_000:
        text = f"{value:.1e}"
    else:
        text = f"{value:.{decimals}f}" if abs(value) < 10 else f"{value:.5g}"
    return text.replace("-", "−", 1) if value < 0 else text
