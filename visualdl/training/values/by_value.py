"""Values: frozen all the way down, and equal when their fields are, arrays included."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np


class ByValue:
    """What a frozen dataclass made with `eq=False` inherits, so that its arrays are compared bit for bit."""

    __hash__ = None  # type: ignore[assignment]  # arrays have none

    def __eq__(self, other: object) -> bool:
        if self is other or type(self) is not type(other):
            return self is other
        names = [entry.name for entry in fields(self)]  # type: ignore[arg-type]
        return all(are_same(getattr(self, name), getattr(other, name)) for name in names)


def are_same(one: object, other: object) -> bool:
    """Say whether two values are equal; arrays if dtype, shape and every bit are."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(are_same(one[name], other[name]) for name in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(are_same, one, other))
    return bool(one == other)
