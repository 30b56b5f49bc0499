"""Many seeds of one experiment at one moment: their curves, and where their networks agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.by_value import ByValue
from visualdl.training.values.pictures import Floats, Labels


@dataclass(frozen=True, eq=False)
class SeedCurves(ByValue):
    """Many runs at once so far: the epochs (moments,) and, of each kept moment and run, (moments, runs) numbers.

    The latest moment is the last. `seconds` is how long all their steps took together.
    """

    epochs: Floats
    train_loss: Floats
    test_loss: Floats
    train_error: Floats
    test_error: Floats
    seconds: float


@dataclass(frozen=True, eq=False)
class Agreement(ByValue):
    """What many networks say together over the unit square, (rows, columns) as in `Boundary`.

    `shares`: of two classes the share of networks, 0 to 1, that say class 1, the disk's "inside"; of more, the share
    that say the class which most say, `predicted_classes`, whose colours to be are `shades`. Of a regression it is
    the median of their values, of which `scale` has the full colour.
    """

    shares: Floats
    predicted_classes: Labels | None = None
    shades: NDArray[np.uint8] | None = None
    scale: float = 1.0


@dataclass(frozen=True, eq=False)
class Seeds(ByValue):
    """Runs of one experiment that differ in their seed alone, at one moment.

    `experiment` is that of the first of the `seeds`. `minidl` and `torch` (None unless it trains beside) are how they
    went, on the points that a run's `Data` shows. `agreement` is what minidl's networks say together.
    `advancing` says whether they were being trained, at `steps_per_second`. `start` tells these runs from those that
    began before them: it counts the beginnings.
    """

    experiment: Experiment
    seeds: tuple[int, ...]
    step: int
    epoch: int
    minidl: SeedCurves
    torch: SeedCurves | None
    agreement: Agreement
    advancing: bool
    steps_per_second: float
    start: int = 0
