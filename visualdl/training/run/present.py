"""The present of a run: what there is to see of it now or, once its numbers are not finite, of the moment before."""

from dataclasses import replace

from visualdl.training.run.observer import NotFiniteError, Observer
from visualdl.training.run.run import Run, problem_of
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot import Snapshot
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest


class Present:
    """Looks at a `run` whenever that is wanted, and leaves it as it is.

    `curves` are the run up to the latest moment that was evaluated. `problem` is a sentence once a number is not
    finite, whether the run itself has met it or not; snapshots then are those of the latest moment evaluated at which
    all were.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._observer = Observer()
        self._events = 0  # how many there were at the latest state
        self._observed_problem = ""
        self._sound = self._state = run.state()
        self.curves = run.curves(self._observer.observe(self._sound, finite=False).evaluation)

    @property
    def problem(self) -> str:
        """Why training cannot go on; "" while it can."""
        return self.run.problem or self._observed_problem

    def snapshot(
        self, request: SnapshotRequest = ONLY_THE_RUN, *, exact: bool = True, evaluated: bool = True
    ) -> Snapshot:
        """Return the present moment as `Observer.observe` does, or the latest sound one, with the `problem`."""
        if not self.problem:
            state = self._latest()
            try:
                snapshot = self._observer.observe(state, request, exact=exact, evaluated=evaluated)
            except NotFiniteError as fault:
                self._observed_problem = problem_of(state, str(fault))
            else:
                if snapshot.evaluated:
                    self._sound, self.curves = state, self.run.curves(snapshot.evaluation)
                return snapshot
        snapshot = self._observer.observe(self._sound, request, finite=False)
        return replace(snapshot, experiment=self.run.experiment, problem=self.problem)

    def _latest(self) -> RunState:
        """Return the run's state: the same value until something has happened to it."""
        if self._events != len(self.run.events) or self._state.step != self.run.step:
            self._state, self._events = self.run.state(), len(self.run.events)
        return self._state
