"""Dropout: in training, every number is left out with some probability, so that no neuron can rely on another."""

import torch
from torch import Tensor

from minidl.checks import floating, share
from minidl.module import Module, expect_gradient, remembered


class Dropout(Module):
    """In training Y_ij = X_ij M_ij, M_ij being 0 with the probability p and 1 / (1 - p) otherwise; in evaluation Y = X.

    So the mean of Y is X in both. Input and output: any shape. M is drawn anew by each `forward`, from `generator`
    (torch's default one if None). Of K runs at once (see `stack`) each draws its part of M from its own generator, as
    it would alone. Raises ValueError unless 0 <= p <= 1, and for an input that is not of
    floating-point numbers; with p = 1, Y is 0 in training.
    Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, 2014.
    """

    def __init__(self, p: float = 0.5, *, generator: torch.Generator | None = None) -> None:
        self.p = share("Dropout", "probability", p)
        self.generators: torch.Generator | tuple[torch.Generator, ...] | None = generator
        self._mask: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return X M in training, X in evaluation."""
        floating(self, "an input", x)
        if not self.training:
            self._mask = torch.ones((), dtype=x.dtype).expand(x.shape)
            return x
        kept = self._uniform(x) >= self.p
        self._mask = kept.to(x.dtype) / (1 - self.p) if self.p < 1 else torch.zeros_like(x)
        return x * self._mask

    def backward(self, output_gradient: Tensor) -> Tensor:
        """dY_ij/dX_ij = M_ij, so dL/dX = dL/dY M."""
        mask = remembered(self._mask, self)
        expect_gradient(output_gradient, mask.shape, mask.dtype, self)
        return output_gradient * mask

    def _uniform(self, x: Tensor) -> Tensor:
        if not isinstance(self.generators, tuple):
            return torch.rand(x.shape, dtype=x.dtype, generator=self.generators)
        if x.dim() == 0 or len(x) != len(self.generators):
            raise ValueError(
                f"Dropout of {len(self.generators)} runs needs an input of shape ({len(self.generators)}, ...), "
                f"not {tuple(x.shape)}."
            )
        return torch.stack([torch.rand(x.shape[1:], dtype=x.dtype, generator=each) for each in self.generators])
