"""A formula in x1 and x2: a feature that the user types, computed for many points at once and never run as Python."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from visualdl.data.formula_grammar import FUNCTIONS, VARIABLES, Steps, steps_of
from visualdl.data.table import shown

LONGEST = 200
"""Characters of a formula. It bounds how deeply one can be nested, and how long one point or many can take."""

LARGEST_VALUE = 1e15
"""Of a feature: normalisation squares and adds its values in float32, which ends at 3.4e38."""

_OPERATIONS: dict[str, tuple[int, Any]] = {
    "+": (2, np.add),
    "-": (2, np.subtract),
    "*": (2, np.multiply),
    "/": (2, np.divide),
    "^": (2, np.power),
    "negate": (1, np.negative),
    **{
        name: (arity, getattr(np, {"min": "minimum", "max": "maximum"}.get(name, name)))
        for name, arity in FUNCTIONS.items()
    },
}
"""How many values an operation takes from the stack, and the function of numpy that makes one of them."""


@dataclass(frozen=True)
class Formula:
    """A formula, equal to another of the same text.

    Numbers, x1 and x2 (also x₁ and x₂), pi and e, + - * / and ^ (also **), parentheses, sin, cos, tan, exp, log (to the
    base e), sqrt, abs, tanh, sign, min and max of two. As in Python, -x1^2 is -(x1^2), and 2^3^2 is 2^(3^2).
    Raises ValueError, in one sentence, for any other text: with the position, counted from 1, and what is expected.
    """

    text: str
    steps: Steps = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A formula must not be empty; it may be, for instance, sin(3*x1).")
        if len(self.text) > LONGEST:
            raise ValueError(f"A formula has at most {LONGEST} characters, not {len(self.text):,}.")
        object.__setattr__(self, "steps", steps_of(self.text))  # frozen from here on

    @classmethod
    def parse(cls, text: str) -> "Formula":
        """Return the formula that `text` writes, without the space around it; raise ValueError if it is none."""
        return cls(text.strip())

    def values(self, points: np.ndarray) -> np.ndarray:
        """Return the formula's value at each of the points (points, 2): (points,), float64.

        Where it has no real value, such as log(-1) or 0/0, the value is not a number or infinite, without a warning.
        """
        if points.ndim != 2 or points.shape[1] != len(VARIABLES):
            raise ValueError(f"A formula needs points of shape (points, 2), not {points.shape}.")
        variables = dict(zip(VARIABLES, points.T.astype(np.float64), strict=True))
        stack: list[Any] = []
        with np.errstate(all="ignore"):
            for step in self.steps:
                if isinstance(step, float):
                    stack.append(np.float64(step))
                elif step in variables:
                    stack.append(variables[step])
                else:
                    arity, function = _OPERATIONS[step]
                    stack[-arity:] = [function(*stack[-arity:])]
        return np.broadcast_to(stack.pop(), len(points)).copy()  # a constant has one value for all

    def usable_values(self, points: np.ndarray) -> np.ndarray:
        """Return `values`; raise ValueError, naming the first point at fault, unless a network can learn from them."""
        values = self.values(points)
        for index in np.flatnonzero(~(np.abs(values) <= LARGEST_VALUE))[:1].tolist():
            x1, x2 = points[index].tolist()
            raise ValueError(
                f"{shown(self.text)} is {values[index]:g} at x1 = {x1:g}, x2 = {x2:g}; "
                f"a feature must have a value between -{LARGEST_VALUE:g} and {LARGEST_VALUE:g} at every point."
            )
        return values
