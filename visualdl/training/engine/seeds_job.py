"""Seed training: many seeds of one experiment, played and paused together, their history, and torch.nn beside."""

import math
from collections import deque
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualdl.experiment.data_choices import LAST_SEED
from visualdl.experiment.experiment import Experiment
from visualdl.training.engine.pace import Clock, Pace
from visualdl.training.run.thinned_series import ThinnedSeries
from visualdl.training.seeds.seed_runs import SeedRuns
from visualdl.training.torch_reference.reference import TorchReference
from visualdl.training.values.run_state import RunState
from visualdl.training.values.seeds import SeedCurves, Seeds

MOMENTS = 200
"""How many moments are kept, of each run: a hundred runs of them are drawn at once."""

LOOK_EVERY = 0.1
"""Seconds between two evaluations on all samples while training goes on: curves are drawn no more often."""

PICTURE_EVERY = 0.05
"""Seconds between two pictures while training goes on."""

SLICE = 0.01
"""Seconds of torch.nn's part of a step, about, after which whoever else waits has a turn."""

STRIDES = ((2, 1), (20, 2), (math.inf, 10))
"""Up to which epoch -> every how many epochs all runs are evaluated: that costs each of them a fifth of an epoch."""

GRIDS = ((10, 41), (math.inf, 33))
"""Up to how many runs -> how many points along each side of the picture: what one picture costs grows with both."""


class SeedsJob:
    """Runs with the seeds seed, seed + 1, ... of `experiment`, `count` of them; the last seeds there are if need be.

    With torch, the same networks also learn the same batches in torch.nn: one after the other, a slice of them at a
    time, but none goes ahead by more than the step that is under way. `pace` is how fast they are played, `start`
    what tells them from others. Raises ValueError for a count below 1.
    """

    def __init__(self, experiment: Experiment, count: int, with_torch: bool, clock: Clock, start: int = 0) -> None:
        first = min(experiment.seed, LAST_SEED - count + 1)
        self.pace = Pace(clock)
        self._clock = clock
        self._start = start
        self._playing = False
        self._ends_epoch = False  # whether the step under way is an epoch's last
        self._before = 0, 0.0  # steps and passes before it
        self._behind: deque[tuple[TorchReference, Tensor, Tensor]] = deque()  # twins that have yet to learn, and what
        self._runs = SeedRuns(replace(experiment, seed=first), count)
        self._side = next(side for most, side in GRIDS if count <= most)
        self._twins: list[TorchReference] = []
        self._steered = True  # whether the twins learn as the runs' experiment says
        if with_torch:
            self._twins = [
                TorchReference(*each) for each in zip(self._runs.networks(), self._experiments(), strict=True)
            ]
            self._warm_up_torch()
        self._moments = [ThinnedSeries(4 * count, MOMENTS) for _ in range(2 if with_torch else 1)]
        self._seconds = [0.0 for _ in self._moments]
        self._record()
        self._look()
        self._picture()

    def _experiments(self) -> list[Experiment]:
        """Return the experiment of each run."""
        return [replace(self._runs.experiment, seed=seed) for seed in self._runs.seeds]

    def _warm_up_torch(self) -> None:
        """Let a twin that nobody needs take a step: a process's first one takes hundreds of times as long as others."""
        twin = TorchReference(self._runs.networks()[0], self._runs.experiment)
        twin.learn(self._runs.inputs[0], self._runs.targets[0])

    def play(self) -> None:
        """Advance at the pace from now on."""
        self._playing = True
        self.pace.begin()

    def pause(self) -> None:
        """Stop advancing, once the step that is under way is whole."""
        self._playing = False

    def change(self, experiment: Experiment) -> None:
        """Take over from `experiment` what steers the steps; the rest, data too, stays as when the runs began."""
        self._runs.change(replace(self._runs.experiment, training=experiment.training, stopping=experiment.stopping))
        self._steered = False
        if not self._behind:
            self._steer_twins()

    def state(self, experiment: Experiment) -> RunState | None:
        """Return what the run of this experiment is now; None if there is none, or its numbers are not finite."""
        seeds = self._runs.seeds
        if experiment.seed not in seeds or experiment != replace(self._runs.experiment, seed=experiment.seed):
            return None
        index = seeds.index(experiment.seed)
        return self._runs.state(index) if np.isfinite(self._runs.evaluate()[:, index]).all() else None

    def seconds_until_due(self) -> float | None:
        """Return how long until there is work; None while nothing is played and no step is under way."""
        if self._behind:
            return 0.0
        return self.pace.seconds_until_due() if self._playing else None

    def work(self) -> None:
        """Let every run take its next step, which was due; many of torch.nn need several calls for it."""
        if not self._behind:
            self._begin_step()
        self._let_twins_learn()
        if not self._behind:
            self._end_step()

    def _begin_step(self) -> None:
        self.pace.plan_next()
        epoch, self._before = self._runs.epoch, (self._runs.step, self._runs.exact_epoch)
        start = self._clock()
        batches = self._runs.advance()
        self._seconds[0] += self._clock() - start
        self._ends_epoch = self._runs.epoch > epoch
        if self._twins:
            self._behind.extend(zip(self._twins, *batches, strict=True))

    def _let_twins_learn(self) -> None:
        """Let one twin after the other learn what minidl's runs have learned from, for a slice of time."""
        start = now = self._clock()
        while self._behind and now - start < SLICE:
            twin, inputs, targets = self._behind.popleft()
            try:
                twin.learn(inputs, targets, *self._before)
            except Exception:
                self._behind.clear()  # the others would fail alike, one by one, although paused
                raise
            now = self._clock()
        if self._twins:
            self._seconds[1] += now - start

    def _end_step(self) -> None:
        self.pace.count(1)
        self._steer_twins()
        if self._ends_epoch and self._wants(self._runs.epoch):
            self._record()
        if self._twins and self._is_late(self._looked_step, self._looked_at, LOOK_EVERY):
            self._look()  # whoever asks for a snapshot seldom meets a moment between two steps

    def _steer_twins(self) -> None:
        """Let the twins, which are level with minidl's runs, take over what those have taken over."""
        if not self._steered:
            self._steered = True
            for twin, each in zip(self._twins, self._experiments(), strict=False):  # without torch there are no twins
                twin.change(each)

    def snapshot(self) -> Seeds:
        """Return this moment, frozen. While training goes on, curves and picture may be a little older than it."""
        if not self._behind and self._is_late(self._looked_step, self._looked_at, LOOK_EVERY):
            self._look()
        if self._is_late(self._pictured_step, self._pictured_at, PICTURE_EVERY):
            self._picture()
        return Seeds(
            experiment=self._runs.experiment,
            seeds=self._runs.seeds,
            step=self._runs.step,
            epoch=self._runs.epoch,
            minidl=self._curves[0],
            torch=self._curves[1] if self._twins else None,
            agreement=self._vote,
            advancing=self._playing or bool(self._behind),
            steps_per_second=self.pace.measured() if self._playing else 0.0,
            start=self._start,
        )

    def _is_late(self, step: int, seconds: float, interval: float) -> bool:
        """Say whether what shows a `step`, as of a time, should be made anew: at rest, if it is not the latest."""
        return step != self._runs.step and (not self._playing or self._clock() - seconds >= interval)

    def _look(self) -> None:
        self._curves: list[SeedCurves] = []
        for moments, evaluation, seconds in zip(self._moments, self._evaluate(), self._seconds, strict=True):
            epochs, values = moments.with_latest(self._runs.exact_epoch, evaluation)
            by_quantity = values.reshape(4, self._runs.count, -1).swapaxes(1, 2)  # (4, moments, runs)
            train_loss, test_loss, train_error, test_error = by_quantity
            self._curves.append(SeedCurves(epochs, train_loss, test_loss, train_error, test_error, seconds))
        self._looked_step, self._looked_at = self._runs.step, self._clock()

    def _picture(self) -> None:
        self._vote = self._runs.agreement(self._side)
        self._pictured_step, self._pictured_at = self._runs.step, self._clock()

    def _wants(self, epoch: int) -> bool:
        stride = next(stride for last, stride in STRIDES if epoch <= last)
        return self._moments[0].wants(epoch) and epoch % stride == 0

    def _record(self) -> None:
        for moments, evaluation in zip(self._moments, self._evaluate(), strict=True):
            moments.record(self._runs.epoch, evaluation)

    def _evaluate(self) -> list[NDArray[np.float64]]:
        """Return the evaluations of minidl's runs and, if there are any, of torch's, (4 * runs,) each."""
        evaluations = [self._runs.evaluate()]
        if self._twins:
            outputs = [twin.outputs(inputs) for twin, inputs in zip(self._twins, self._runs.inputs, strict=True)]
            evaluations.append(self._runs.evaluate_outputs(torch.stack(outputs)))
        return [evaluation.reshape(-1) for evaluation in evaluations]
