"""Many runs of one experiment that differ in their seed alone, trained together in one pass of batched operations."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

import minidl
from minidl.batches import Epoch
from visualdl.data.features import UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network, gradients_of
from visualdl.training.model.objective import loss_of
from visualdl.training.model.training_step import TrainingStep
from visualdl.training.pictures.evaluation import evaluate
from visualdl.training.samples.samples import Samples, draw_samples
from visualdl.training.seeds.agreement import agreement_of
from visualdl.training.values.read_only import frozen, frozen_by_name
from visualdl.training.values.run_state import RunState
from visualdl.training.values.seeds import Agreement

ROWS = 2000
"""How many samples of all runs together pass the networks at a time: what they become then stays in a core's cache."""


class SeedRuns:
    """Runs of `experiment` with the seeds seed, seed + 1, ..., `count` of them: run k draws what its own Run draws.

    Each run computes what a Run of its seed computes, up to the rounding of batched products. A run whose numbers
    are no longer finite leaves the others alone. Not thread-safe. Raises ValueError for a count below 1 and for
    seeds beyond their range; UnusableFeatureError, which names the seed, where `draw_samples` does.
    """

    def __init__(self, experiment: Experiment, count: int) -> None:
        if count < 1:
            raise ValueError(f"Runs must be at least 1, not {count}.")
        experiments = [replace(experiment, seed=experiment.seed + run) for run in range(count)]
        self.experiment = experiment
        self.seeds = tuple(each.seed for each in experiments)
        self.step = 0
        self.epoch = 0
        self._samples = [_samples_of(each) for each in experiments]
        parts = [each.part() for each in self._samples]  # what all samples of all runs take, memory may not have
        self._seen = parts[0].training
        self._inputs = torch.stack([each.inputs for each in parts])
        self._targets = torch.stack([each.targets for each in parts])
        self._truth = torch.stack([each.truth for each in parts])
        self._network = minidl.stack([build_network(each) for each in experiments])
        self._loss = loss_of(experiment.task, runs=True)
        self._training_step = TrainingStep(self._network, experiment, self.seeds)
        self._grid: Tensor | None = None
        self._start_epoch()

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self.seeds)

    @property
    def exact_epoch(self) -> float:
        """How many passes over the data there were, the one under way as a fraction."""
        return self.epoch + self._order.position / self._samples[0].training

    def state(self, index: int) -> RunState:
        """Return what one of the runs is now, for a run of its own to go on from."""

        def row(tensors: Mapping[str, Tensor]) -> Mapping[str, np.ndarray]:
            return frozen_by_name({name: each[index] if each.dim() else each for name, each in tensors.items()})

        return RunState(
            experiment=replace(self.experiment, seed=self.seeds[index]),
            weights=row(self._network.tensors()),
            step=self.step,
            epoch=self.epoch,
            position=self._order.position,
            gradients=row(gradients_of(self._network)),
            optimizer=row(self._training_step.optimizer.state()),
        )

    def change(self, experiment: Experiment) -> None:
        """Go on with what steers the steps; raise ValueError for what needs new networks or data."""
        if experiment.needs_new_network(self.experiment) or experiment.needs_new_data(self.experiment):
            changed = ", ".join(experiment.changes_from(self.experiment))
            raise ValueError(f"Only new runs can take over {changed}.")
        self.experiment = experiment
        self._training_step.change(experiment)

    def advance(self) -> tuple[Tensor, Tensor]:
        """Let every run learn from its next mini-batch; return what they learned from: (K, batch, features), and the
        targets.

        Those are ordinary tensors, from which autograd can learn, too.
        """
        epoch = self.exact_epoch
        batch, targets = self._order.take(self.experiment.training.batch_size)
        with torch.inference_mode():
            self._loss.forward(self._training_step.forward(batch, self.step, epoch), targets)
            self._training_step.learn(self._loss.backward())
        self.step += 1
        if not self._order.remaining:
            self.epoch += 1
            self._start_epoch()
        return batch, targets

    @torch.inference_mode()
    def evaluate(self) -> np.ndarray:
        """Return train loss, test loss, train error and test error of every run, (4, K); losses are per sample.

        They are those of the `inputs`.
        """
        return self.evaluate_outputs(self._outputs(self._inputs))

    @torch.inference_mode()
    def evaluate_outputs(self, outputs: Tensor) -> np.ndarray:
        """Return the same for `outputs` (K, samples, outputs) that some other networks give of these runs' `inputs`."""
        return frozen(evaluate(outputs, self._targets, self._truth, self._seen, self._loss))

    @property
    def inputs(self) -> Tensor:
        """What each run is evaluated on, (K, samples, features), those to learn from first: all, or `Samples.part`."""
        return self._inputs

    @property
    def targets(self) -> Tensor:
        """What each run's loss compares its outputs for the `inputs` with, all with a leading K."""
        return self._targets

    def networks(self) -> list[minidl.Sequential]:
        """Return the runs' networks as they are now, as copies."""
        return minidl.unstack(self._network)

    @torch.inference_mode()
    def agreement(self, side: int) -> Agreement:
        """Return what the runs' networks say together on a grid over the unit square, `side` points along each side."""
        if self._grid is None or self._grid.shape[1] != side * side:
            self._grid = torch.stack([each.input_grid.grid(side) for each in self._samples])
        return agreement_of(self._outputs(self._grid), self.experiment.task, self._samples[0].data.scale)

    def _outputs(self, inputs: Tensor) -> Tensor:
        """Return what the networks say of `inputs` (K, samples, features): (K, samples, outputs)."""
        parts = torch.split(inputs, max(1, ROWS // self.count), dim=1)
        return torch.cat([self._network.forward(part) for part in parts], dim=1)

    def _start_epoch(self) -> None:
        self._order = Epoch.stack([each.epoch(self.epoch) for each in self._samples])


def _samples_of(experiment: Experiment) -> Samples:
    try:
        return draw_samples(experiment)
    except UnusableFeatureError as refusal:
        raise UnusableFeatureError(f"Seed {experiment.seed} cannot begin. {refusal}") from None
