"""Optimizers: how parameters follow their gradients."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

import torch
from torch import Tensor

from minidl.checks import at_least, described
from minidl.flat import gather, joined
from minidl.module import Parameter, load


class Optimizer(ABC):
    """Moves parameters against their gradients.

    `lr` is the learning rate, a finite number of at least 0, or for K runs at once (see `stack`) a tensor of K such
    numbers, one a run; it may be assigned between two steps. The parameters' tensors are gathered into one buffer
    (see `flat`); they stay the same objects, but an alias made before, such as a NumPy view, is left behind.
    `state` names the tensors of a parameter's shape, 0 at first, that the optimizer keeps for each parameter.

    Raises ValueError, naming the value and the bound, for a bad `lr`, and for parameters that are none or that come
    twice.
    """

    def __init__(self, parameters: Iterable[Parameter], lr: float | Tensor, state: Sequence[str] = ()) -> None:
        self.parameters = parameter_list(type(self).__name__, parameters)
        values, gradients = [p.value for p in self.parameters], [p.gradient for p in self.parameters]
        self._state = {name: [torch.zeros_like(value) for value in values] for name in state}
        self._rows = [values, gradients, *self._state.values()]
        for row in self._rows:
            gather(row)
        self._pieces = joined(*self._rows)
        self.lr = lr

    @property
    def lr(self) -> float | Tensor:
        """The learning rate."""
        return self._lr

    @lr.setter
    def lr(self, lr: float | Tensor) -> None:
        if isinstance(lr, Tensor) and lr.dim() == 0:
            lr = lr.item()
        if isinstance(lr, Tensor):
            self._expect_rates(lr)
            lr = lr.clone()
        else:
            at_least(type(self).__name__, "learning rate", lr)
        self._lr = lr
        self._moves = [(rate, *piece) for rate, piece in zip(self._rate_of_each_piece(), self._pieces, strict=True)]

    def step(self) -> None:
        """Move every parameter against its gradient."""
        for move in self._moves:
            self._move(*move)

    def zero_grad(self) -> None:
        """Forget the gradients gathered so far."""
        for piece in self._pieces:
            piece[1].zero_()

    def state(self) -> dict[str, Tensor]:
        """Return copies of what the steps so far have left behind, beside the parameters' values.

        The i-th parameter's tensors, of its shape and dtype, are called "0.velocity" for i = 0 and so on. The learning
        rate and the other arguments are no part of the state.
        """
        return {name: tensor.clone() for name, tensor in self._tensors().items()}

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Go on from `state`, whatever the steps so far were; with the same parameters' values, bit for bit.

        Raises ValueError that lists every name that is missing or too many and every tensor of another shape or
        dtype; the optimizer is then as it was.
        """
        load(self._tensors(), state, self)

    def _tensors(self) -> dict[str, Tensor]:
        """Return by name the tensors of which `state` returns copies."""
        parameters = range(len(self.parameters))
        return {f"{index}.{name}": row[index] for index in parameters for name, row in self._state.items()}

    def __getstate__(self) -> NoReturn:
        """Refuse to be copied or pickled: its flat views could then lie apart from the parameters they should move."""
        raise TypeError(f"{type(self).__name__} is neither copied nor pickled: keep its state() instead.")

    @abstractmethod
    def _move(self, rate: float | Tensor, value: Tensor, gradient: Tensor, *state: Tensor) -> None:
        """Change `value` and `state` in place; the gradient stays. Any shape, one for all tensors."""

    def _expect_rates(self, lr: Tensor) -> None:
        sizes = {value.shape[:1] for value, _ in self.parameters}
        if lr.dim() != 1 or sizes - {lr.shape}:
            found = sorted(size[0] if size else 0 for size in sizes)
            raise ValueError(
                f"{type(self).__name__} needs one learning rate a run; rates of shape {tuple(lr.shape)} "
                f"came with parameters of {found} runs."
            )
        for rate in lr.tolist():
            at_least(type(self).__name__, "learning rate", rate)

    def _rate_of_each_piece(self) -> list[Any]:
        if not isinstance(self._lr, Tensor):
            return [self._lr] * len(self._pieces)
        rates = []
        for value in self._rows[0]:
            one_a_run = self._lr.to(value.dtype).view(-1, *[1] * (value.dim() - 1))
            rates.append(one_a_run.expand_as(value).clone(memory_format=torch.contiguous_format))
        gather(rates)
        return [rate for rate, *_ in joined(rates, *self._rows)]


class SGD(Optimizer):
    """Stochastic gradient descent: value <- value - lr d.

    Plain, d is the gradient g. With `weight_decay` w, g + w value takes the place of g. With `momentum` m,
    v <- m v + g (v is 0 at first) and d = v, or d = g + m v if `nesterov`.

    Raises ValueError for a bad `lr`, for a `momentum` or `weight_decay` that is negative or not finite, and for
    `nesterov` without momentum. Sources: the paper, section I.F; Sutskever et al., On the importance of
    initialization and momentum in deep learning, 2013, in the form that torch.optim.SGD gives it.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float | Tensor,
        *,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ) -> None:
        self.momentum = at_least("SGD", "momentum", momentum)
        self.weight_decay = at_least("SGD", "weight decay", weight_decay)
        self.nesterov = nesterov
        if nesterov and momentum == 0:
            raise ValueError(f"SGD needs a momentum above 0 for nesterov, not {momentum}.")
        super().__init__(parameters, lr, ("velocity",) if momentum else ())

    def _move(self, rate: float | Tensor, value: Tensor, gradient: Tensor, *state: Tensor) -> None:
        direction = gradient.add(value, alpha=self.weight_decay) if self.weight_decay else gradient
        for velocity in state:
            velocity.mul_(self.momentum).add_(direction)
            direction = direction.add(velocity, alpha=self.momentum) if self.nesterov else velocity
        descend(value, direction, rate)


def parameter_list(who: str, parameters: Iterable[Parameter]) -> list[Parameter]:
    """Return the parameters as a list.

    Raises ValueError, saying what came, unless each is a Parameter of two floating-point tensors of one shape and
    dtype, and no tensor comes twice.
    """
    if isinstance(parameters, Parameter) or not isinstance(parameters, Iterable):
        raise ValueError(f"{who} needs a list of Parameters, such as a module's param(), not {described(parameters)}.")
    found = list(parameters)
    for each in found:
        if not isinstance(each, Parameter):
            raise ValueError(f"{who} needs Parameters, not {described(each)}.")
        value, gradient = each
        if not value.is_floating_point() or described(value) != described(gradient):
            raise ValueError(
                f"{who} needs a floating-point value and a gradient of its shape and dtype, "
                f"not {described(value)} and {described(gradient)}."
            )
    if len({id(tensor) for each in found for tensor in each}) < 2 * len(found):
        raise ValueError(f"{who} takes every parameter once; one of {len(found)} came twice.")
    return found


def descend(value: Tensor, direction: Tensor, rate: float | Tensor) -> None:
    """value <- value - rate direction, in place; `rate` is one number or one for every number of `value`."""
    if isinstance(rate, Tensor):
        value.addcmul_(direction, rate, value=-1)
    else:
        value.sub_(direction, alpha=rate)
