"""Features: the built-in ones and typed formulas, and what a network cannot take as its inputs."""

import subprocess
import sys

import numpy as np
import pytest

from visualdl.data.features import BUILT_IN, MOST_FEATURES, checked_features, feature_of, split_features
from visualdl.data.formulas import Formula

NAMES = [feature.name for feature in BUILT_IN]


def test_the_built_in_features_are_playgrounds():
    points = np.random.default_rng(0).uniform(size=(50, 2))
    x, y = (12 * (points - 0.5)).T
    for feature, theirs in zip(BUILT_IN, [x, y, x**2, y**2, x * y, np.sin(x), np.sin(y)], strict=True):
        ours = feature.formula.values(points)
        assert abs(np.corrcoef(ours, theirs)[0, 1]) == pytest.approx(1), feature.name


def test_a_name_is_that_of_a_built_in_feature_or_a_formula():
    assert [feature_of(name) for name in NAMES] == list(BUILT_IN)
    typed = feature_of(" sin(3*x1) ")
    assert (typed.name, typed.symbol) == ("sin(3*x1)", "sin(3*x1)")
    assert typed.formula == Formula("sin(3*x1)")
    assert feature_of("x1 + " * 30 + "x2").symbol == "x1 + x1 + x1 + x1 + x1 + x1 + x1 + x1 +…", "fit for a sentence"
    assert checked_features(["x2", " x1^2 "]) == ("x2", "x1^2")
    assert checked_features([*NAMES, "x1^2", "x1 + x2"])[-2:] == ("x1^2", "x1 + x2"), "no name is a formula"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "needs at least one input"),
        ([f"x1 + {k}*x2" for k in range(MOST_FEATURES + 1)], "at most 12 inputs, not 13"),
        (["x1", "x2", "x1"], "'x1' is there twice"),
        (["x1", "x₁"], "'x₁' is the same as 'x1'"),
        (["x1+x2", "x1  +  x2"], r"'x1 \+ x2' is the same as 'x1\+x2'"),
        (["x2 squared", "(x2-.5)^2"], "is the same as 'x2 squared'"),
        (["x3"], "at position 1, 'x3' is unknown"),
        (["x1", "x2 +"], "ends at position 5, where a number"),
        (["x1 cubed"], "at position 4, stands 'c' where an operator"),
        ([" "], "must not be empty"),
        (["log(x1 - 0.5)"], "'log.x1 - 0.5.' is nan at x1 = 0, x2 = 0"),
        (["1/x2"], "is inf at x1 = 0, x2 = 0"),
        (["7"], "'7' is 7 everywhere on the square"),
        (["sign(x1 + 1)"], "is 1 everywhere on the square"),
        ("x1", "a list of names and formulas, not 'x1'"),
        ([3], r"a list of names and formulas, not \[3\]"),
    ],
)
def test_what_no_network_can_take_is_refused_in_one_sentence(names, sentence):
    with pytest.raises(ValueError, match=sentence) as refusal:
        checked_features(names)
    assert str(refusal.value).count("\n") == 0
    assert str(refusal.value).endswith(".")


def test_features_are_written_with_semicolons_between_them():
    assert split_features("x1; min(x1, x2) ;x1 squared;") == ("x1", "min(x1, x2)", "x1 squared")
    with pytest.raises(ValueError, match="at least one input"):
        split_features(" ; ")


def test_the_built_in_ones_are_known_without_the_parser():
    code = "import sys, visualdl.experiment.experiment as e; e.Experiment(); assert 'lark' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
