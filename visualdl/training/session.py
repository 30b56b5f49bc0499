"""A session is one run: it owns network, data and optimiser, advances by mini-batches, and gives snapshots."""

import math
from dataclasses import astuple, replace
from types import MappingProxyType

import torch
from torch import Tensor

import minidl
from visualdl.experiment import CHOICES, LIVE, Experiment
from visualdl.training.boundary import GRID, boundary_of
from visualdl.training.evaluation import evaluate
from visualdl.training.frozen import frozen
from visualdl.training.history import History
from visualdl.training.networks import build_network, gradients_of
from visualdl.training.samples import samples_of
from visualdl.training.snapshot import Checkpoint, Evaluation, Snapshot, Weights


class Session:
    """One run of an experiment, from its initial weights on, or from a checkpoint that an earlier run has reached.

    The same experiment gives the same run, bit for bit, on the same machine. Not thread-safe: one thread owns it.
    """

    @torch.inference_mode()
    def __init__(self, experiment: Experiment, run: int = 0, checkpoint: Checkpoint | None = None) -> None:
        self.experiment = experiment
        self.run = run
        self.step = checkpoint.step if checkpoint else 0
        self.epoch = checkpoint.epoch if checkpoint else 0
        self.problem = ""
        self._samples = samples_of(experiment)
        self._grid = self._samples.grid(GRID)
        self._network = build_network(experiment)
        if checkpoint:
            self._network.load_state({name: torch.tensor(array) for name, array in checkpoint.weights.items()})
        self._loss = minidl.LossMSE("sum")
        self._optimizer = minidl.SGD(self._network.param(), experiment.learning_rate)
        self._history = History()
        self._start_epoch()
        self._order.position = checkpoint.position if checkpoint else 0
        evaluation = self._evaluate()
        self._history.record(self._exact_epoch(), evaluation)
        self._latest = self._take_snapshot(evaluation)

    def change(self, experiment: Experiment, *, continues: bool = False) -> None:
        """Go on with another learning rate or batch size, from the next mini-batch on.

        `continues` says that this is one change with the last one, as while a slider is dragged.

        Raises ValueError for an experiment that needs a new network: that is another session.
        """
        if experiment.needs_new_network(self.experiment):
            raise ValueError(f"Only a new session can take over {', '.join(experiment.changes_from(self.experiment))}.")
        for name in experiment.changes_from(self.experiment):
            if name in LIVE:
                label = CHOICES[name].label
                before, after = (f"{getattr(value, name):g}" for value in (self.experiment, experiment))
                self._history.record_change(self._exact_epoch(), label, before, after, continues=continues)
        self.experiment = experiment
        self._optimizer.lr = experiment.learning_rate

    @torch.inference_mode()
    def advance(self) -> None:
        """Learn from one mini-batch. Once the loss was not finite (see `problem`) it does nothing any more."""
        if self.problem:
            return
        inputs, targets = self._order.take(self.experiment.batch_size)
        loss = self._loss.forward(self._network.forward(inputs), targets)
        if not math.isfinite(loss.item()):
            self._stop()
            return
        self._optimizer.zero_grad()
        self._network.backward_parameters(self._loss.backward())
        self._optimizer.step()
        self.step += 1
        if not self._order.remaining:
            self._finish_epoch()

    @torch.inference_mode()
    def snapshot(self) -> Snapshot:
        """Return this moment, frozen; or, once there is a `problem`, the last moment seen that was finite."""
        if not self.problem and self.step != self._latest.step:
            evaluation = self._evaluate()
            if _is_finite(evaluation):
                self._latest = self._take_snapshot(evaluation)
            else:
                self._stop()
        elif not self.problem and self.experiment is not self._latest.experiment:
            self._latest = self._take_snapshot(self._latest.evaluation)
        return replace(self._latest, experiment=self.experiment, problem=self.problem)

    def _start_epoch(self) -> None:
        self._order = self._samples.epoch(self.epoch)

    def _finish_epoch(self) -> None:
        self.epoch += 1
        self._start_epoch()
        if self._history.wants(self.epoch):
            evaluation = self._evaluate()
            if _is_finite(evaluation):
                self._history.record(self.epoch, evaluation)
            else:
                self._stop()

    def _stop(self) -> None:
        self.problem = (
            f"Training stopped in epoch {self.epoch + 1}, at step {self.step}: the loss is not finite. "
            f"Try a learning rate below {self.experiment.learning_rate:g} or a smaller batch, then Reset."
        )

    def _exact_epoch(self) -> float:
        return self.epoch + self._order.position / self._samples.training

    def _evaluate(self) -> Evaluation:
        samples = self._samples
        outputs = self._network.forward(samples.inputs)
        return Evaluation(*evaluate(outputs, samples.targets, samples.inside, samples.training, self._loss).tolist())

    def _take_snapshot(self, evaluation: Evaluation) -> Snapshot:
        position, batch_size = self._order.position, self.experiment.batch_size
        batches_done = math.ceil(position / batch_size)
        return Snapshot(
            run=self.run,
            experiment=self.experiment,
            step=self.step,
            epoch=self.epoch,
            batch=batches_done,
            batches=batches_done + math.ceil(self._order.remaining / batch_size),
            evaluation=evaluation,
            curves=self._history.curves(self._exact_epoch(), evaluation),
            boundary=boundary_of(self._network, self._grid),
            weights=_frozen_by_name(self._network.tensors()),
            gradients=_frozen_by_name(gradients_of(self._network)),
            locked=frozenset(),
            data=self._samples.data,
        )


def _frozen_by_name(tensors: dict[str, Tensor]) -> Weights:
    return MappingProxyType({name: frozen(tensor) for name, tensor in tensors.items()})


def _is_finite(evaluation: Evaluation) -> bool:
    return all(math.isfinite(value) for value in astuple(evaluation))
