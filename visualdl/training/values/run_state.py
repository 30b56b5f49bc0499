"""A run's state: all that it is at a step, so that it can be put down and taken up again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.by_value import ByValue
from visualdl.training.values.parameter_index import ParameterIndex

Weights = Mapping[str, NDArray[np.float32]]
"""The tensors of a network, or their gradients, by the names of `minidl.Module.state`."""


def _nothing() -> Mapping[str, np.ndarray]:
    return MappingProxyType({})


@dataclass(frozen=True)
class StoppingState:
    """What Stopping remembers: whether the error was below its bound, and the best training loss with its epoch."""

    was_below: bool = False
    best: float | None = None
    best_epoch: int = 0


@dataclass(frozen=True, eq=False)
class RunState(ByValue):
    """A run after `step` mini-batches in all.

    `epoch` passes over the data are complete, and `position` training points of the next one have been learned from.
    `weights` are the network's, batch norm's statistics included, `gradients` those of the latest step, a penalty's
    included, and `optimizer` is its state, by the names of `minidl.Optimizer.state`; without either the next step is
    the first of a fresh optimizer. `locked` are the numbers that do not learn. `problem` is a sentence if training
    cannot go on from here, `stopped` one if it paused by itself here, for what the experiment stops for.
    """

    experiment: Experiment
    weights: Weights
    step: int = 0
    epoch: int = 0
    position: int = 0
    gradients: Weights = field(default_factory=_nothing)
    optimizer: Mapping[str, np.ndarray] = field(default_factory=_nothing)
    locked: frozenset[ParameterIndex] = frozenset()
    stopping: StoppingState = StoppingState()
    problem: str = ""
    stopped: str = ""

    @property
    def exact_epoch(self) -> float:
        """How many passes over the data there were, the one under way as a fraction."""
        return self.epoch + self.position / self.experiment.data.training_samples
