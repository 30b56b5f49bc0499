"""Stopping: whether a run has reached, with an epoch, what the experiment says it should stop for."""

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.snapshot import Evaluation

LEAST_FALL = 0.001
"""By which share of the best training loss so far a new one must lie below it, or it counts as not fallen."""


class Stopping:
    """Watches one run, epoch by epoch. Each condition stops once; then again only after it was not met.

    An error must have been above the bound again, a plateau lasts so many epochs anew, and an epoch comes only once.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._begin()

    @property
    def needs_evaluation(self) -> bool:
        """Whether `after_epoch` looks at the evaluation of every epoch."""
        return self._experiment.stop_when in ("Test error below", "Loss plateau")

    def change(self, experiment: Experiment) -> None:
        """Watch for what another experiment says; if it or the data is another, as if the run began now."""
        before, self._experiment = self._experiment, experiment
        stops_alike = (before.stop_when, before.stop_at) == (experiment.stop_when, experiment.stop_at)
        if not stops_alike or experiment.needs_new_data(before):
            self._begin()

    def after_epoch(self, epoch: int, evaluation: Evaluation | None) -> str:
        """Say in a sentence why the run should stop after so many epochs; "" if it should not.

        `evaluation` may be None unless it is needed.
        """
        when, at = self._experiment.stop_when, self._experiment.stop_at
        if when == "Epochs" and epoch - 1 < at <= epoch:
            return f"Stopped: {epoch} {'epoch is' if epoch == 1 else 'epochs are'} done."
        if evaluation is None:
            return ""
        if when == "Test error below":
            return self._below(100 * evaluation.test_error, at)
        if when == "Loss plateau":
            return self._plateau(epoch, evaluation.train_loss, at)
        return ""

    def _begin(self) -> None:
        self._was_below = False
        self._best: float | None = None
        self._best_epoch = 0

    def _below(self, error: float, bound: float) -> str:
        was_below, self._was_below = self._was_below, error < bound
        if was_below or not self._was_below:
            return ""
        return f"Stopped: test {self._experiment.task.error_name} {error:.3g} % is below {bound:g} %."

    def _plateau(self, epoch: int, loss: float, epochs: float) -> str:
        if self._best is None or loss < self._best * (1 - LEAST_FALL):
            self._best, self._best_epoch = loss, epoch
        if epoch - self._best_epoch < epochs:
            return ""
        count, self._best_epoch = epoch - self._best_epoch, epoch
        return f"Stopped: the training loss has not fallen for {count} {'epoch' if count == 1 else 'epochs'}."
