"""How weights start: drawn at random, from fan-in and an explicit generator."""

import math

import torch
from torch import Tensor


def uniform_fan_in(
    *shape: int, fan_in: int, generator: torch.Generator | None = None, dtype: torch.dtype | None = None
) -> Tensor:
    """Return a tensor of `shape` drawn from U(-1/sqrt(n), 1/sqrt(n)), n being `fan_in`: the paper's section I.A.

    A `fan_in` of 0 has nothing to scale by and gives the bound 0.
    """
    bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0.0
    return torch.empty(shape, dtype=dtype).uniform_(-bound, bound, generator=generator)
