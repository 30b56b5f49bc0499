"""A run's state: all that it is at a step, so that it can be put down and taken up again."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A moment that a run can go on from: the weights, after `step` mini-batches in all.

    `epoch` passes over the data are complete, and `position` training points of the next one have been learned from.
    What an optimiser remembers is no part of it: SGD goes on as it would have, the others begin with fresh memories.
    """

    weights: Weights
    step: int = 0
    epoch: int = 0
    position: int = 0
