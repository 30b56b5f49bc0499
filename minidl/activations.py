"""Activations: a function of one number, applied to every element."""

import torch
from torch import Tensor

from minidl.module import Module, expect_shape, remembered


class ReLU(Module):
    """Y = max(X, 0), the rectified linear unit. Input and output: any shape. Source: the paper, section I.B."""

    def __init__(self) -> None:
        self._output: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return max(X, 0); nan stays nan."""
        self._output = torch.relu(x)
        return self._output

    def backward(self, output_gradient: Tensor) -> Tensor:
        """dY/dX is 1 where X > 0, which is where Y > 0, and 0 elsewhere; so dL/dX = dL/dY there and 0 elsewhere.

        Where X is nan, dL/dX = dL/dY: a nan must not vanish on its way back.
        """
        output = remembered(self._output, self)
        expect_shape(output_gradient, output.shape, self)
        return output_gradient.masked_fill(output <= 0, 0)


class Tanh(Module):
    """Y = tanh(X) = (e^X - e^-X) / (e^X + e^-X). Input and output: any shape. Source: the paper, section I.C."""

    def __init__(self) -> None:
        self._output: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return tanh(X)."""
        self._output = torch.tanh(x)
        return self._output

    def backward(self, output_gradient: Tensor) -> Tensor:
        """dY/dX = 4 / (e^X + e^-X)^2, which equals 1 - tanh(X)^2 and so cannot overflow: dL/dX = dL/dY (1 - Y^2)."""
        output = remembered(self._output, self)
        expect_shape(output_gradient, output.shape, self)
        return output_gradient * (1 - output * output)
