"""The player decides when a session advances: playing at a pace, a single step, or up to the end of an epoch.

Beside the session it may have many seeds to train, at the same pace, but played and paused apart from it.
"""

import math
from dataclasses import replace

from visualdl.data.features import PAPER_FEATURES, UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import DEFAULT_SPEED
from visualdl.training.engine.pace import Clock, Pace
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.model.weight_transfer import can_transfer_weights
from visualdl.training.run.run import Run
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import Checkpoint
from visualdl.training.values.snapshot import Snapshot
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest

DRAG_PAUSE = 1.0
"""Seconds without a change after which the next one is another change, not more of the same drag of a slider."""

BURST = 0.002
"""Seconds for which steps at full speed may follow each other before somebody else has a turn."""

EVALUATED_EVERY = 0.1
"""Seconds between two evaluations for snapshots of what goes on: faster nobody reads numbers."""

RESTS = "What came before stays on show, and rests, until the feature or the data is another one."


class Engine:
    """Carries commands out on the current session and says how long it may rest.

    A run is a session; `apply` begins a new one where the experiment or the run number asks for it.
    """

    def __init__(self, experiment: Experiment, clock: Clock) -> None:
        self._clock = clock
        self._session = _first_session(experiment)
        self._playing = False
        self._goal: int | None = None  # the epoch to reach, at full speed
        self._steps_per_second = DEFAULT_SPEED
        self._pace = Pace(clock)
        self._last_change = -math.inf
        self._seeds: SeedsJob | None = None
        self._starts = 0  # how often seeds have begun
        self._evaluated = -math.inf  # when the session was, for a snapshot
        self._burst = 1  # so many steps take about BURST
        self._share_anew()

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._goal = None
        self._playing = True
        self._pace.begin()

    def pause(self) -> None:
        """Stop advancing."""
        self._goal = None
        self._playing = False

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self.pause()
        self._advance()

    def advance_epochs(self, count: int = 1) -> None:
        """Advance at full speed to the end of the epoch, or of the `count`-th from here, then pause.

        Asked again before it is there, it adds to the goal.
        """
        start = self._session.epoch if self._goal is None else self._goal
        self.pause()
        self._pace.begin()
        self._goal = start + count

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of playing; from SPEED's maximum on there is no limit."""
        self._steps_per_second = steps_per_second
        self._pace.set_speed(steps_per_second)
        self._share_anew()
        if self._seeds:
            self._seeds.pace.set_speed(steps_per_second)

    def apply(
        self, experiment: Experiment, run: int, checkpoint: Checkpoint | None = None, keep_weights: bool = False
    ) -> None:
        """Go on with `experiment`; as a new run if its number or what changed asks for one. Playing goes on playing.

        A new run starts from the checkpoint, or from the initial weights. With `keep_weights`, where a new network
        is needed and nothing but the network changes, it goes on from the present moment, with the weights grown; a
        run that had to stop has no weights worth keeping. What steers the steps acts on the seeds, too.

        If the data has no usable value of a feature, the present session stays, and its snapshots say why.
        """
        try:
            self._apply(experiment, run, checkpoint, keep_weights)
            self._session.refusal = ""
        except UnusableFeatureError as refusal:
            self._session.refusal, self._session.run = f"{refusal} {RESTS}", run
            self._goal = None
        if self._seeds:
            self._seeds.change(experiment)

    def _apply(self, experiment: Experiment, run: int, checkpoint: Checkpoint | None, keep_weights: bool) -> None:
        self._evaluated = -math.inf  # what has changed is evaluated at once
        self._burst = 1  # nor is it known how long its steps take
        session = self._session
        anew = experiment.needs_new_network(session.experiment)
        back = bool(session.refusal) and run != session.run  # from a network that there never was
        if (
            keep_weights
            and (anew or back)
            and not checkpoint
            and can_transfer_weights(session.experiment, experiment)
            and self._is_sound()
        ):
            self._session = session.grown(experiment, run, continues=self._continues())
        elif anew or run != session.run:
            self._session = Run(experiment, run, checkpoint)
            self._goal = None
        elif experiment != session.experiment:
            session.change(experiment, continues=self._continues())

    def set_number(self, place: ParameterIndex, value: float, run: int) -> None:
        """Set a weight or bias of run number `run`; of an older run, whose network is gone, do nothing."""
        if run == self._session.run:
            self._session.set_number(place, value, continues=self._continues())

    def set_locked(self, place: ParameterIndex, locked: bool, run: int) -> None:
        """Keep a weight or bias of run number `run` from learning, or let it learn again; as `set_number` does."""
        if run == self._session.run:
            self._session.set_locked(place, locked)

    def begin_seeds(self, count: int, with_torch: bool) -> None:
        """Let `count` seeds of the experiment begin, and play them; with torch.nn beside minidl if asked for."""
        self._starts += 1
        self._seeds = SeedsJob(self._session.experiment, count, with_torch, self._clock, self._starts)
        self._seeds.pace.set_speed(self._steps_per_second)
        self._seeds.play()

    def play_seeds(self) -> None:
        """Let the seeds go on; without any, do nothing."""
        if self._seeds:
            self._seeds.play()

    def pause_seeds(self) -> None:
        """Let the seeds rest."""
        if self._seeds:
            self._seeds.pause()

    def open_seed(self, experiment: Experiment, run: int) -> None:
        """Go on with the one of the seeds that trains `experiment`, from where it is now, as run number `run`.

        If none does, for others have begun meanwhile, or if that one has diverged, begin at the initial weights.
        """
        self.apply(experiment, run, self._seeds.checkpoint(experiment) if self._seeds else None)

    def seconds_until_due(self) -> float | None:
        """Return how long until there is work: 0 if there is some now, None if there is none until a command comes."""
        waits = [wait for wait in (self._session_wait(), self._seeds_wait()) if wait is not None]
        return min(waits, default=None)

    def work(self) -> None:
        """Do a piece of work that was due, the session's or the seeds'; if both were, they share the time evenly."""
        start = self._clock()
        if self._seeds and self._seeds_come_first():
            self._seeds.work()
            self._seeds_seconds += self._clock() - start
            return
        self._pace.plan_next()
        self._advance(self._burst if self._goal is not None or self._pace.is_unlimited else 1)
        if self._goal is not None and self._session.epoch >= self._goal:
            self.pause()
        self._session_seconds += self._clock() - start

    def snapshot(self, look: SnapshotRequest = ONLY_THE_RUN) -> Snapshot:
        """Return the session's snapshot with what `look` asks for, the seeds', and at which speed they advance.

        At rest its evaluation is that of all samples; what goes on is not held up by them, and is not evaluated with
        every picture.
        """
        start, advances = self._clock(), self._playing or self._goal is not None
        evaluated = not advances or start - self._evaluated >= EVALUATED_EVERY
        if evaluated:
            self._evaluated = start
        snapshot = self._session.snapshot(look, exact=not advances, evaluated=evaluated)
        middle = self._clock()
        seeds = self._seeds.snapshot() if self._seeds else None
        self._session_seconds += middle - start
        self._seeds_seconds += self._clock() - middle
        if snapshot.problem:
            self.pause()
        advancing = self._playing or self._goal is not None
        return replace(
            snapshot,
            advancing=advancing,
            steps_per_second=self._pace.measured() if advancing else 0.0,
            seeds=seeds,
        )

    def _continues(self) -> bool:
        """Take note of a change, and say whether it is one with the last, as while something is dragged."""
        now = self._clock()
        continues = now - self._last_change < DRAG_PAUSE
        self._last_change = now
        return continues

    def _session_wait(self) -> float | None:
        if self._goal is not None:
            return 0.0
        return self._pace.seconds_until_due() if self._playing else None

    def _seeds_wait(self) -> float | None:
        return self._seeds.seconds_until_due() if self._seeds else None

    def _seeds_come_first(self) -> bool:
        """Say whether the seeds are due before the session; if both are at once, whether they have had less time."""
        session, seeds = self._session_wait(), self._seeds_wait()
        if session is None or seeds is None:
            self._share_anew()
            return session is None
        return self._seeds_seconds <= self._session_seconds if session == seeds else seeds < session

    def _share_anew(self) -> None:
        """Forget who has had how much time: what was left to the other while it was not needed is not owed."""
        self._session_seconds = self._seeds_seconds = 0.0

    def _advance(self, most: int = 1) -> None:
        start, before = self._clock(), self._session.step
        self._session.advance(most)
        steps, seconds = self._session.step - before, self._clock() - start
        self._pace.count(steps)
        if seconds > 0:
            self._burst = max(1, round(BURST * steps / seconds))
        if self._session.problem or self._session.refusal or self._session.stopped:
            self.pause()

    def _is_sound(self) -> bool:
        """Say whether the session's numbers are finite; a snapshot may find that with the latest step they are not."""
        self._session.snapshot()
        return not self._session.problem


def _first_session(experiment: Experiment) -> Run:
    """Return a session of the experiment; if the data has no usable value of a feature, the paper's that says so."""
    try:
        return Run(experiment)
    except UnusableFeatureError as refusal:
        session = Run(replace(experiment, features=PAPER_FEATURES))
        session.refusal = str(refusal)
        return session
