"""Activations: a function of one number, applied to every element. Input and output: any shape."""

import math
from abc import abstractmethod

import torch
from torch import Tensor

from minidl.checks import finite, floating, is_number, is_within
from minidl.module import Module, expect_gradient, remembered


class Activation(Module):
    """Y_ij = f(X_ij), so dL/dX_ij = dL/dY_ij f'(X_ij).

    Raises ValueError for an input that is not of floating-point numbers. `keeps_output` says from what f' is computed
    most easily, and so what `forward` keeps for `backward`: Y, or X.
    """

    keeps_output = False

    def __init__(self) -> None:
        self._kept: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return f(X)."""
        floating(self, "an input", x)
        output = self._output(x)
        self._kept = output if self.keeps_output else x
        return output

    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dY f'(X)."""
        kept = remembered(self._kept, self)
        expect_gradient(output_gradient, kept.shape, kept.dtype, self)
        return self._input_gradient(kept, output_gradient)

    @abstractmethod
    def _output(self, x: Tensor) -> Tensor:
        """Return f(X), a tensor of the shape of X."""

    @abstractmethod
    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """Return dL/dX from what `forward` kept and dL/dY, three tensors of one shape."""


class Identity(Activation):
    """Y = X."""

    def _output(self, x: Tensor) -> Tensor:
        """Return X itself."""
        return x

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:  # noqa: ARG002
        """f' = 1."""
        return output_gradient


class ReLU(Activation):
    """Y = max(X, 0), the rectified linear unit. Source: the paper, section I.B."""

    keeps_output = True

    def _output(self, x: Tensor) -> Tensor:
        """Return max(X, 0); nan stays nan."""
        return x.relu()

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' is 1 where X > 0 and 0 elsewhere, nan included: the sign of Y, at a third of the cost of a choice.

        A nan that goes forward still comes back: it makes all dL/dY of its sample nan, and nan 0 = nan.
        """
        return kept.sign().mul_(output_gradient)


class LeakyReLU(Activation):
    """Y = X where X > 0, slope X elsewhere. Raises ValueError if `slope` is not finite.

    Source: Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models, 2013.
    """

    def __init__(self, slope: float = 0.01) -> None:
        super().__init__()
        self.slope = finite("LeakyReLU", "slope", slope)

    def _output(self, x: Tensor) -> Tensor:
        """Return X where X > 0, slope X elsewhere."""
        return torch.where(x > 0, x, x * self.slope)

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' is 1 where X > 0 and the slope elsewhere."""
        return torch.where(kept > 0, output_gradient, output_gradient * self.slope)


class ELU(Activation):
    """Y = X where X > 0, alpha (e^X - 1) elsewhere. Raises ValueError if `alpha` is not finite.

    Source: Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by ELUs, 2016.
    """

    scale = 1.0

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.alpha = finite(type(self).__name__, "alpha", alpha)

    def _output(self, x: Tensor) -> Tensor:
        """Return X or alpha (e^X - 1), times the scale."""
        return torch.where(x > 0, x, torch.expm1(x) * self.alpha) * self.scale

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' is 1 where X > 0 and alpha e^X elsewhere, times the scale."""
        slope = torch.where(kept > 0, 1.0, torch.exp(kept) * self.alpha)
        return output_gradient * (slope * self.scale)


class SELU(ELU):
    """Y = scale ELU(X) with the one alpha and scale that keep mean 0 and variance 1 from layer to layer.

    Source: Klambauer et al., Self-normalizing neural networks, 2017.
    """

    scale = 1.0507009873554804934193349852946

    def __init__(self) -> None:
        super().__init__(alpha=1.6732632423543772848170429916717)


class Sigmoid(Activation):
    """Y = 1 / (1 + e^-X)."""

    keeps_output = True

    def _output(self, x: Tensor) -> Tensor:
        """Return 1 / (1 + e^-X)."""
        return x.sigmoid()

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' = e^-X / (1 + e^-X)^2 = Y (1 - Y)."""
        return output_gradient * (kept * (1 - kept))


class Tanh(Activation):
    """Y = tanh(X) = (e^X - e^-X) / (e^X + e^-X). Source: the paper, section I.C."""

    keeps_output = True

    def _output(self, x: Tensor) -> Tensor:
        """Return tanh(X)."""
        return x.tanh()

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' = 4 / (e^X + e^-X)^2, which equals 1 - tanh(X)^2 = 1 - Y^2 and so cannot overflow."""
        return torch.addcmul(output_gradient, output_gradient, kept * kept, value=-1)


class Softplus(Activation):
    """Y = log(1 + e^(beta X)) / beta, a smooth ReLU; just X where beta X > threshold, as torch has it.

    Raises ValueError unless `beta` is finite and above 0, and for a `threshold` that is not a number.
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        if not (is_within(beta, 0) and beta > 0):
            raise ValueError(f"Softplus needs a finite beta above 0, not {beta!r}.")
        if not is_number(threshold):
            raise ValueError(f"Softplus needs a number as threshold, not {threshold!r}.")
        self.beta, self.threshold = beta, threshold

    def _output(self, x: Tensor) -> Tensor:
        """Return max(X, 0) + log(1 + e^-|beta X|) / beta: the same, and e^ cannot overflow."""
        smooth = torch.relu(x) + torch.log1p(torch.exp(x.abs() * -self.beta)) / self.beta
        return torch.where(x * self.beta > self.threshold, x, smooth)

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """f' = e^(beta X) / (1 + e^(beta X)) = 1 / (1 + e^(-beta X)), and 1 above the threshold."""
        scaled = kept * self.beta
        return torch.where(scaled > self.threshold, output_gradient, output_gradient * torch.sigmoid(scaled))


class GELU(Activation):
    """Y = X P(X), P(x) = (1 + erf(x / sqrt(2))) / 2 being the chance that a standard normal number lies below x.

    Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.
    """

    def _output(self, x: Tensor) -> Tensor:
        """Return X P(X)."""
        return x * _normal_below(x)

    def _input_gradient(self, kept: Tensor, output_gradient: Tensor) -> Tensor:
        """P' is the normal density p(x) = e^(-x^2 / 2) / sqrt(2 pi), so f' = P(X) + X p(X)."""
        density = torch.exp(kept * kept * -0.5) / math.sqrt(2 * math.pi)
        return output_gradient * (_normal_below(kept) + kept * density)


def _normal_below(x: Tensor) -> Tensor:
    return (1 + torch.erf(x * math.sqrt(0.5))) / 2
