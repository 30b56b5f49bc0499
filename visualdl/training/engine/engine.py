"""The engine carries commands out on the current run, beside which many seeds may train, and answers with frames."""

import math
from collections.abc import Callable
from dataclasses import replace

from visualdl.data.features import PAPER_FEATURES, UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import DEFAULT_SPEED
from visualdl.training.engine.pace import Clock
from visualdl.training.engine.run_job import RunJob
from visualdl.training.engine.scheduler import Scheduler
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.model.weight_transfer import can_transfer_weights
from visualdl.training.run.present import Present
from visualdl.training.run.run import Run
from visualdl.training.values.events import Event, NetworkGrown, NumberLocked, NumberSet, event_of
from visualdl.training.values.frame import Frame
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot import Snapshot
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest

DRAG_PAUSE = 1.0
"""Seconds without a change after which the next one is another change, not more of the same drag of a slider."""

EVALUATED_EVERY = 0.1
"""Seconds between two evaluations for frames of what goes on: faster nobody reads numbers."""

RESTS = "What came before stays on show, and rests, until the feature or the data is another one."


class Engine:
    """Carries commands out and says how long it may rest. It alone numbers runs, and the networks in them.

    What the data makes impossible, a feature without a usable value, leaves the present run as it is, and frames say
    why. Where numbers are not finite any more, frames show the latest moment at which all were, and say so.
    """

    def __init__(self, experiment: Experiment, clock: Clock) -> None:
        self._clock = clock
        self._run_number = self._network_number = self._command = 0
        run, refusal = _first_run(experiment)
        self._job = RunJob(Present(run), clock)
        self._job.refusal = refusal
        self._seeds: SeedsJob | None = None
        self._seeds_begun = 0  # how often
        self._scheduler = Scheduler(clock)
        self._scheduler.add(self._job)
        self._speed = DEFAULT_SPEED
        self._last_change = self._evaluated_at = -math.inf

    @property
    def experiment(self) -> Experiment:
        """That of the current run."""
        return self._job.present.run.experiment

    def carry_out(self, number: int, command: Callable[["Engine"], object]) -> None:
        """Carry out a command; frames say its number from now on."""
        self._command = number
        command(self)

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._job.play()

    def pause(self) -> None:
        """Stop advancing."""
        self._job.pause()

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self._job.advance_step()

    def advance_epochs(self, count: int = 1) -> None:
        """Advance at full speed to the end of the epoch, or of the `count`-th from here, then pause."""
        self._job.advance_epochs(count)

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of playing, the seeds' too; from SPEED's maximum on there is no limit."""
        self._speed = steps_per_second
        for job in (self._job, self._seeds):
            if job is not None:
                job.pace.set_speed(steps_per_second)
        self._scheduler.share_anew()

    def begin(self, experiment: Experiment, state: RunState | None = None) -> None:
        """Begin a run of an experiment: from the initial weights, or from a state. Playing goes on playing."""
        self._refuse_or(lambda: self._begin(experiment, state), experiment)

    def change(self, experiment: Experiment, *, keep_weights: bool = False) -> None:
        """Go on with `experiment`; as a new run if what changed asks for one. Playing goes on playing.

        With `keep_weights`, where a new network is needed and nothing but the network changes, the run goes on with
        what it has learned; one that had to stop has no weights worth keeping. What steers the steps acts on the seeds,
        too.
        """
        self._refuse_or(lambda: self._change(experiment, keep_weights), experiment)

    def set_number(self, index: ParameterIndex, value: float, network: int) -> None:
        """Set a weight or bias of network number `network`; of one that is gone, do nothing."""
        if network == self._network_number and not self._job.present.problem:
            before = self._job.present.run.number(index)
            self._apply(NumberSet(self._job.present.run.step, index, value, before, continues=self._continues()))

    def set_locked(self, index: ParameterIndex, locked: bool, network: int) -> None:
        """Keep a weight or bias of a network from learning, or let it learn again; as `set_number` does."""
        if network == self._network_number and not self._job.present.problem:
            self._apply(NumberLocked(self._job.present.run.step, index, locked))

    def begin_seeds(self, count: int, with_torch: bool) -> None:
        """Let `count` seeds of the experiment begin, and play them; with torch.nn beside minidl if asked for."""
        self._seeds_begun += 1
        seeds = SeedsJob(self.experiment, count, with_torch, self._clock, self._seeds_begun)
        if self._seeds is not None:
            self._scheduler.remove(self._seeds)
        self._seeds = seeds
        self._scheduler.add(seeds)
        seeds.pace.set_speed(self._speed)
        seeds.play()

    def play_seeds(self) -> None:
        """Let the seeds go on; without any, do nothing."""
        if self._seeds:
            self._seeds.play()

    def pause_seeds(self) -> None:
        """Let the seeds rest."""
        if self._seeds:
            self._seeds.pause()

    def open_seed(self, experiment: Experiment) -> None:
        """Begin a run with the one of the seeds that trains `experiment`, from where it is now.

        If none does, for others have begun meanwhile, or if that one has diverged, begin at the initial weights.
        """
        self.begin(experiment, self._seeds.state(experiment) if self._seeds else None)

    def seconds_until_due(self) -> float | None:
        """Return how long until there is work: 0 if there is some now, None if there is none until a command comes."""
        return self._scheduler.seconds_until_due()

    def work(self) -> None:
        """Do a piece of work that was due."""
        self._scheduler.work()

    def frame(self, request: SnapshotRequest = ONLY_THE_RUN) -> Frame:
        """Return the present moment with what `request` asks for, the run so far, and the seeds.

        At rest its evaluation is that of all samples; what goes on is not held up by them, and is not evaluated with
        every picture.
        """
        with self._scheduler.charged_to(self._job):
            snapshot = self._snapshot(request)
        seeds = None
        if self._seeds is not None:
            with self._scheduler.charged_to(self._seeds):
                seeds = self._seeds.snapshot()
        if snapshot.problem:
            self._job.pause()
        return Frame(
            request=request,
            snapshot=snapshot,
            curves=self._job.present.curves,
            playback=self._job.playback(),
            seeds=seeds,
            run=self._run_number,
            network=self._network_number,
            command=self._command,
        )

    def _refuse_or(self, act: Callable[[], None], experiment: Experiment) -> None:
        try:
            act()
            self._job.refusal = ""
        except UnusableFeatureError as refusal:
            self._job.refusal = f"{refusal} {RESTS}"
            self._job.drop_goal()
        if self._seeds:
            self._seeds.change(experiment)

    def _begin(self, experiment: Experiment, state: RunState | None) -> None:
        run = Run(experiment) if state is None else Run.resume(state)
        self._job.present = Present(run)
        self._job.drop_goal()
        self._job.changed()
        self._evaluated_at = -math.inf
        self._run_number += 1
        self._network_number += 1

    def _change(self, experiment: Experiment, keep_weights: bool) -> None:
        run = self._job.present.run
        if experiment == run.experiment:
            return
        event = event_of(run.step, run.experiment, experiment, continues=self._continues())
        if not isinstance(event, NetworkGrown):
            self._apply(event)
        elif (
            keep_weights
            and can_transfer_weights(run.experiment, experiment)
            and not self._job.present.snapshot().problem
        ):
            self._apply(event)
            self._network_number += 1
        else:
            self._begin(experiment, None)

    def _apply(self, event: Event) -> None:
        self._job.present.run.apply(event)
        self._job.changed()
        self._evaluated_at = -math.inf  # what has changed is evaluated at once

    def _snapshot(self, request: SnapshotRequest) -> Snapshot:
        start, resting = self._clock(), not self._job.advancing
        evaluated = resting or start - self._evaluated_at >= EVALUATED_EVERY
        if evaluated:
            self._evaluated_at = start
        snapshot = self._job.present.snapshot(request, exact=resting, evaluated=evaluated)
        return replace(snapshot, problem=snapshot.problem or self._job.refusal)

    def _continues(self) -> bool:
        """Take note of a change, and say whether it is one with the last, as while something is dragged."""
        now = self._clock()
        continues = now - self._last_change < DRAG_PAUSE
        self._last_change = now
        return continues


def _first_run(experiment: Experiment) -> tuple[Run, str]:
    """Return a run of the experiment; if the data has no usable value of a feature, the paper's, and why."""
    try:
        return Run(experiment), ""
    except UnusableFeatureError as refusal:
        return Run(experiment.with_choices(features=PAPER_FEATURES)), str(refusal)
