"""Arrays of own data as JSON: lists of numbers and of pairs of numbers, every type checked, no digit lost."""

from typing import Any

import msgspec
import numpy as np


def to_lists(value: Any) -> Any:
    """Return an array as lists, for msgspec's encoders; raise NotImplementedError for anything else."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise NotImplementedError(f"{type(value).__name__} has no form in JSON")


def from_lists(kind: type, value: Any) -> Any:
    """Return the array that a list holds, for msgspec's decoders: whole numbers, or pairs of any numbers.

    Raises ValueError for other contents.
    """
    if kind is not np.ndarray:
        raise NotImplementedError(f"{kind.__name__} has no form in JSON")
    if isinstance(value, list) and value and isinstance(value[0], list):
        return np.array(msgspec.convert(value, list[tuple[float, float]]), np.float64)
    try:
        return np.array(msgspec.convert(value, list[int]), np.int64)
    except OverflowError as error:
        raise ValueError("Labels must be small whole numbers.") from error
