"""Arrays of own data as JSON: lists of numbers and of pairs of numbers, every type checked, no digit lost."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

PART = 1000


def to_lists(value: Any) -> Any:
    """Return an array as JSON's lists, for msgspec's JSON encoder; raise NotImplementedError for anything else.

    It is made in parts: all of 100,000 points as objects of Python would take 24 MB, and leave memory in pieces.
    """
    if isinstance(value, np.ndarray):
        parts = (msgspec.json.encode(part.tolist())[1:-1] for part in in_parts(value))
        return msgspec.Raw(b"[" + b",".join(parts) + b"]")
    raise NotImplementedError(f"{type(value).__name__} has no form in JSON")


def in_parts(array: np.ndarray) -> Iterator[np.ndarray]:
    """Yield an array in parts of PART rows, the last of which may have fewer."""
    for start in range(0, len(array), PART):
        yield array[start : start + PART]


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
