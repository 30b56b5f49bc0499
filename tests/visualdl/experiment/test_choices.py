"""What a choice allows, and what it says about what it does not allow."""

import math

import pytest

from visualdl.experiment.choices import Names, Range

WHOLE = Range("Width", 1, 128, "help", "neurons", integer=True)
REAL = Range("Learning rate", 1e-5, 10, "help", logarithmic=True)
NAMES = Names("Hidden activation", ("ReLU", "Tanh"), "help")


@pytest.mark.parametrize("value", [1, 2, 127, 128])
def test_whole_numbers_up_to_both_ends_of_the_range_are_allowed(value):
    WHOLE.check(value)
    assert WHOLE.parse(str(value)) == value


@pytest.mark.parametrize("value", [0, 129, -1, 2.0, True, None, "2", math.nan, math.inf])
def test_anything_else_is_refused_for_a_whole_number_in_a_sentence_with_value_and_range(value):
    with pytest.raises(ValueError, match=r"^Width must be a whole number from 1 to 128, not .*\.$") as refusal:
        WHOLE.check(value)
    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize("value", [1e-5, 0.01, 1, 10, 10.0])
def test_numbers_up_to_both_ends_of_the_range_are_allowed(value):
    REAL.check(value)
    assert REAL.parse(repr(value)) == value


@pytest.mark.parametrize("value", [9.99e-6, 10.001, 0, -0.01, False, "0.01", math.nan, math.inf, -math.inf])
def test_anything_else_is_refused_for_a_number_in_a_sentence_with_value_and_range(value):
    with pytest.raises(ValueError, match=r"^Learning rate must be a number from 1e-05 to 10, not .*\.$") as refusal:
        REAL.check(value)
    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize("choice", [WHOLE, REAL])
@pytest.mark.parametrize("text", ["", "many", "1e", "0x10", "1,5", "nan", "-inf"])
def test_text_that_writes_no_allowed_number_is_refused_with_the_range(choice, text):
    with pytest.raises(ValueError, match=choice.allowed()):
        choice.parse(text)


def test_a_fraction_is_no_whole_number():
    with pytest.raises(ValueError, match=r"not '2\.0'"):
        WHOLE.parse("2.0")


@pytest.mark.parametrize("text", ["relu", "RELU", "ReLU"])
def test_a_name_is_found_in_any_case_of_letters_and_given_as_it_is_shown(text):
    assert NAMES.parse(text) == "ReLU"


@pytest.mark.parametrize("text", ["", "re", "ReLU ", "sigmoid"])
def test_an_unknown_name_is_refused_with_the_names(text):
    for refuse in (NAMES.parse, NAMES.check):
        with pytest.raises(ValueError, match="must be one of ReLU, Tanh, not") as refusal:
            refuse(text)
        assert repr(text) in str(refusal.value)


def test_a_value_is_checked_letter_by_letter():
    with pytest.raises(ValueError, match="not 'relu'"):
        NAMES.check("relu")


def test_a_number_too_large_for_a_float_is_refused_like_any_other():
    with pytest.raises(ValueError, match="Depth must be a whole number from 0 to 8"):
        Range("Depth", 0, 8, "", integer=True).check(10**400)
