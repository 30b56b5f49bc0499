"""The history of a run: how good it was at the ends of its epochs."""

from dataclasses import astuple

from visualdl.training.run.thinned_series import CAPACITY, ThinnedSeries
from visualdl.training.values.snapshot import Change, Curves, Evaluation


class History:
    """The evaluations of a run that a ThinnedSeries keeps; those that are not finite are none."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._series = ThinnedSeries(4, capacity)

    def begin_again(self, evaluation: Evaluation) -> None:
        """Let the curves begin with this evaluation: before the first step, other data is all there has been."""
        self._series = ThinnedSeries(4, self._capacity)
        self.record(0, evaluation)

    def wants(self, epoch: float) -> bool:
        """Say whether the end of `epoch` is one of the moments to keep."""
        return self._series.wants(epoch)

    def record(self, epoch: float, evaluation: Evaluation) -> None:
        """Keep the evaluation at the end of an epoch that `wants` asked for; epochs come in rising order."""
        if evaluation.is_finite():
            self._series.record(epoch, astuple(evaluation))

    def curves(self, epoch: float, evaluation: Evaluation, changes: tuple[Change, ...] = ()) -> Curves:
        """Return what is kept and, as the last moment, the `evaluation` at `epoch`: mostly within an epoch."""
        epochs, values = self._series.with_latest(epoch, astuple(evaluation))
        train_loss, test_loss, train_error, test_error = values
        return Curves(epochs, train_loss, test_loss, train_error, test_error, changes)
