"""How good outputs are: loss per sample and share of errors, on training and test samples; of one run or of K."""

import torch
from torch import Tensor

import minidl
from visualdl.training.samples import Samples
from visualdl.training.snapshot import Evaluation


def signed(outputs: Tensor) -> Tensor:
    """(..., 2) -> (...): half the difference of the columns; targets of +-1 give +1 for class 1, -1 for class 0."""
    return (outputs[..., 1] - outputs[..., 0]) / 2


def evaluate(outputs: Tensor, targets: Tensor, positive: Tensor, training: int, loss: minidl.Loss) -> Tensor:
    """Return train loss, test loss, train error and test error, (4,) of one run or (4, K) of K.

    `outputs` and `targets` are (samples, 2), `positive` (samples,), all with a leading K for K runs, for which `loss`
    has `runs=True`; it is the sum over samples. The first `training` samples are the training set.
    """
    wrong = (signed(outputs) > 0) != positive
    samples = outputs.shape[-2]
    losses, errors = [], []
    for start, count in ((0, training), (training, samples - training)):
        losses.append(loss.forward(outputs.narrow(-2, start, count), targets.narrow(-2, start, count)) / count)
        errors.append(wrong.narrow(-1, start, count).sum(-1).double() / count)
    return torch.stack([*(each.double() for each in losses), *errors])


def evaluation_of(outputs: Tensor, samples: Samples, loss: minidl.Loss) -> Evaluation:
    """Return how good one run's `outputs` (samples, 2) are; `loss` is the sum over samples."""
    return Evaluation(*evaluate(outputs, samples.targets, samples.positive, samples.training, loss).tolist())
