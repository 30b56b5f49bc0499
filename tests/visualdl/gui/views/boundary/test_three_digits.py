"""How a neuron's value is written."""

import pytest

from visualdl.gui.views.boundary.three_digits import three_digits


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.8, "1.80"),
        (-0.01234, "-0.0123"),
        (9.999, "10.0"),
        (123.4, "123"),
        (0.0, "0.00"),
        (1.8e-5, "1.80e-05"),
        (-4e7, "-4.00e+07"),
        (float("nan"), "nan"),
    ],
)
def test_values_have_three_digits_that_count(value, text):
    assert three_digits(value) == text
    assert three_digits(1.8, "+") == "+1.80"
