"""Growing: from the weights of one network to those of another that goes on with what was learned.

A network is wider, deeper, narrower or shallower than another; where it can be, it is the same function at first.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import ACTIVATIONS
from visualdl.experiment.task import Task
from visualdl.training.model.layer_matching import origins_of
from visualdl.training.model.networks import build_network
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import Weights
from visualdl.training.values.topology import Topology

Matrix = NDArray[np.float32]
Parameters = list[Matrix]
"""The numbers of a layer: its weights (inputs, neurons), then those that each neuron has one of, the biases first."""

Places = NDArray[np.int64]

AS_DRAWN = frozenset({"seed", "initialization", "weight_draw", "batch_norm"})
"""The choices that must stay for weights to be kept: with another seed, they would be no draw of it."""

GONE = -1  # the place of what the new network does not have


class Step(NamedTuple):
    """What becomes of one layer of the new network.

    It goes on with the layer `origin` of the old one; of None it is an added one. `reads` says whether it gets from the
    layer before what it needs for that: the values it has learned to read, or those an added layer passes through. A
    `pair` of neurons passes each of them.
    """

    origin: int | None
    reads: bool
    pair: bool = False


def can_transfer_weights(old: Experiment, new: Experiment) -> bool:
    """Say whether weights can be kept from `old` to `new`: only the network differs, and what acts on it live.

    Its outputs stay as many, and go on to say classes, or a value.
    """
    return not AS_DRAWN.intersection(new.changes_from(old)) and _says_alike(old.task, new.task)


def transfer_weights(weights: Weights, old: Experiment, new: Experiment) -> Weights:
    """Return weights for the network of `new`, given those of `old`, by the names of `minidl.Module.state`.

    - A new input is read by weights of 0, those of an input that is gone go with it.
    - A wider layer's new neurons start as in a new network, and nothing reads them yet: their outgoing weights are 0.
    - A narrower layer loses the neurons with the smallest outgoing weights: the smallest Euclidean norm of those to
      neurons that stay.
    - An added layer passes on what it gets, if its activation and width allow it; else, and with batch normalisation,
      it starts as in a new network.
    - A layer that now reads another one than before, where one was removed, moved, or added without passing on, keeps
      its weights as far as shapes fit.

    Raises ValueError unless `can_transfer_weights`.
    """
    if not can_transfer_weights(old, new):
        beyond = ", ".join(name for name in new.changes_from(old) if name in AS_DRAWN) or "what outputs say"
        raise ValueError(f"Weights cannot be kept where {beyond} changes.")
    learned = _layers_of(weights, old)
    grown = _layers_of({name: tensor.numpy() for name, tensor in build_network(new).state().items()}, new)
    steps = _steps(old, new)
    kept = _kept_neurons(learned, steps, new)
    readout = np.zeros((len(new.network.features), len(old.network.features)), np.float32)
    for number, place in _kept_inputs(old, new).items():
        readout[place, number] = 1
    for number, step in enumerate(steps):
        if step.origin is not None:
            readout = _go_on(grown[number], step.reads, learned[step.origin], kept[step.origin], readout)
        elif step.reads:
            weight, bias = grown[number]
            readout = _pass_on(weight, bias, step, new.network.hidden[number].activation, readout)
    return _by_name(grown, new)


def kept_parameters(
    places: Iterable[ParameterIndex], weights: Weights, old: Experiment, new: Experiment
) -> frozenset[ParameterIndex]:
    """Return where `transfer_weights` puts those of `weights`, at these `places`, that mean the same afterwards.

    They are the biases of neurons that stay, and the weights between two that stay in layers that still are neighbours.
    """
    steps = _steps(old, new)
    kept = _kept_neurons(_layers_of(weights, old), steps, new)
    old_names = Topology.of(old).tensors
    before: int | None = -1  # the inputs, which the first layer reads
    stays = _kept_inputs(old, new)
    moves: dict[str, tuple[str, tuple[dict[int, int], ...]]] = {}  # a tensor's new name, and the new place on each axis
    for step, (weight, bias, *_) in zip(steps, Topology.of(new).tensors, strict=True):
        sources, source = stays, before
        before = step.origin
        if step.origin is None:
            continue
        old_weight, old_bias, *_ = old_names[step.origin]
        stays = {int(neuron): number for number, neuron in enumerate(kept[step.origin])}
        moves[old_bias] = bias, (stays,)
        if source == step.origin - 1:
            moves[old_weight] = weight, (sources, stays)
    found = []
    for name, position in places:
        if name in moves:
            new_name, axes = moves[name]
            moved = tuple(axis.get(at, GONE) for axis, at in zip(axes, position, strict=True))
            if GONE not in moved:
                found.append(ParameterIndex(new_name, moved))
    return frozenset(found)


def _says_alike(old: Task, new: Task) -> bool:
    return old.outputs == new.outputs and old.is_regression == new.is_regression


def _steps(old: Experiment, new: Experiment) -> list[Step]:
    """Return what becomes of each layer of `new`, the outputs included."""
    steps: list[Step] = []
    source: int | None = 0  # which layer's values of the old network arrive, 0 being the inputs, None none
    count, signed = len(old.network.features), True  # how many they are, and whether some may be negative
    for layer, origin in zip(new.network.hidden, origins_of(old.network.hidden, new.network.hidden), strict=True):
        if origin is not None:
            steps.append(Step(origin, reads=source == origin))
            source, count, signed = (
                origin + 1,
                old.network.hidden[origin].width,
                not ACTIVATIONS[layer.activation].never_negative,
            )
        elif new.network.has_batch_norm:
            steps.append(Step(None, reads=False))
            source = None
        elif source is not None and layer.width >= count and _passes(layer.activation, signed):
            steps.append(Step(None, reads=True))
        elif source is not None and layer.width >= 2 * count and ACTIVATIONS[layer.activation].gain_of_pair is not None:
            steps.append(Step(None, reads=True, pair=True))
        else:
            steps.append(Step(None, reads=False))
            source = None
    return [*steps, Step(len(old.network.hidden), reads=source == len(old.network.hidden))]


def _kept_inputs(old: Experiment, new: Experiment) -> dict[int, int]:
    """Return the numbers of the inputs that both have: in `old` -> in `new`."""
    return {
        number: new.network.features.index(name)
        for number, name in enumerate(old.network.features)
        if name in new.network.features
    }


def _passes(activation: str, signed: bool) -> bool:
    return activation == "Identity" or (ACTIVATIONS[activation].gain is not None and not signed)


def _kept_neurons(learned: list[Parameters], steps: list[Step], new: Experiment) -> list[Places]:
    """Return for each old layer, the outputs included, which neurons stay: those that the ones after them read most."""
    room = {
        step.origin: layer.width for step, layer in zip(steps, new.network.hidden, strict=False)
    }  # no step: the outputs
    kept = [np.arange(len(learned[-1][1]))]
    for layer in reversed(range(len(learned) - 1)):
        read = learned[layer + 1][0][:, kept[0]].astype(float)  # in float32 squares of what is above 1e19 are infinite
        outgoing = np.linalg.norm(read, axis=1)
        strongest = np.argsort(-outgoing, kind="stable")[: room.get(layer, len(outgoing))]
        kept.insert(0, np.sort(strongest))
    return kept


def _go_on(layer: Parameters, reads: bool, learned: Parameters, kept: Places, readout: Matrix) -> Matrix:
    """Write into a new layer what the old one has learned, and return how to read its values from the new one's.

    The values x of a new layer stand for those of an old one if x `readout`, (new neurons, old neurons), gives these.
    What has learned to read them by weights W then reads x by `readout` W: 0 where a neuron is new.
    """
    weight, old_weight = layer[0], learned[0]
    read = readout @ old_weight[:, kept] if reads else old_weight[: len(weight), kept]
    weight[: len(read), : len(kept)] = read
    for numbers, old_numbers in zip(layer[1:], learned[1:], strict=True):
        numbers[: len(kept)] = old_numbers[kept]
    readout = np.zeros((weight.shape[1], old_weight.shape[1]), np.float32)
    readout[range(len(kept)), kept] = 1
    return readout


def _pass_on(weight: Matrix, bias: Matrix, step: Step, activation: str, readout: Matrix) -> Matrix:
    """Let an added layer pass on the values that `readout` gives, and return how to read them from its own."""
    count = readout.shape[1]
    one = np.eye(count, dtype=np.float32)
    shape = ACTIVATIONS[activation]
    gain = (shape.gain_of_pair if step.pair else shape.gain) or 1.0
    signs = (1, -1) if step.pair else (1,)
    carriers = len(signs) * count
    weight[:, :carriers] = np.hstack([readout * sign for sign in signs])
    bias[:carriers] = 0
    readout = np.zeros((len(bias), count), np.float32)
    readout[:carriers] = np.vstack([one * (sign / gain) for sign in signs])
    return readout


def _layers_of(weights: Weights, experiment: Experiment) -> list[Parameters]:
    """Return the numbers of every layer, in order."""
    return [[weights[name] for name in names] for names in Topology.of(experiment).tensors]


def _by_name(layers: list[Parameters], experiment: Experiment) -> Weights:
    found: dict[str, Matrix] = {}
    for names, layer in zip(Topology.of(experiment).tensors, layers, strict=True):
        for name, numbers in zip(names, layer, strict=True):
            numbers.setflags(write=False)
            found[name] = numbers
    return MappingProxyType(found)
