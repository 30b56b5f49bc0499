"""Optimisers: how parameters follow their gradients."""

import math
from collections.abc import Iterable

from minidl.module import Parameter


class SGD:
    """Stochastic gradient descent: value <- value - lr * gradient. Source: the paper, section I.F.

    `lr` is the learning rate; it may be assigned between two steps. Raises ValueError if it is negative or not finite.
    """

    def __init__(self, parameters: Iterable[Parameter], lr: float) -> None:
        self.parameters = list(parameters)
        self.lr = lr

    @property
    def lr(self) -> float:
        """The learning rate, a number of at least 0."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        if not (math.isfinite(lr) and lr >= 0):
            raise ValueError(f"SGD needs a finite learning rate of at least 0, not {lr}.")
        self._lr = lr

    def step(self) -> None:
        """Move every parameter against its gradient."""
        for value, gradient in self.parameters:
            value.sub_(gradient, alpha=self._lr)

    def zero_grad(self) -> None:
        """Forget the gradients gathered so far."""
        for _, gradient in self.parameters:
            gradient.zero_()
