"""What a reproduction found: the errors of every run and the times of those that were trained alone, frozen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualdl.experiment.experiment import Experiment
from visualdl.paper.printed import BYTE

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one framework reached: errors in percent, (runs,) each, after the last epoch; times in ms, (timed,) each.

    `train_curves` (timed, epochs + 1) is the training error in percent before the first epoch and after each.
    """

    train: Floats
    test: Floats
    wall: Floats
    cpu: Floats
    train_curves: Floats


@dataclass(frozen=True, eq=False)
class Reproduction:
    """The runs with `seeds`, of which the first `timed` were trained one by one and the others many at once.

    `experiment` has the first seed. `samples` are in the training set, and as many in the test set. `torch_mean` is
    torch.nn with MSELoss as it comes, the mean over all elements; `torch_sum` with the sum, as minidl has it.
    """

    experiment: Experiment
    epochs: int
    samples: int
    seeds: tuple[int, ...]
    timed: int
    minidl: Outcome
    torch_mean: Outcome
    torch_sum: Outcome

    @property
    def runs(self) -> int:
        """How many runs there are of each framework."""
        return len(self.seeds)

    def wrapped(self, errors: Floats) -> Floats:
        """Return errors in percent as they come out when misclassified samples are counted modulo 256."""
        wrong = np.rint(errors * self.samples / 100)
        return wrong % BYTE * (100 / self.samples)
