"""gradient_check catches what is wrong with a backward."""

import pytest
import torch
from torch import Tensor

from minidl import BatchNorm1d, Dropout, Identity, Linear, Sequential, Tanh, gradient_check


class WrongInputGradient(Tanh):
    def backward(self, output_gradient: Tensor) -> Tensor:
        return super().backward(output_gradient) * 1.001


class WrongBiasGradient(Linear):
    def backward_parameters(self, output_gradient: Tensor) -> None:
        super().backward_parameters(output_gradient)
        self.bias_gradient.add_(output_gradient.mean(0))


class ForgetsOneRow(Linear):
    def backward(self, output_gradient: Tensor) -> Tensor:
        input_gradient = super().backward(output_gradient)
        input_gradient[-1] = 0
        return input_gradient


def points(*shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(0))


def test_a_wrong_input_gradient_is_caught_by_its_size() -> None:
    assert gradient_check(WrongInputGradient(), points(3, 2)) == {"input": pytest.approx(1e-3, rel=0.01)}


def test_a_wrong_parameter_gradient_is_told_apart_from_right_ones() -> None:
    generator = torch.Generator().manual_seed(1)
    errors = gradient_check(
        Sequential(Linear(2, 3, generator=generator), Tanh(), WrongBiasGradient(3, 2, generator=generator)),
        points(4, 2),
    )
    assert errors.pop("2.bias") > 0.01
    assert set(errors) == {"input", "0.weight", "0.bias", "2.weight"}
    assert max(errors.values()) < 1e-6


def test_a_gradient_that_is_wrong_in_few_places_is_caught() -> None:
    assert gradient_check(ForgetsOneRow(2, 3), points(4, 2))["input"] == pytest.approx(1.0)


def test_a_gradient_that_is_0_by_nature_is_no_error() -> None:
    # Batch normalisation takes out whatever the bias before it adds: both slopes are 0 but for their rounding.
    module = Sequential(Linear(2, 3, generator=torch.Generator().manual_seed(1)), BatchNorm1d(3))
    assert gradient_check(module, points(5, 2))["0.bias"] < 1e-6


def test_float32_modules_are_checked_in_float64_and_stay_what_they_are() -> None:
    linear, x = Linear(2, 3, generator=torch.Generator().manual_seed(1)), points(4, 2)
    linear.weight_gradient.fill_(5.0)  # gathered before, and no part of the check
    assert max(gradient_check(linear, x).values()) < 1e-6
    assert linear.weight.dtype == torch.float32
    assert (linear.weight_gradient == 5).all()
    with pytest.raises(RuntimeError, match="call forward first"):
        linear.backward(torch.zeros(4, 3))


def test_the_step_grows_with_the_number() -> None:
    assert gradient_check(Identity(), 1e8 * points(4, 2))["input"] < 1e-6  # a step of 1e-6 would drown in rounding


def test_nothing_to_move_has_no_error() -> None:
    assert gradient_check(Tanh(), torch.zeros(0, 2)) == {"input": 0.0}


def test_a_module_of_chance_raises_a_sentence() -> None:
    module = Sequential(Linear(2, 3), Dropout(generator=torch.Generator().manual_seed(0)))
    with pytest.raises(
        ValueError, match=r"^Sequential gives two outputs for one input; check it in evaluation mode\.$"
    ):
        gradient_check(module, points(4, 2))
