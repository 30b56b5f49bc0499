"""A snapshot is one moment of a run, frozen: all that a view needs, and all that it gets."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.by_value import ByValue
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.pictures import (
    Boundary,
    Floats,
    HiddenPlane,
    Labels,
    NeuronMaps,
    NeuronPicture,
    Predictions,
)
from visualdl.training.values.run_state import Weights
from visualdl.training.values.topology import Topology


@dataclass(frozen=True, eq=False)
class Points(ByValue):
    """Points of the plane, (samples, 2), in data coordinates, and their labels (samples,): classes, or values."""

    positions: Floats
    labels: Labels | Floats


@dataclass(frozen=True, eq=False)
class Data(ByValue):
    """What a run learns from and is tested on: of large sets, the first points alone.

    `true_boundary` are the lines, (points, 2) each in data coordinates, that the labels were made from; empty if there
    are none. `scale` is the largest value of a regression, above or below 0.
    """

    train: Points
    test: Points
    true_boundary: tuple[NDArray[np.float64], ...] = ()
    scale: float = 1.0


@dataclass(frozen=True)
class Evaluation:
    """How good the network is on the points of a set: loss per sample, and the share misclassified, 0 to 1.

    Of a regression the error is the share of the values' variance that it does not explain, 1 - R^2: it may exceed 1.
    That is all points; while a run advances, of large sets those that `Data` shows.
    """

    train_loss: float
    test_loss: float
    train_error: float
    test_error: float

    def is_finite(self) -> bool:
        """Say whether all four are finite numbers."""
        return all(map(math.isfinite, vars(self).values()))


@dataclass(frozen=True)
class Change:
    """A hyperparameter that changed while a run went on: at which epoch, and what it says to a reader."""

    epoch: float
    text: str


@dataclass(frozen=True, eq=False)
class Curves(ByValue):
    """The run so far: epoch and evaluation of each kept moment, (moments,) each; first and latest are always kept."""

    epochs: Floats
    train_loss: Floats
    test_loss: Floats
    train_error: Floats
    test_error: Floats
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Snapshot(ByValue):
    """One moment of a run, and what was asked to be seen of it.

    `step` counts mini-batches and `epoch` whole passes over the data since the run began; `batch` of `batches` steps
    are done in the epoch that has begun. `weights` are the network's, by the names of `minidl.Module.state`;
    `gradients` are those of the latest step, a penalty's included. `problem` is a sentence if training cannot go on
    from here, and the rest then is the last moment evaluated that was finite. Unless it is `evaluated`, evaluation and
    `predictions` are those of the latest moment that was. `stopped` is one if training paused by itself here, for what
    the experiment stops for; it can go on. `topology` follows from the experiment: it says what is what in the
    network.
    """

    experiment: Experiment
    step: int
    epoch: int
    batch: int
    batches: int
    evaluation: Evaluation
    boundary: Boundary
    weights: Weights
    gradients: Weights
    locked: frozenset[ParameterIndex]
    data: Data
    problem: str = ""
    evaluated: bool = True
    stopped: str = ""
    neurons: NeuronMaps | None = None
    focus: NeuronPicture | None = None
    plane: HiddenPlane | None = None
    predictions: Predictions | None = None
    topology: Topology = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "topology", Topology.of(self.experiment))  # frozen from here on
