"""The history of a run: how good it was at the ends of its epochs, and what was changed on the way."""

from dataclasses import astuple

from visualdl.training.run.thinned_series import CAPACITY, ThinnedSeries
from visualdl.training.values.snapshot import Change, Curves, Evaluation

MOST_CHANGES = 50


class History:
    """The evaluations that `ThinnedSeries` keep of a run, and the changes of its hyperparameters."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._moments = ThinnedSeries(4, capacity)
        self._changes: list[_FieldChange] = []

    def begin_again(self, evaluation: Evaluation) -> None:
        """Let the curves begin with this evaluation: before the first step, other data is all there has been."""
        self._moments = ThinnedSeries(4, self._capacity)
        self.record(0, evaluation)

    def wants(self, epoch: float) -> bool:
        """Say whether the end of `epoch` is one of the moments to keep."""
        return self._moments.wants(epoch)

    def record(self, epoch: float, evaluation: Evaluation) -> None:
        """Keep the evaluation at the end of an epoch that `wants` asked for; epochs come in rising order."""
        self._moments.record(epoch, astuple(evaluation))

    def record_change(self, epoch: float, label: str, before: str, after: str, *, continues: bool = False) -> None:
        """Remember that something changed: what, from what, to what; both may be empty if the label says all.

        `continues` says that the last change goes on, as while a slider is dragged: its many values are one change.
        """
        last = self._changes[-1] if self._changes else None
        if continues and last is not None and last.label == label and after:
            last.after = after
            if last.before == after:
                self._changes.pop()
            return
        self._changes.append(_FieldChange(epoch, label, before, after))
        del self._changes[:-MOST_CHANGES]

    def curves(self, epoch: float, evaluation: Evaluation) -> Curves:
        """Return what is kept and, as the last moment, the `evaluation` at `epoch`: mostly within an epoch."""
        epochs, values = self._moments.with_latest(epoch, astuple(evaluation))
        changes = tuple(Change(change.epoch, change.text()) for change in self._changes)
        train_loss, test_loss, train_error, test_error = values
        return Curves(epochs, train_loss, test_loss, train_error, test_error, changes)


class _FieldChange:
    """A change that may still go on: the slider is being dragged."""

    def __init__(self, epoch: float, label: str, before: str, after: str) -> None:
        self.epoch, self.label, self.before, self.after = epoch, label, before, after

    def text(self) -> str:
        return f"{self.label} {self.before} → {self.after}" if self.after else self.label
