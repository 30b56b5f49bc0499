"""A session is one run: it owns network, data and optimiser, advances by mini-batches, and gives snapshots."""

import math
from dataclasses import astuple, replace
from types import MappingProxyType

import contourpy
import numpy as np
import torch
from torch import Tensor

import minidl
from minidl.batches import Epoch
from minidl.datasets import DISK_CENTRE, DISK_RADIUS, Normalization, disk, signed_targets
from visualdl.experiment import CHOICES, LIVE, Experiment
from visualdl.training.history import History
from visualdl.training.random_streams import generator
from visualdl.training.snapshot import Boundary, Data, Evaluation, Points, Snapshot, Weights

SAMPLES = 1000  # of each set, training and test: the paper's section II.A
GRID = 65  # points along each side of the boundary's picture
CLASSES = 2

ACTIVATIONS: dict[str, type[minidl.Module]] = {"ReLU": minidl.ReLU, "Tanh": minidl.Tanh}


def build_network(experiment: Experiment) -> minidl.Sequential:
    """Return the experiment's network at its start: hidden layers of one width, then a layer of two outputs."""
    weights = generator(experiment.seed, "weights")
    network = minidl.Sequential()
    features = 2
    for _ in range(experiment.depth):
        network.add(minidl.Linear(features, experiment.width, generator=weights))
        network.add(ACTIVATIONS[experiment.hidden_activation]())
        features = experiment.width
    network.add(minidl.Linear(features, CLASSES, generator=weights))
    network.add(ACTIVATIONS[experiment.output_activation]())
    return network


class Session:
    """One run of an experiment, from its initial weights on, or from `weights` that an earlier run has learned.

    The same experiment gives the same run, bit for bit, on the same machine. Not thread-safe: one thread owns it.
    """

    @torch.inference_mode()
    def __init__(self, experiment: Experiment, run: int = 0, weights: Weights | None = None) -> None:
        self.experiment = experiment
        self.run = run
        self.step = 0
        self.epoch = 0
        self.problem = ""
        train_points, train_labels = disk(SAMPLES, generator(experiment.seed, "points"))
        test_points, test_labels = disk(SAMPLES, generator(experiment.seed, "test points"))
        normalization = Normalization.of(train_points)
        self._inputs = normalization.apply(torch.cat([train_points, test_points]))
        self._targets = signed_targets(torch.cat([train_labels, test_labels]), CLASSES)
        self._inside = torch.cat([train_labels, test_labels]) == 1
        self._grid = normalization.apply(_unit_square(GRID))
        self._data = Data(
            _points(train_points, train_labels), _points(test_points, test_labels), DISK_CENTRE, DISK_RADIUS
        )
        self._network = build_network(experiment)
        if weights is not None:
            self._network.load_state({name: torch.tensor(array) for name, array in weights.items()})
        self._loss = minidl.LossMSE("sum")
        self._optimizer = minidl.SGD(self._network.param(), experiment.learning_rate)
        self._history = History()
        self._start_epoch()
        evaluation = self._evaluate()
        self._history.record(0, evaluation)
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
        order = generator(self.experiment.seed, "order", self.epoch)
        self._order = Epoch(self._inputs[:SAMPLES], self._targets[:SAMPLES], order)

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
        return self.epoch + self._order.position / SAMPLES

    def _evaluate(self) -> Evaluation:
        outputs = self._network.forward(self._inputs)
        wrong = (_signed(outputs) > 0) != self._inside
        train, test = slice(None, SAMPLES), slice(SAMPLES, None)
        losses = [(self._loss.forward(outputs[rows], self._targets[rows]) / SAMPLES).item() for rows in (train, test)]
        errors = [wrong[rows].sum().item() / SAMPLES for rows in (train, test)]
        return Evaluation(*losses, *errors)

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
            boundary=self._boundary(),
            weights=MappingProxyType({name: _frozen(tensor) for name, tensor in self._network.tensors().items()}),
            data=self._data,
        )

    def _boundary(self) -> Boundary:
        *layers, activation = self._network.modules
        sums = minidl.Sequential(*layers).forward(self._grid)
        outputs = _signed(activation.forward(sums))
        # Tanh keeps the sign of the difference but flattens it into steps, between which a line can only be guessed.
        decisive = _signed(sums) if isinstance(activation, minidl.Tanh) else outputs
        side = np.linspace(0, 1, GRID)
        heights = decisive.reshape(GRID, GRID).numpy()
        lines = contourpy.contour_generator(side, side, heights, line_type=contourpy.LineType.Separate)
        return Boundary(_frozen(outputs.reshape(GRID, GRID)), tuple(np.asarray(line) for line in lines.lines(0.0)))


def _signed(outputs: Tensor) -> Tensor:
    """(samples, 2) -> (samples,): half the difference of the columns; targets of +-1 give +1 inside, -1 outside."""
    return (outputs[:, 1] - outputs[:, 0]) / 2


def _unit_square(side: int) -> Tensor:
    """(side * side, 2): the points of a regular grid over [0, 1]^2, row by row from x2 = 0 on, edges included."""
    ticks = torch.linspace(0, 1, side)
    rows, columns = torch.meshgrid(ticks, ticks, indexing="ij")
    return torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1)


def _is_finite(evaluation: Evaluation) -> bool:
    return all(math.isfinite(value) for value in astuple(evaluation))


def _points(positions: Tensor, labels: Tensor) -> Points:
    return Points(_frozen(positions), _frozen(labels))


def _frozen(tensor: Tensor) -> np.ndarray:
    array = tensor.numpy().copy()
    array.setflags(write=False)
    return array
