"""Penalties: what large parameters cost, added to the loss, and the gradient of that cost."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

import torch
from torch import Tensor

from minidl.checks import at_least
from minidl.module import Parameter
from minidl.optimizers import parameter_list


class Penalty(ABC):
    """A cost on every number of `parameters`; give the weights alone to leave the biases free.

    Raises ValueError if `strength` is negative or not finite, and for parameters that an optimiser would refuse.
    """

    def __init__(self, parameters: Iterable[Parameter], strength: float) -> None:
        self.parameters = parameter_list(type(self).__name__, parameters)
        self.strength = at_least(type(self).__name__, "strength", strength)

    def forward(self) -> Tensor:
        """Return the cost of the parameters as they are now, a tensor without dimensions."""
        return self.strength * sum((self._cost(value) for value, _ in self.parameters), start=torch.zeros(()))

    def backward(self) -> None:
        """Add the derivative of the cost to every parameter's gradient."""
        for value, gradient in self.parameters:
            gradient.add_(self._slope(value), alpha=self.strength)

    @abstractmethod
    def _cost(self, value: Tensor) -> Tensor:
        """Return the cost at strength 1."""

    @abstractmethod
    def _slope(self, value: Tensor) -> Tensor:
        """Return the derivative of the cost at strength 1, the shape of `value`."""


class L1(Penalty):
    """strength * sum |w|, which draws small weights to 0. The derivative is strength * sign(w), 0 at 0."""

    def _cost(self, value: Tensor) -> Tensor:
        return value.abs().sum()

    def _slope(self, value: Tensor) -> Tensor:
        return value.sign()


class L2(Penalty):
    """strength / 2 * sum w^2. The derivative is strength * w: under SGD the same as `weight_decay=strength`."""

    def _cost(self, value: Tensor) -> Tensor:
        return value.square().sum() / 2

    def _slope(self, value: Tensor) -> Tensor:
        return value
