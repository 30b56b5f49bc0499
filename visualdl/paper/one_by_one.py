"""Runs trained one by one, minidl and torch.nn taking turns in one process: so that their times can be compared."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

import minidl
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network
from visualdl.training.pictures.evaluation import evaluate
from visualdl.training.samples.samples import Samples, samples_of
from visualdl.training.torch_reference.reference import TorchReference

Batches = Iterator[tuple[Tensor, Tensor]]


@dataclass(frozen=True, eq=False)
class TimedRun:
    """One run: milliseconds of its training loop, and the shares misclassified, (epochs + 1, 2): train and test."""

    wall: float
    cpu: float
    errors: np.ndarray


def train_in_turns(experiment: Experiment, epochs: int) -> tuple[TimedRun, TimedRun, TimedRun]:
    """Train minidl, torch.nn with the mean and torch.nn with the sum as loss, each from the same start.

    All three have the same samples, initial weights and mini-batches, and compute on this thread alone.
    """
    samples = samples_of(experiment)
    learners: tuple[_Learner, ...] = (
        _Minidl(build_network(experiment), experiment.training.learning_rate),
        _Torch(TorchReference(build_network(experiment), experiment, "mean")),
        _Torch(TorchReference(build_network(experiment), experiment, "sum")),
    )
    minidl_run, mean_run, sum_run = (
        _train(learner, samples, experiment.training.batch_size, epochs) for learner in learners
    )
    return minidl_run, mean_run, sum_run


class _Learner(Protocol):
    def learn(self, batches: Batches) -> None: ...

    def outputs(self, inputs: Tensor) -> Tensor: ...


class _Minidl:
    def __init__(self, network: minidl.Sequential, lr: float) -> None:
        self._network = network
        self._loss = minidl.LossMSE("sum")
        self._optimizer = minidl.SGD(network.param(), lr)

    @torch.inference_mode()
    def learn(self, batches: Batches) -> None:
        for inputs, targets in batches:
            self._optimizer.zero_grad()
            self._loss.forward(self._network.forward(inputs), targets)
            self._network.backward_parameters(self._loss.backward())
            self._optimizer.step()

    @torch.inference_mode()
    def outputs(self, inputs: Tensor) -> Tensor:
        return self._network.forward(inputs)


class _Torch:
    def __init__(self, twin: TorchReference) -> None:
        self._twin = twin

    def learn(self, batches: Batches) -> None:
        for inputs, targets in batches:
            self._twin.learn(inputs, targets)

    def outputs(self, inputs: Tensor) -> Tensor:
        return self._twin.outputs(inputs)


def _train(learner: _Learner, samples: Samples, batch_size: int, epochs: int) -> TimedRun:
    errors = [_errors(learner, samples)]
    wall = cpu = 0.0
    for epoch in range(epochs):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        learner.learn(samples.epoch(epoch).batches(batch_size))
        wall += time.perf_counter() - wall_start
        cpu += time.process_time() - cpu_start
        errors.append(_errors(learner, samples))
    return TimedRun(1000 * wall, 1000 * cpu, np.array(errors))


def _errors(learner: _Learner, samples: Samples) -> list[float]:
    outputs = learner.outputs(samples.inputs)
    loss = minidl.LossMSE("sum")
    _, _, train, test = evaluate(outputs, samples.targets, samples.truth, samples.training, loss).tolist()
    return [train, test]
