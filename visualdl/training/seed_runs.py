"""Many runs of one experiment that differ in their seed alone, trained together in one pass of batched operations."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

import minidl
from minidl.batches import Epoch
from visualdl.experiment import Experiment
from visualdl.training.evaluation import evaluate, signed
from visualdl.training.frozen import frozen
from visualdl.training.learner import Learner
from visualdl.training.networks import build_network
from visualdl.training.samples import samples_of
from visualdl.training.snapshot import Checkpoint

ROWS = 2000
"""How many samples of all runs together pass the networks at a time: what they become then stays in a core's cache."""


class SeedRuns:
    """Runs of `experiment` with the seeds seed, seed + 1, ..., `count` of them: run k draws what its own session draws.

    Each run computes what a session of its seed computes, up to the rounding of batched products. A run whose numbers
    are no longer finite leaves the others alone. Not thread-safe. Raises ValueError for a count below 1 and for
    seeds beyond their range.
    """

    def __init__(self, experiment: Experiment, count: int) -> None:
        if count < 1:
            raise ValueError(f"Runs must be at least 1, not {count}.")
        experiments = [replace(experiment, seed=experiment.seed + run) for run in range(count)]
        self.experiment = experiment
        self.seeds = tuple(each.seed for each in experiments)
        self.step = 0
        self.epoch = 0
        self._samples = [samples_of(each) for each in experiments]
        parts = [each.part() for each in self._samples]  # what all samples of all runs take, memory may not have
        self._seen = parts[0].training
        self._inputs = torch.stack([each.inputs for each in parts])
        self._targets = torch.stack([each.targets for each in parts])
        self._positive = torch.stack([each.positive for each in parts])
        self._network = minidl.stack([build_network(each) for each in experiments])
        self._loss = minidl.LossMSE("sum", runs=True)
        self._learner = Learner(self._network, experiment, self.seeds)
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

    def checkpoint(self, index: int) -> Checkpoint:
        """Return where one of the runs is now, for a session of its own to go on from."""
        weights = {name: frozen(tensor[index]) for name, tensor in self._network.tensors().items()}
        return Checkpoint(MappingProxyType(weights), self.step, self.epoch, self._order.position)

    def change(self, experiment: Experiment) -> None:
        """Go on with what steers the steps; raise ValueError for what needs new networks or data."""
        if experiment.needs_new_network(self.experiment) or experiment.needs_new_data(self.experiment):
            changed = ", ".join(experiment.changes_from(self.experiment))
            raise ValueError(f"Only new runs can take over {changed}.")
        self.experiment = experiment
        self._learner.change(experiment)

    def advance(self) -> tuple[Tensor, Tensor]:
        """Let every run learn from its next mini-batch; return what they learned from: (K, batch, 2) twice.

        Those are ordinary tensors, from which autograd can learn, too.
        """
        epoch = self.exact_epoch
        batch, targets = self._order.take(self.experiment.batch_size)
        with torch.inference_mode():
            self._loss.forward(self._learner.forward(batch, self.step, epoch), targets)
            self._learner.learn(self._loss.backward())
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
        """Return the same for `outputs` (K, samples, 2) that some other networks give of these runs' `inputs`."""
        return frozen(evaluate(outputs, self._targets, self._positive, self._seen, self._loss))

    @property
    def inputs(self) -> Tensor:
        """What each run is evaluated on, (K, samples, 2), those to learn from first: all of it, or `Samples.part`."""
        return self._inputs

    def networks(self) -> list[minidl.Sequential]:
        """Return the runs' networks as they are now, as copies."""
        return minidl.unstack(self._network)

    @torch.inference_mode()
    def share_inside(self, side: int) -> np.ndarray:
        """Return the share of runs, 0 to 1, that say class 1, the disk's "inside", on a grid over the unit square.

        It is (side, side). Row i stands at x2 = i / (side - 1), column j at x1 = j / (side - 1).
        """
        if self._grid is None or self._grid.shape[1] != side * side:
            self._grid = torch.stack([each.grid(side) for each in self._samples])
        inside = signed(self._outputs(self._grid)) > 0
        return frozen(inside.float().mean(0).reshape(side, side))

    def _outputs(self, inputs: Tensor) -> Tensor:
        """Return what the networks say of `inputs` (K, samples, 2): (K, samples, 2)."""
        parts = torch.split(inputs, max(1, ROWS // self.count), dim=1)
        return torch.cat([self._network.forward(part) for part in parts], dim=1)

    def _start_epoch(self) -> None:
        self._order = Epoch.stack([each.epoch(self.epoch) for each in self._samples])
