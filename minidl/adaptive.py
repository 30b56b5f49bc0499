"""Adaptive optimizers: every number has its own step length, from the size of its past gradients."""

import math
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor

from minidl.checks import at_least, below_one
from minidl.module import Parameter
from minidl.optimizers import Optimizer, descend


class Adam(Optimizer):
    """Adam, for the t-th step and the gradient g:

    m <- b1 m + (1 - b1) g;  s <- b2 s + (1 - b2) g^2  (both 0 at first, so divided by what they lack so far);
    value <- value - lr (m / (1 - b1^t)) / (sqrt(s / (1 - b2^t)) + epsilon).

    With `weight_decay` w, g + w value takes the place of g. Raises ValueError for a bad `lr`, `betas` (b1, b2) outside
    0 <= b < 1, and an `epsilon` or `weight_decay` that is negative or not finite.
    Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, as torch.optim.Adam has it.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float | Tensor = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        name = type(self).__name__
        if not (isinstance(betas, tuple | list) and len(betas) == 2):
            raise ValueError(f"{name} needs two betas, not {betas!r}.")
        self.betas = below_one(name, "first beta", betas[0]), below_one(name, "second beta", betas[1])
        self.epsilon = at_least(name, "epsilon", epsilon)
        self.weight_decay = at_least(name, "weight decay", weight_decay)
        self.steps = 0
        super().__init__(parameters, lr, ("mean", "mean_square"))

    def step(self) -> None:
        """Move every parameter against its gradient."""
        self.steps += 1
        super().step()

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Go on from `state`, its "steps" included: a tensor of torch.int64 without dimensions. Raises as any other."""
        super().load_state(state)
        self.steps = int(state["steps"])

    def _tensors(self) -> dict[str, Tensor]:
        return super()._tensors() | {"steps": torch.tensor(self.steps)}

    def _move(self, rate: float | Tensor, value: Tensor, gradient: Tensor, *state: Tensor) -> None:
        mean, mean_square = state
        first, second = self.betas
        gradient = self._decay(rate, value, gradient)
        mean.lerp_(gradient, 1 - first)
        mean_square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        scale = mean_square.sqrt().div_(math.sqrt(1 - second**self.steps)).add_(self.epsilon)
        descend(value, mean / scale, rate / (1 - first**self.steps))

    def _decay(self, rate: float | Tensor, value: Tensor, gradient: Tensor) -> Tensor:  # noqa: ARG002
        return gradient.add(value, alpha=self.weight_decay) if self.weight_decay else gradient


class AdamW(Adam):
    """Adam with the weight decay taken out of the gradient: value <- value (1 - lr weight_decay), then Adam's step.

    So every number decays alike, whatever its step length. Raises as Adam does.
    Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019, as torch.optim.AdamW has it.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float | Tensor = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(parameters, lr, betas=betas, epsilon=epsilon, weight_decay=weight_decay)

    def _decay(self, rate: float | Tensor, value: Tensor, gradient: Tensor) -> Tensor:
        value.mul_(1 - rate * self.weight_decay)
        return gradient


class RMSprop(Optimizer):
    """RMSprop: s <- a s + (1 - a) g^2 (0 at first);  d = g / (sqrt(s) + epsilon);  value <- value - lr d.

    With `weight_decay` w, g + w value takes the place of g. `centered` subtracts the square of the gradient's own
    running mean from s. With `momentum` m, v <- m v + d (0 at first) takes the place of d. Raises ValueError for a
    bad `lr`, an `alpha` a outside 0 <= a < 1, and an `epsilon`, `weight_decay` or `momentum` that is negative or not
    finite. Source: Tieleman and Hinton, Lecture 6.5, 2012, as torch.optim.RMSprop has it.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float | Tensor = 1e-2,
        *,
        alpha: float = 0.99,
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
    ) -> None:
        self.alpha = below_one("RMSprop", "alpha", alpha)
        self.epsilon = at_least("RMSprop", "epsilon", epsilon)
        self.weight_decay = at_least("RMSprop", "weight decay", weight_decay)
        self.momentum = at_least("RMSprop", "momentum", momentum)
        self.centered = centered
        names = {"mean_square": True, "mean": centered, "velocity": bool(momentum)}
        super().__init__(parameters, lr, [name for name, kept in names.items() if kept])

    def _move(self, rate: float | Tensor, value: Tensor, gradient: Tensor, *state: Tensor) -> None:
        if self.weight_decay:
            gradient = gradient.add(value, alpha=self.weight_decay)
        mean_square = state[0].mul_(self.alpha).addcmul_(gradient, gradient, value=1 - self.alpha)
        if self.centered:
            mean = state[1].lerp_(gradient, 1 - self.alpha)
            mean_square = mean_square.addcmul(mean, mean, value=-1)
        direction = gradient / mean_square.sqrt().add_(self.epsilon)
        if self.momentum:
            direction = state[-1].mul_(self.momentum).add_(direction)
        descend(value, direction, rate)
