"""How good outputs are: loss per sample and error, on training and test samples; of one run or of K."""

import torch
from torch import Tensor

import minidl
from visualdl.training.model.objective import predicted_classes
from visualdl.training.samples.samples import Samples
from visualdl.training.values.snapshot import Evaluation


def evaluate(outputs: Tensor, targets: Tensor, truth: Tensor, training: int, loss: minidl.Loss) -> Tensor:
    """Return train loss, test loss, train error and test error, (4,) of one run or (4, K) of K.

    `outputs` are (samples, outputs), `targets` what `loss` takes, `truth` the samples' classes or values, (samples,),
    all with a leading K for K runs, for which `loss` has `runs=True`; it is the sum over samples. The first `training`
    samples are the training set.

    The error is the share misclassified; of values v, the share of their variance that the outputs y leave unexplained,
    1 - R^2 = sum (y - v)^2 / sum (v - mean v)^2. Where v does not vary, the mean of (y - v)^2 stands for it.
    """
    first = outputs.dim() - 2  # which dimension counts samples
    samples = outputs.shape[first]
    losses, errors = [], []
    for start, count in ((0, training), (training, samples - training)):
        some = outputs.narrow(first, start, count)
        true = truth.narrow(first, start, count)
        losses.append(loss.forward(some, targets.narrow(first, start, count)) / count)
        errors.append(_unexplained(some, true) if true.is_floating_point() else _misclassified(some, true))
    return torch.stack([*(each.double() for each in losses), *errors])


def evaluation_of(outputs: Tensor, samples: Samples, loss: minidl.Loss) -> Evaluation:
    """Return how good one run's `outputs` (samples, outputs) are; `loss` is the sum over samples."""
    return Evaluation(*evaluate(outputs, samples.targets, samples.truth, samples.training, loss).tolist())


def _misclassified(outputs: Tensor, classes: Tensor) -> Tensor:
    return (predicted_classes(outputs) != classes).sum(-1).double() / classes.shape[-1]


def _unexplained(outputs: Tensor, values: Tensor) -> Tensor:
    exact = values.double()
    variance = exact.var(-1, correction=0)
    return (outputs[..., 0] - exact).square().mean(-1) / variance.where(variance > 0, 1.0)
