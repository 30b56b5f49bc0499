"""How parameters start: a constant, or random numbers around 0 whose width follows from the layer's size."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from minidl.checks import at_least, finite


class Initialization(ABC):
    """A rule for the first value of a parameter."""

    @abstractmethod
    def draw(
        self,
        shape: tuple[int, ...],
        fan_in: int,
        fan_out: int,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
    ) -> Tensor:
        """Return a new tensor of `shape`, for a layer of `fan_in` inputs and `fan_out` outputs."""


@dataclass(frozen=True)
class Constant(Initialization):
    """Every number is `value`. Raises ValueError if it is not finite."""

    value: float = 0.0

    def __post_init__(self) -> None:
        finite("Constant", "value", self.value)

    def draw(
        self,
        shape: tuple[int, ...],
        fan_in: int,  # noqa: ARG002 - one signature for all rules
        fan_out: int,  # noqa: ARG002
        generator: torch.Generator | None = None,  # noqa: ARG002
        dtype: torch.dtype | None = None,
    ) -> Tensor:
        """Return `shape` filled with the value."""
        return torch.full(shape, float(self.value), dtype=dtype)


ZEROS = Constant(0.0)


@dataclass(frozen=True)
class RandomInitialization(Initialization):
    """Independent random numbers of mean 0 and a standard deviation s: normal, or uniform in [-s sqrt(3), s sqrt(3)].

    Raises ValueError for another distribution, or for a `gain` that is negative or not finite.
    """

    distribution: Literal["uniform", "normal"] = "uniform"
    gain: float = 1.0

    def __post_init__(self) -> None:
        if self.distribution not in ("uniform", "normal"):
            raise ValueError(
                f'{type(self).__name__} takes the distribution "uniform" or "normal", not {self.distribution!r}.'
            )
        at_least(type(self).__name__, "gain", self.gain)

    @abstractmethod
    def deviation(self, fan_in: int, fan_out: int) -> float:
        """Return s for a layer of `fan_in` inputs and `fan_out` outputs."""

    def draw(
        self,
        shape: tuple[int, ...],
        fan_in: int,
        fan_out: int,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
    ) -> Tensor:
        """Return `shape` filled with random numbers."""
        deviation = self.deviation(fan_in, fan_out)
        if self.distribution == "normal":
            return torch.empty(shape, dtype=dtype).normal_(0.0, deviation, generator=generator)
        bound = math.sqrt(3) * deviation  # U(-a, a) has the variance a^2 / 3
        return torch.empty(shape, dtype=dtype).uniform_(-bound, bound, generator=generator)


@dataclass(frozen=True)
class FanIn(RandomInitialization):
    """s = gain / sqrt(3 fan_in): uniform, that is U(-1/sqrt(n), 1/sqrt(n)) for n inputs.

    Source: the paper, section I.A.
    """

    def deviation(self, fan_in: int, fan_out: int) -> float:  # noqa: ARG002
        """Return gain / sqrt(3 fan_in)."""
        return self.gain / math.sqrt(3 * fan_in)


@dataclass(frozen=True)
class Xavier(RandomInitialization):
    """s = gain sqrt(2 / (fan_in + fan_out)): signals keep their size forward and backward on average.

    Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010.
    """

    def deviation(self, fan_in: int, fan_out: int) -> float:
        """Return gain sqrt(2 / (fan_in + fan_out))."""
        return self.gain * math.sqrt(2 / (fan_in + fan_out))


@dataclass(frozen=True)
class He(RandomInitialization):
    """s = gain / sqrt(fan_in), with gain sqrt(2) as ReLU lets half of the signal pass.

    Source: He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.
    """

    gain: float = math.sqrt(2)

    def deviation(self, fan_in: int, fan_out: int) -> float:  # noqa: ARG002
        """Return gain / sqrt(fan_in)."""
        return self.gain / math.sqrt(fan_in)


PAPER = FanIn()
