"""A training step: how a network learns, by its optimizer, penalty, dropout and schedule; of one run or of many."""

from collections.abc import Sequence

import torch
from torch import Tensor

import minidl
from minidl.penalties import Penalty
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.training_choices import OPTIMIZERS
from visualdl.training.model.networks import layers_of, set_dropout
from visualdl.training.random_streams import generator

PENALTIES = {"L1": minidl.L1, "L2": minidl.L2}

STEP_FACTOR, COSINE_END, WARM_UP_START = 0.5, 0.01, 0.1
"""What a step of the step decay multiplies by; at which shares of the learning rate cosine ends and warm-up starts."""


def rate_at(experiment: Experiment, epoch: float) -> float:
    """Return the learning rate after so many passes over the data, as a number that may have a fraction."""
    rate, epochs = experiment.training.learning_rate, experiment.training.schedule_epochs
    if experiment.training.schedule == "Step decay":
        return minidl.StepDecay(rate, epochs, STEP_FACTOR)(epoch)
    if experiment.training.schedule == "Cosine":
        return minidl.Cosine(rate, epochs, rate * COSINE_END)(epoch)
    if experiment.training.schedule == "Warm-up":
        return minidl.WarmUp(lambda _: rate, epochs, WARM_UP_START)(epoch)
    return rate


def dropout_generator(seed: int, layer: int, step: int) -> torch.Generator:
    """Return what draws, for a step of the run that has the seed, which neurons of a hidden layer are left out."""
    return generator(seed, f"dropout {layer}", step)


class TrainingStep:
    """Lets `network` learn as an experiment says: a run's, or one stacked of the runs that have the `seeds`.

    Between two steps the network computes as in evaluation. What dropout leaves out in a step follows from seed and
    step alone, so that a run goes on from any step as it would have. An `optimizer` has a fresh state at first.
    """

    def __init__(self, network: minidl.Sequential, experiment: Experiment, seeds: Sequence[int]) -> None:
        self._network, self._seeds = network, seeds
        self._experiment = experiment
        self.optimizer = self._make_optimizer()
        self._choose()

    def change(self, experiment: Experiment) -> None:
        """Learn as another experiment with the same network says; another optimizer begins with a fresh state."""
        before, self._experiment = self._experiment, experiment
        if experiment.training.optimizer != before.training.optimizer:
            self.optimizer = self._make_optimizer()
        self._choose()

    def forward(self, inputs: Tensor, step: int, epoch: float) -> Tensor:
        """Return the outputs for a mini-batch, as in training: the next `step`, after `epoch` passes over the data."""
        rate = rate_at(self._experiment, epoch)
        if rate != self.optimizer.lr:
            self.optimizer.lr = rate
        if not self._differs_in_training:
            return self._network.forward(inputs)
        for layer, module in enumerate(self._dropouts):
            generators = tuple(dropout_generator(seed, layer, step) for seed in self._seeds)
            module.generators = generators[0] if self._network.runs is None else generators
            module.train()
        for normalization in self._normalizations:
            normalization.train(inputs.shape[-2] > 1)  # a single point has no deviation
        outputs = self._network.forward(inputs)
        self._network.evaluate()
        return outputs

    def learn(self, output_gradient: Tensor) -> None:
        """Take a step; `output_gradient` is that of the loss by the outputs of the latest `forward`."""
        self.optimizer.zero_grad()
        self._network.backward_parameters(output_gradient)
        if self._penalty:
            self._penalty.backward()
        self.optimizer.step()

    def _make_optimizer(self) -> minidl.Optimizer:
        training = self._experiment.training
        optimizer = OPTIMIZERS[training.optimizer]
        made: minidl.Optimizer = getattr(minidl, optimizer.kind)(
            self._network.param(), training.learning_rate, **dict(optimizer.options)
        )
        return made

    def _choose(self) -> None:
        experiment = self._experiment
        self._dropouts = set_dropout(self._network, experiment.training.dropout)
        layers = list(layers_of(self._network))
        self._normalizations = [layer.normalization for layer in layers if layer.normalization]
        self._differs_in_training = bool(self._dropouts or self._normalizations)
        self._penalty: Penalty | None = None
        if experiment.training.penalty in PENALTIES:
            weights = [layer.linear.param()[0] for layer in layers]
            self._penalty = PENALTIES[experiment.training.penalty](weights, experiment.training.penalty_rate)
        self._network.evaluate()
