"""The history of a run of any length, in bounded memory: when it is full, every second moment is forgotten."""

import numpy as np

from visualdl.training.snapshot import Change, Curves, Evaluation

CAPACITY = 1000
MOST_CHANGES = 50


class History:
    """The evaluations at the ends of epochs 0, stride, 2 stride, ...; the stride doubles when `capacity` is reached.

    Raises ValueError for a capacity below 2.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 2:
            raise ValueError(f"A history needs room for at least 2 moments, not {capacity}.")
        self._rows = np.empty((capacity, 5))
        self._count = 0
        self._stride = 1
        self._changes: list[_FieldChange] = []

    def wants(self, epoch: int) -> bool:
        """Say whether the end of `epoch` is one of the moments to keep."""
        return epoch % self._stride == 0

    def record(self, epoch: int, evaluation: Evaluation) -> None:
        """Keep the evaluation at the end of an epoch that `wants` asked for; epochs come in rising order."""
        if self._count == len(self._rows):
            kept = self._rows[::2].copy()
            self._rows[: len(kept)] = kept
            self._count = len(kept)
            self._stride *= 2
            if not self.wants(epoch):
                return
        self._rows[self._count] = _row(epoch, evaluation)
        self._count += 1

    def record_change(self, epoch: float, label: str, before: str, after: str, *, continues: bool = False) -> None:
        """Remember that a hyperparameter changed.

        `continues` says that the last change goes on, as while a slider is dragged: its many values are one change.
        """
        last = self._changes[-1] if self._changes else None
        if continues and last is not None and last.label == label:
            last.after = after
            if last.before == after:
                self._changes.pop()
            return
        self._changes.append(_FieldChange(epoch, label, before, after))
        del self._changes[:-MOST_CHANGES]

    def curves(self, epoch: float, evaluation: Evaluation) -> Curves:
        """Return what is kept and, as the last moment, the `evaluation` at `epoch`: mostly within an epoch."""
        kept = self._rows[: self._count]
        if self._count and kept[-1, 0] >= epoch:
            kept = kept[:-1]
        rows = np.vstack([kept, _row(epoch, evaluation)]).T.copy()
        rows.setflags(write=False)
        changes = tuple(Change(change.epoch, change.text()) for change in self._changes)
        epochs, train_loss, test_loss, train_error, test_error = rows
        return Curves(epochs, train_loss, test_loss, train_error, test_error, changes)


class _FieldChange:
    """A change that may still go on: the slider is being dragged."""

    def __init__(self, epoch: float, label: str, before: str, after: str) -> None:
        self.epoch, self.label, self.before, self.after = epoch, label, before, after

    def text(self) -> str:
        return f"{self.label} {self.before} → {self.after}"


def _row(epoch: float, evaluation: Evaluation) -> tuple[float, ...]:
    return (epoch, evaluation.train_loss, evaluation.test_loss, evaluation.train_error, evaluation.test_error)
