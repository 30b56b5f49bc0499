"""The objective: the loss of an experiment as minidl's, the targets it takes, and what outputs say by it.

The truth of samples is (samples,): the class of each, int64, or its value, float32. Everything here takes any leading
dimensions too, as those of K runs.
"""

import torch
from torch import Tensor

import minidl
from minidl.targets import signed_targets
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED, Task

LOSSES: dict[str, type[minidl.Loss]] = {
    SQUARED: minidl.LossMSE,
    BINARY: minidl.LossBinaryCrossEntropy,
    SOFTMAX: minidl.LossCrossEntropy,
}


def loss_of(task: Task, *, runs: bool = False) -> minidl.Loss:
    """Return the task's loss as a sum over samples; with `runs`, one for each of K runs."""
    return LOSSES[task.loss]("sum", runs=runs)


def targets_of(task: Task, truth: Tensor) -> Tensor:
    """Return what the loss compares outputs with, (samples, outputs); for the softmax the class numbers, (samples,).

    The squared error has +1 in the column of the class and -1 elsewhere, or the value; the binary cross-entropy 1 for
    class 1 and 0 for class 0.
    """
    if task.loss == SOFTMAX:
        return truth
    if task.is_regression or task.loss == BINARY:
        return truth.float().unsqueeze(1)
    return signed_targets(truth, task.outputs)


def signed(outputs: Tensor) -> Tensor:
    """(..., 2) -> (...): half the difference of the columns; targets of +-1 give +1 for class 1, -1 for class 0.

    (..., 1) -> (...): the one column itself. Either way class 1 is said where it is above 0.
    """
    if outputs.shape[-1] == 1:
        return outputs[..., 0]
    return (outputs[..., 1] - outputs[..., 0]) / 2


def predicted_classes(outputs: Tensor) -> Tensor:
    """(..., outputs) -> (...), int64: the class that outputs say, the first of those that are level."""
    return outputs.argmax(-1) if outputs.shape[-1] > 2 else (signed(outputs) > 0).long()


def confidence(task: Task, outputs: Tensor) -> Tensor:
    """Return how sure outputs are of one of two classes, (..., outputs) -> (...): 1 of class 1, -1 of class 0.

    That is half the difference of the outputs; by a cross-entropy, the difference of the probabilities they stand for,
    2 P - 1 = tanh(logit / 2), P = 1 / (1 + e^-logit).
    """
    if task.loss == BINARY:
        return torch.tanh(signed(outputs) / 2)
    return torch.tanh(signed(outputs)) if task.loss == SOFTMAX else signed(outputs)


def confidence_of_predicted_class(task: Task, outputs: Tensor) -> Tensor:
    """Return how sure outputs are of the class they say, of more than two: (..., outputs) -> (...).

    By the softmax it is the probability of that class; by the squared error half the lead over the second: from
    targets of +-1, 1.
    """
    if task.loss == SOFTMAX:
        return torch.softmax(outputs, -1).amax(-1)
    best = outputs.topk(2, -1).values
    return (best[..., 0] - best[..., 1]) / 2
