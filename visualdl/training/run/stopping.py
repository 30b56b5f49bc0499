"""Stopping: whether a run has reached, with an epoch, what the experiment says it should stop for."""

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.run_state import StoppingState
from visualdl.training.values.snapshot import Evaluation

LEAST_FALL = 0.001
"""By which share of the best training loss so far a new one must lie below it, or it counts as not fallen."""


class Stopping:
    """Watches one run, epoch by epoch. Each condition stops once; then again only after it was not met.

    An error must have been above the bound again, a plateau lasts so many epochs anew, and an epoch comes only once.
    `state` is all that it remembers.
    """

    def __init__(self, experiment: Experiment, state: StoppingState | None = None) -> None:
        self._experiment = experiment
        self.state = state or StoppingState()

    @property
    def needs_evaluation(self) -> bool:
        """Whether `after_epoch` looks at the evaluation of every epoch."""
        return self._experiment.stopping.stop_when in ("Test error below", "Loss plateau")

    def change(self, experiment: Experiment) -> None:
        """Watch for what another experiment says; if it or the data is another, as if the run began now."""
        before, self._experiment = self._experiment, experiment
        if experiment.stopping != before.stopping or experiment.needs_new_data(before):
            self.state = StoppingState()

    def after_epoch(self, epoch: int, evaluation: Evaluation | None) -> str:
        """Say in a sentence why the run should stop after so many epochs; "" if it should not.

        `evaluation` may be None unless it is needed.
        """
        when, at = self._experiment.stopping.stop_when, self._experiment.stopping.stop_at
        if when == "Epochs" and epoch - 1 < at <= epoch:
            return f"Stopped: {epoch} {'epoch is' if epoch == 1 else 'epochs are'} done."
        if evaluation is None:
            return ""
        if when == "Test error below":
            return self._below(100 * evaluation.test_error, at)
        if when == "Loss plateau":
            return self._plateau(epoch, evaluation.train_loss, at)
        return ""

    def _below(self, error: float, bound: float) -> str:
        was_below = self.state.was_below
        self.state = StoppingState(was_below=error < bound)
        if was_below or not self.state.was_below:
            return ""
        return f"Stopped: test {self._experiment.task.error_name} {error:.3g} % is below {bound:g} %."

    def _plateau(self, epoch: int, loss: float, epochs: float) -> str:
        best, best_epoch = self.state.best, self.state.best_epoch
        if best is None or loss < best * (1 - LEAST_FALL):
            best, best_epoch = loss, epoch
        count = epoch - best_epoch
        self.state = StoppingState(best=best, best_epoch=best_epoch if count < epochs else epoch)
        if count < epochs:
            return ""
        return f"Stopped: the training loss has not fallen for {count} {'epoch' if count == 1 else 'epochs'}."
