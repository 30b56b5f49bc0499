"""Losses: how far an output is from its target, as one number, and the gradient of that number."""

from abc import ABC, abstractmethod
from typing import Literal

import torch
from torch import Tensor

from minidl.checks import described, floating
from minidl.module import remembered

Reduction = Literal["sum", "mean"]


class Loss(ABC):
    """One number from an output Y and a target Y*: the sum of all errors, or their mean.

    With `runs`, the first dimension of both counts runs (see `stack`), and there is one number a run, (K,): its own
    sum or mean. The gradient always is the exact derivative of the value: of their sum, for several runs.
    Raises ValueError for another reduction, for an output that is not of floating-point numbers, and for shapes or
    dtypes that do not fit.
    """

    def __init__(self, reduction: Reduction = "sum", *, runs: bool = False) -> None:
        if reduction not in ("sum", "mean"):
            raise ValueError(f'{type(self).__name__} takes the reduction "sum" or "mean", not {reduction!r}.')
        self.reduction, self.runs = reduction, runs

    @abstractmethod
    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """Return L, a tensor without dimensions, or (K,) of K runs."""

    @abstractmethod
    def backward(self) -> Tensor:
        """Return dL/dY, the shape of Y. Raises RuntimeError if no `forward` came before."""

    def _reduced(self, errors: Tensor) -> Tensor:
        """Return the sum or mean of all errors, or of each run's."""
        if self.runs:
            errors = errors.reshape(len(errors), -1)
            return errors.sum(1) if self.reduction == "sum" else errors.mean(1)
        return errors.sum() if self.reduction == "sum" else errors.mean()

    def _share(self, errors: int, runs: int) -> float:
        """Return how much each of so many errors, all runs' together, counts in the value."""
        return 1.0 if self.reduction == "sum" else (runs if self.runs else 1) / max(errors, 1)

    def _expect_alike(self, output: Tensor, target: Tensor) -> None:
        floating(self, "an output", output)
        if not isinstance(target, Tensor) or output.shape != target.shape or output.dtype != target.dtype:
            raise ValueError(
                f"{type(self).__name__} needs an output and a target of one shape and dtype, "
                f"not {described(output)} and {described(target)}."
            )
        self._expect_runs(output)

    def _expect_runs(self, output: Tensor) -> None:
        if self.runs and output.dim() == 0:
            raise ValueError(f"{type(self).__name__} of runs needs a first dimension that counts them; Y has none.")


class LossMSE(Loss):
    """The squared error: L = sum_ij (Y_ij - Y*_ij)^2, or its mean over all elements.

    Output and target: one shape, any. `reduction="sum"` is the paper's experiment (section I.E prints the value of a
    mean with the gradient of the sum); `reduction="mean"` divides by the number of elements.
    """

    def __init__(self, reduction: Reduction = "sum", *, runs: bool = False) -> None:
        super().__init__(reduction, runs=runs)
        self._difference: Tensor | None = None

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """Return L."""
        self._expect_alike(output, target)
        self._difference = difference = output - target
        if self.runs:
            return self._reduced(difference * difference)
        flat = difference.ravel()
        total = flat.dot(flat)  # one operation instead of two
        return total if self.reduction == "sum" else total / difference.numel()

    def backward(self) -> Tensor:
        """d(Y - Y*)^2/dY = 2 (Y - Y*): the gradient of the sum; the mean's is that over the number of elements."""
        difference = remembered(self._difference, self)
        if self.reduction == "sum":
            return difference + difference
        return difference * (2 * self._share(difference.numel(), len(difference) if self.runs else 1))


class LossBinaryCrossEntropy(Loss):
    """The binary cross-entropy of logits: L = -sum_ij (Y*_ij log P_ij + (1 - Y*_ij) log(1 - P_ij)), or the mean.

    P = 1 / (1 + e^-Y) is the probability that the logit Y stands for. Output and target: one shape, any; targets
    are probabilities, from 0 to 1.
    """

    def __init__(self, reduction: Reduction = "sum", *, runs: bool = False) -> None:
        super().__init__(reduction, runs=runs)
        self._output: Tensor | None = None
        self._target: Tensor | None = None

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """Return L, from max(Y, 0) - Y Y* + log(1 + e^-|Y|): the same for each element, and e^ cannot overflow."""
        self._expect_alike(output, target)
        self._output, self._target = output, target
        return self._reduced(torch.relu(output) - output * target + torch.log1p(torch.exp(-output.abs())))

    def backward(self) -> Tensor:
        """From -log P = log(1 + e^-Y) and -log(1 - P) = log(1 + e^Y): dL/dY = P - Y*, over the count for the mean."""
        output, target = remembered(self._output, self), remembered(self._target, self)
        share = self._share(output.numel(), len(output) if self.runs else 1)
        return (torch.sigmoid(output) - target) * share


class LossCrossEntropy(Loss):
    """The cross-entropy of logits: L = -sum_i log P_i,t(i), or the mean over the samples i.

    P_ij = e^Y_ij / sum_k e^Y_ik, the softmax, is the probability of class j that the logits stand for, t(i) the
    sample's class. Output (N, classes) or (N, classes, ...), and (classes,) for one sample; target: the output's shape
    without its classes, int64, from 0 to classes - 1; or the output's shape and dtype, with a probability Y*_ij for
    every class: L = -sum_ij Y*_ij log P_ij. With `runs` all have a first dimension K. Raises ValueError also for a
    class that does not exist.
    """

    def __init__(self, reduction: Reduction = "sum", *, runs: bool = False) -> None:
        super().__init__(reduction, runs=runs)
        self._log_probability: Tensor | None = None
        self._target: Tensor | None = None

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """Return L, from log P = Y - max(Y) - log sum e^(Y - max(Y)): no e^ can overflow, and one of them is 1."""
        floating(self, "an output", output)
        classes = self._dimension(output)
        self._expect_target(output, target, classes)
        shifted = output - output.amax(classes, keepdim=True)
        self._log_probability = shifted - shifted.exp().sum(classes, keepdim=True).log()
        self._target = target
        if target.is_floating_point():
            errors = -(self._log_probability * target).sum(classes)
        else:
            errors = -self._log_probability.gather(classes, target.unsqueeze(classes)).squeeze(classes)
        return self._reduced(errors)

    def backward(self) -> Tensor:
        """log P_ij = Y_ij - log sum_k e^Y_ik, so d(log P_it)/dY_ij = [j = t] - P_ij, and dL/dY_ij = P_ij - [j = t(i)].

        With probabilities as target, dL/dY_ij = P_ij sum_k Y*_ik - Y*_ij. Over the number of samples for the mean.
        """
        log_probability, target = remembered(self._log_probability, self), remembered(self._target, self)
        classes = self._dimension(log_probability)
        samples = log_probability.numel() // log_probability.shape[classes]
        share = self._share(samples, len(log_probability) if self.runs else 1)
        probability = log_probability.exp()
        if target.is_floating_point():
            return (probability * target.sum(classes, keepdim=True) - target) * share
        one = torch.ones((), dtype=probability.dtype).expand(target.unsqueeze(classes).shape)
        return probability.scatter_add(classes, target.unsqueeze(classes), -one) * share

    def _dimension(self, output: Tensor) -> int:
        """Return which dimension counts classes: the second of a batch, the first of one sample."""
        self._expect_runs(output)
        first = int(self.runs)
        if output.dim() == first or output.shape[first + (output.dim() > first + 1)] == 0:
            raise ValueError(f"LossCrossEntropy needs an output with classes, not one of shape {tuple(output.shape)}.")
        return first + (output.dim() > first + 1)

    def _expect_target(self, output: Tensor, target: Tensor, classes: int) -> None:
        without = output.shape[:classes] + output.shape[classes + 1 :]
        if not isinstance(target, Tensor) or target.is_floating_point():
            self._expect_alike(output, target)
        elif target.dtype != torch.int64 or target.shape != without:
            raise ValueError(
                f"LossCrossEntropy needs a target of shape {tuple(without)} and torch.int64 for an output of shape "
                f"{tuple(output.shape)}, not {tuple(target.shape)} and {target.dtype}."
            )
        elif target.numel() and not 0 <= target.min() <= target.max() < output.shape[classes]:
            raise ValueError(
                f"Classes must lie between 0 and {output.shape[classes] - 1}; "
                f"they span {target.min()} to {target.max()}."
            )
