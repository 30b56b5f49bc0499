"""The inputs of a network: features of a point, built in or typed as formulas, and which of them it can learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from visualdl.data.table import shown
from visualdl.sentences import quoted

if TYPE_CHECKING:
    import numpy as np

    from visualdl.data.formulas import Formula

MOST_FEATURES = 12
PAPER_FEATURES = ("x1", "x2")

SIDE = 65
"""Points along each side of the square at which a formula is tried: as many as the network's picture usually has."""


class UnusableFeatureError(ValueError):
    """A feature that has no usable value at some point of the data, said in a sentence."""


@dataclass(frozen=True)
class Feature:
    """An input of a network: its `name` in an experiment, the `symbol` that a reader sees, its formula as `text`.

    Unless the feature is built in, the name is the formula itself, and the symbol is as much of it as fits a sentence.
    """

    name: str
    symbol: str
    text: str

    @property
    def formula(self) -> "Formula":
        """What the feature is computed by."""
        return _formula_of(self.text)


BUILT_IN = (
    Feature("x1", "x₁", "x1"),
    Feature("x2", "x₂", "x2"),
    Feature("x1 squared", "x₁²", "(x1 - 0.5)^2"),
    Feature("x2 squared", "x₂²", "(x2 - 0.5)^2"),
    Feature("x1 times x2", "x₁x₂", "(x1 - 0.5) * (x2 - 0.5)"),
    Feature("sine of x1", "sin x₁", "sin(12 * (x1 - 0.5))"),
    Feature("sine of x2", "sin x₂", "sin(12 * (x2 - 0.5))"),
)
"""TensorFlow Playground's seven features. Its square goes from -6 to 6 in both directions, ours from 0 to 1, so that
its x is 12 (x - 1/2) here: the parabolas have their lowest point, the product and the sines their zero, at the centre.
Factors in front are left out, for features are normalised. No name is a formula, but for those of x1 and x2."""

_BY_NAME = {feature.name: feature for feature in BUILT_IN}


@lru_cache(maxsize=256)
def feature_of(name: str) -> Feature:
    """Return the built-in feature of a name, or the one that a formula writes, which may have space around it.

    Raises ValueError, in one sentence, for what is neither, and for a formula that has no usable value somewhere on the
    unit square or the same one everywhere.
    """
    name = name.strip()
    if name in _BY_NAME:
        return _BY_NAME[name]
    feature = Feature(name, shown(name, quotes=False), name)
    values = feature.formula.usable_values(_square())
    if values.min() == values.max():
        raise ValueError(f"{shown(name)} is {values[0]:g} everywhere on the square; a feature must vary.")
    return feature


def checked_features(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of features that a network can have together, without the space around them.

    Raises ValueError, in one sentence, for none, for more than MOST_FEATURES, for one that `feature_of` refuses, and
    for one that is there twice.
    """
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"Features must be a list of names and formulas, not {quoted(names)}.")
    if not names:
        raise ValueError("A network needs at least one input.")
    if len(names) > MOST_FEATURES:
        raise ValueError(f"A network has at most {MOST_FEATURES} inputs, not {len(names)}.")
    features = [feature_of(name) for name in names]
    if tuple(names) == PAPER_FEATURES:  # without a parser: most experiments never need it
        return PAPER_FEATURES
    known: dict[object, str] = {}
    for feature in features:
        steps = feature.formula.steps
        if steps in known:
            same = "there twice" if known[steps] == feature.name else f"the same as {shown(known[steps])}"
            raise ValueError(f"The inputs must differ from each other, but {shown(feature.name)} is {same}.")
        known[steps] = feature.name
    return tuple(feature.name for feature in features)


def split_features(text: str) -> tuple[str, ...]:
    """Return the features in `text`, with semicolons between them; raise ValueError as `checked_features` does."""
    return checked_features([part for part in text.split(";") if part.strip()])


@lru_cache(maxsize=256)
def _formula_of(text: str) -> "Formula":
    from visualdl.data.formulas import Formula  # here rather than above: the parser takes time to load, and to build

    return Formula(text)


@cache
def _square() -> "np.ndarray":
    """Return the points of a grid over the unit square, (SIDE * SIDE, 2)."""
    import numpy as np

    side = np.linspace(0, 1, SIDE)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
