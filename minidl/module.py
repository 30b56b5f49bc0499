"""A module computes an output from an input, and gradients from the output's gradient."""

from abc import ABC, abstractmethod
from typing import NamedTuple

from torch import Tensor


class Parameter(NamedTuple):
    """A tensor that learns, and dL/d(value): two tensors of one shape, both changed in place."""

    value: Tensor
    gradient: Tensor


class Module(ABC):
    """A differentiable function Y = f(X; parameters).

    `backward` belongs to the latest `forward`. Several `backward` calls may follow one `forward`; each adds
    its own contribution to the parameters' gradients. No module writes into its input or into what it returned.
    """

    @abstractmethod
    def forward(self, x: Tensor) -> Tensor:
        """Return Y = f(X)."""

    @abstractmethod
    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dX, given dL/dY; add dL/d(value) to the gradient of every parameter.

        Raises RuntimeError if no `forward` came before, ValueError if dL/dY has another shape than Y.
        """

    def param(self) -> list[Parameter]:
        """Return the module's parameters; the empty list where there is nothing to learn."""
        return []


def remembered(value: Tensor | None, module: object) -> Tensor:
    """Return what `forward` kept for `backward`; raise RuntimeError if it never ran."""
    if value is None:
        raise RuntimeError(f"{type(module).__name__}.backward needs a forward before it: call forward first.")
    return value


def expect_shape(output_gradient: Tensor, shape: tuple[int, ...], module: object) -> None:
    """Raise ValueError unless dL/dY has the `shape` of Y: broadcasting would give a gradient that fits nothing."""
    if output_gradient.shape != shape:
        raise ValueError(
            f"{type(module).__name__}.backward needs a gradient of its output's shape {tuple(shape)}, "
            f"not {tuple(output_gradient.shape)}."
        )
