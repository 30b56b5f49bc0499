"""What a caller gave is not what a part needs: one sentence names both."""

import math
from numbers import Real
from typing import Any

import torch
from torch import Tensor


def is_within(value: object, low: float = -math.inf, high: float = math.inf) -> bool:
    """Return whether `value` is a finite number from `low` to `high`; what is no number at all is not."""
    return isinstance(value, Real) and math.isfinite(value) and low <= float(value) <= high


def is_number(value: object) -> bool:
    """Return whether `value` is a number, be it infinite; nan is not."""
    return isinstance(value, Real) and not math.isnan(value)


def at_least(who: str, name: str, value: float, bound: int = 0) -> float:
    """Return `value`; raise ValueError, naming it, unless it is a finite number of at least `bound`."""
    if not is_within(value, bound):
        raise ValueError(f"{who} needs a finite {name} of at least {bound}, not {_named(value)}.")
    return value


def below_one(who: str, name: str, value: float) -> float:
    """Return `value`; raise ValueError, naming it, unless it is at least 0 and below 1."""
    if not (is_within(value, 0) and value < 1):
        article = "an" if name[0] in "aeiou" else "a"
        raise ValueError(f"{who} needs {article} {name} of at least 0 and below 1, not {_named(value)}.")
    return value


def share(who: str, name: str, value: float) -> float:
    """Return `value`; raise ValueError, naming it, unless it is from 0 to 1."""
    if not is_within(value, 0, 1):
        raise ValueError(f"{who} needs a {name} from 0 to 1, not {_named(value)}.")
    return value


def finite(who: str, name: str, value: float) -> float:
    """Return `value`; raise ValueError, naming it, unless it is a finite number."""
    if not is_within(value):
        raise ValueError(f"{who} needs a finite {name}, not {_named(value)}.")
    return value


def whole(who: str, name: str, value: int, bound: int = 1) -> int:
    """Return `value`; raise ValueError, naming it, unless it is a whole number of at least `bound`."""
    if not isinstance(value, int) or isinstance(value, bool) or value < bound:
        raise ValueError(f"{who} needs {name} that is a whole number of at least {bound}, not {_named(value)}.")
    return value


def floating_dtype(who: str, dtype: torch.dtype | None) -> torch.dtype | None:
    """Return `dtype`; raise ValueError, naming it, unless it is one of floating-point numbers, or None."""
    if dtype is not None and not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        raise ValueError(f"{who} needs a dtype of floating-point numbers, not {_named(dtype)}.")
    return dtype


def floating(who: object, name: str, tensor: Tensor) -> None:
    """Raise ValueError, with what came instead, unless `tensor` is a tensor of floating-point numbers."""
    if not (isinstance(tensor, Tensor) and tensor.is_floating_point()):
        raise ValueError(f"{type(who).__name__} needs {name} of floating-point numbers, not {described(tensor)}.")


def described(value: Any) -> str:
    """Return a tensor's shape and dtype in words; of anything else, what it is."""
    return f"{tuple(value.shape)} of {value.dtype}" if isinstance(value, Tensor) else f"a {type(value).__name__}"


def _named(value: object) -> str:
    return str(value) if isinstance(value, Real) else repr(value)
