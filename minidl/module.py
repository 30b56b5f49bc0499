"""A module computes an output from an input, and gradients from the output's gradient."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor

from minidl.checks import described


class Parameter(NamedTuple):
    """A tensor that learns, and dL/d(value): two tensors of one shape, both changed in place."""

    value: Tensor
    gradient: Tensor


class Module(ABC):
    """A differentiable function Y = f(X; parameters).

    `backward` belongs to the latest `forward`. Several `backward` calls may follow one `forward`; each adds
    its own contribution to the parameters' gradients. No module writes into its input or into what it returned.
    What `forward` keeps for `backward` stands in attributes whose names start with an underscore.
    """

    training = True
    """Whether `forward` computes as in training; only Dropout and BatchNorm1d care."""

    runs: int | None = None
    """How many runs at once the module was stacked from (see `stack`); None for a module of one run."""

    @abstractmethod
    def forward(self, x: Tensor) -> Tensor:
        """Return Y = f(X)."""

    @abstractmethod
    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dX, given dL/dY; add dL/d(value) to the gradient of every parameter.

        Raises RuntimeError if no `forward` came before, ValueError if dL/dY has another shape or dtype than Y.
        """

    def backward_parameters(self, output_gradient: Tensor) -> None:
        """Do what `backward` does for the parameters, and leave out dL/dX: training has no use for the data's."""
        self.backward(output_gradient)

    def param(self) -> list[Parameter]:
        """Return the module's parameters; the empty list where there is nothing to learn."""
        return []

    def tensors(self) -> dict[str, Tensor]:
        """Return by name the tensors, themselves and no copies, that make the module what it is."""
        return {}

    def train(self, training: bool = True) -> None:
        """Compute as in training from now on; with False, as in evaluation."""
        self.training = training

    def evaluate(self) -> None:
        """Compute as in evaluation from now on."""
        self.train(False)

    def state(self) -> dict[str, Tensor]:
        """Return copies of all tensors by name: all that must be kept of a network whose architecture is known."""
        return {name: tensor.clone() for name, tensor in self.tensors().items()}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Copy the tensors of `state` into the module's own.

        Raises ValueError that lists every name that is missing or too many and every tensor of another shape or
        dtype; the module is then as it was.
        """
        load(self.tensors(), state, self)


def load(tensors: Mapping[str, Tensor], state: Mapping[str, Tensor], owner: object) -> None:
    """Copy the tensors of `state` into those of the same names, the owner's.

    Raises ValueError that lists every name that is missing or too many and every tensor of another shape or dtype;
    nothing is then copied.
    """
    who = type(owner).__name__
    if not isinstance(state, Mapping):
        raise ValueError(f"{who} needs a state of tensors by name, not {described(state)}.")
    faults = [f"{name} is missing" for name in tensors if name not in state]
    faults += [f"{name} is unknown" for name in state if name not in tensors]
    faults += [
        f"{name} is {described(state[name])} instead of {described(tensor)}"
        for name, tensor in tensors.items()
        if name in state and described(state[name]) != described(tensor)
    ]
    if faults:
        raise ValueError(f"This state does not fit {who}: {'; '.join(faults)}.")
    for name, tensor in tensors.items():
        tensor.copy_(state[name])


def remembered(value: Tensor | None, module: object) -> Tensor:
    """Return what `forward` kept for `backward`; raise RuntimeError if it never ran."""
    if value is None:
        raise never_forward(module)
    return value


def never_forward(module: object) -> RuntimeError:
    """Return the error of a `backward` that no `forward` came before."""
    return RuntimeError(f"{type(module).__name__}.backward needs a forward before it: call forward first.")


def expect_gradient(output_gradient: Tensor, shape: tuple[int, ...], dtype: torch.dtype, module: object) -> None:
    """Raise ValueError unless dL/dY has shape and dtype of Y: broadcasting would give a gradient that fits nothing."""
    if not (isinstance(output_gradient, Tensor) and output_gradient.shape == shape and output_gradient.dtype == dtype):
        raise ValueError(
            f"{type(module).__name__}.backward needs a gradient of its output's shape and dtype, "
            f"{tuple(shape)} of {dtype}, not {described(output_gradient)}."
        )
