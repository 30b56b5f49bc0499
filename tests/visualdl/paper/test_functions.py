"""Figures 1 and 2 are drawn from what minidl computes."""

import numpy as np

import minidl
from visualdl.paper.functions import function_curve


def test_a_curve_is_the_function_and_its_derivative():
    tanh = function_curve(minidl.Tanh(), -4, 4)
    assert (tanh.name, tanh.x[0], tanh.x[-1]) == ("Tanh", -4, 4)
    np.testing.assert_allclose(tanh.y, np.tanh(tanh.x), atol=1e-12)
    np.testing.assert_allclose(tanh.slope, 1 - np.tanh(tanh.x) ** 2, atol=1e-12)
    relu = function_curve(minidl.ReLU(), -3, 3)
    np.testing.assert_array_equal(relu.slope, relu.x > 0)
