"""A trained network in a file: its weights by name, and the experiment they belong to. Loading runs no code.

The format is safetensors: tensors "0.weight", "0.bias", "2.weight" ... as `Topology` names them, float32, and in the
metadata, under "experiment", the experiment as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from visualdl.experiment.experiment import Experiment
from visualdl.files.atomic_file import write_whole
from visualdl.sentences import quoted, sentence
from visualdl.training.values.run_state import Weights
from visualdl.training.values.topology import Topology

LARGEST = 64 * 2**20  # bytes; the largest network of any experiment has about half a million


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """An experiment, and the weights that its network has learned."""

    experiment: Experiment
    weights: Weights


def write(file: Path, network: TrainedNetwork) -> None:
    """Write the network to `file`, whole or not at all. Raises OSError where that is impossible."""
    content = save(dict(network.weights), metadata={"experiment": network.experiment.to_json()})
    write_whole(file, content)


def read(file: Path) -> TrainedNetwork:
    """Return the network in `file`.

    Raises OSError if the file cannot be read, and ValueError, in one sentence, if it does not hold an experiment and
    all weights of its network, finite and of the right shapes.
    """
    if not file.is_file() and file.exists():
        raise ValueError(f"{file.name} is not a file.")
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name} is too large for a network of this program.")
    try:
        with safe_open(file, framework="numpy") as content:
            metadata = content.metadata() or {}
            weights = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118 - it is no dictionary
    except (SafetensorError, TypeError, ValueError) as error:
        raise ValueError(f"{file.name} is not a safetensors file that can be read: {sentence(str(error))}") from error
    if "experiment" not in metadata:
        raise ValueError(f"{file.name} holds weights, but not the experiment that they belong to.")
    try:
        experiment = Experiment.from_json(metadata["experiment"])
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from error
    _expect(file.name, weights, Topology.of(experiment).shapes)
    for array in weights.values():
        array.setflags(write=False)
    return TrainedNetwork(experiment, weights)


def _expect(name: str, weights: dict[str, np.ndarray], expected: Mapping[str, tuple[int, ...]]) -> None:
    for key in expected.keys() | weights.keys():
        if key not in weights:
            raise ValueError(f"{name} lacks {key}, which its experiment's network has.")
        if key not in expected:
            raise ValueError(f"{name} holds {quoted(key)}, which its experiment's network does not have.")
        array = weights[key]
        if array.shape != expected[key] or array.dtype != np.float32:
            raise ValueError(f"{name}: {key} is {array.shape} of {array.dtype}, not {expected[key]} of float32.")
        if not np.isfinite(array).all():
            raise ValueError(f"{name}: {key} holds a number that is not finite.")
