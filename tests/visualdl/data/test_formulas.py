"""Typed formulas: they mean what Python's mathematics means, and any other text is refused in one sentence."""

import math
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualdl.data.formulas import LONGEST, Formula

EXAMPLES = int(os.environ.get("VISUALDL_EXAMPLES", "200"))

POINT = np.array([[0.3, 0.8]])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sin(3*x1)", math.sin(0.9)),
        ("x1^2 + x2^2", 0.3**2 + 0.8**2),
        ("abs(x₁ - 0.5) × x₂", 0.2 * 0.8),
        ("-x1^2", -(0.3**2)),
        ("2^-x2", 2**-0.8),
        ("2^3**2", 512),
        ("8/4/2 - 1 - 1", -1),
        ("−−+x1", 0.3),
        (" 1e-1 + .5 + 2. ", 2.6),
        ("log(e) + cos(π) + pi", math.pi),
        ("min(x1, x2) - max(x1, x2)", -0.5),
        ("sign(-x1) + sqrt(4) + exp(0) + tanh(0) + tan(0)", 2),
    ],
)
def test_a_formula_means_what_mathematics_means(text, value):
    assert Formula.parse(text).values(POINT)[0] == pytest.approx(value, rel=1e-14)


def test_values_are_those_of_each_point_and_the_callers_array_stays():
    points = np.array([[1, 2], [3, 4], [5, 6]])
    values = Formula.parse("x1").values(points.astype(float))
    values[0] = 9
    assert Formula.parse("x1 * x2").values(points).tolist() == [2, 12, 30]
    assert Formula.parse("7").values(points).tolist() == [7, 7, 7]
    assert Formula.parse("x1").values(points[:0]).shape == (0,)
    assert points[0, 0] == 1
    with pytest.raises(ValueError, match=r"shape \(points, 2\), not \(3,\)"):
        Formula.parse("x1").values(points[:, 0])


def test_formulas_of_one_text_are_equal():
    assert Formula.parse(" x1 ") == Formula.parse("x1")
    assert len({Formula.parse("x1"), Formula.parse("x1"), Formula.parse("x2")}) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "must not be empty"),
        (" \n", "must not be empty"),
        ("x1 +", r"ends at position 5, where a number, a name, '-' or '\(' is expected"),
        ("(x1", r"ends at position 4, where an operator or '\)' is expected"),
        ("2x1", "at position 2, stands 'x' where an operator or the end is expected"),
        ("x1 = 3", "at position 4, stands '=' where an operator or the end is expected"),
        ("x1)", r"at position 3, stands '\)' where an operator or the end"),
        ("sin(x1 2)", r"at position 8, stands '2' where an operator, '\(', ',' or '\)' is expected"),
        ("sin()", r"at position 5, stands '\)' where a number"),
        ("1 + y", "at position 5, 'y' is unknown; known are x1, x2, pi, e, sin, cos"),
        ("foo(x1)", "at position 1, 'foo' is no function; known are sin, cos"),
        ("x1(2)", "'x1' is no function"),
        ("sin + 1", r"sin needs its value in parentheses, as in sin\(x1\)"),
        ("2*sin(x1, x2)", "at position 3, sin takes 1 value, not 2"),
        ("max(x1)", "max takes 2 values, not 1"),
        ("1e999", "'1e999' is too large"),
        ("__import__('os')", "at position 1, stands '_'"),
        ("x1.real", r"at position 3, stands '\.'"),
        ("'x1'", 'at position 1, stands "\'" where a number'),
        ("x1" + " " * 199, "at most 200 characters, not 201"),
    ],
)
def test_what_is_no_formula_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence) as refusal:
        Formula(text)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["(" * 99 + "x1" + ")" * 99, "-" * 198 + "x1", "9^" * 99 + "9", "x1^" * 66 + "x1"])
def test_no_nesting_and_no_power_is_too_much(text):
    assert len(text) <= LONGEST
    assert Formula(text).values(POINT).shape == (1,)


def test_a_formula_without_a_usable_value_names_the_first_point():
    points = np.array([[1, 0.5], [0, 0.25], [-1, 0.5]])
    assert Formula.parse("log(x1 + 2)").usable_values(points)[0] == math.log(3)
    for text, value in (("log(x1)", "-inf"), ("sqrt(x1 - 0.5)", "nan"), ("1e16^(1 - x1)", r"1e\+16")):
        with pytest.raises(ValueError, match=rf"is {value} at x1 = 0, x2 = 0.25; a feature must have a value between"):
            Formula.parse(text).usable_values(points)


def grown(parts):
    pair = st.tuples(parts, parts)
    return st.one_of(
        st.tuples(pair, st.sampled_from("+-*/^")).map(lambda drawn: f"({drawn[0][0]} {drawn[1]} {drawn[0][1]})"),
        st.tuples(pair, st.sampled_from(["min", "max"])).map(lambda drawn: f"{drawn[1]}({drawn[0][0]}, {drawn[0][1]})"),
        st.tuples(parts, st.sampled_from(["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh", "-"])).map(
            lambda drawn: f"{drawn[1]}({drawn[0]})"
        ),
        st.tuples(pair, st.sampled_from("+-*/")).map(lambda drawn: f"{drawn[0][0]}{drawn[1]}{drawn[0][1]}"),
    )


expressions = st.recursive(st.sampled_from(["x1", "x2", "2.0", "0.5", "pi"]), grown, max_leaves=12)
EXACT = {name: getattr(math, name) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")}
OTHERS = {"abs": math.fabs, "min": min, "max": max, "__builtins__": {}}  # abs would take a complex number


def by_python(text, x1, x2, error=0.0):
    """Return Python's value of the formula, each function and each number in it wrong by the share `error`."""
    names = {name: lambda value, exact=exact: exact(value) * (1 + error) for name, exact in EXACT.items()}
    names |= {"x1": x1 * (1 + error), "x2": x2 * (1 + error), "pi": math.pi * (1 + error)}
    text = text.replace("2.0", repr(2 * (1 + error))).replace("^", "**")
    return eval(text, OTHERS | names)


@settings(max_examples=EXAMPLES)
@given(expressions.filter(lambda text: len(text) <= LONGEST), st.floats(-2, 2), st.floats(-2, 2))
def test_a_formula_agrees_with_python(text, x1, x2):
    try:
        expected, nearly = (by_python(text, x1, x2, error) for error in (0, 1e-13))
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return  # Python raises, or leaves the real numbers, where numpy says nan or inf
    if isinstance(expected, float) and abs(expected - nearly) < 1e-8 * abs(expected):  # or rounding decides
        assert Formula(text).values(np.array([[x1, x2]]))[0] == pytest.approx(expected, rel=1e-6)
