"""Linear: what it takes and how it starts."""

import math
import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl import SGD, Linear


def test_the_formula_by_hand() -> None:
    linear = Linear(2, 1)
    linear.weight.copy_(torch.tensor([[2.0], [-1.0]]))
    linear.bias.copy_(torch.tensor([0.5]))
    assert linear.forward(torch.tensor([[3.0, 4.0]])).tolist() == [[2.5]]
    assert linear.backward(torch.tensor([[10.0]])).tolist() == [[20.0, -10.0]]
    assert linear.weight_gradient.tolist() == [[30.0], [40.0]]
    assert linear.bias_gradient.tolist() == [10.0]


def test_param_lists_weight_then_bias_each_with_its_gradient() -> None:
    linear = Linear(3, 2)
    (weight, weight_gradient), (bias, bias_gradient) = linear.param()
    assert weight is linear.weight
    assert bias is linear.bias
    assert weight.shape == weight_gradient.shape == (3, 2)
    assert bias.shape == bias_gradient.shape == (2,)
    assert not weight_gradient.any()
    assert not bias_gradient.any()
    assert [parameter.value.shape for parameter in Linear(3, 2, bias=False).param()] == [(3, 2)]


@settings(deadline=None, max_examples=20)
@given(n=st.integers(1, 50), seed=st.integers(0, 2**32))
def test_weights_and_biases_lie_within_their_bound_and_fill_it(n: int, seed: int) -> None:
    linear = Linear(n, 1000, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    bound = 1 / math.sqrt(n)
    for value, _ in linear.param():
        # 1000 or more draws all miss the outer 5 % at one end with probability 0.975^1000, about 1e-11.
        assert -bound <= value.min() < -0.95 * bound
        assert 0.95 * bound < value.max() <= bound
        assert abs(value.mean()) < 6 * bound / math.sqrt(3 * value.numel())


def test_the_same_generator_seed_gives_the_same_weights_and_another_seed_others() -> None:
    def weights(seed: int) -> torch.Tensor:
        return torch.cat(
            [p.value.flatten() for p in Linear(4, 5, generator=torch.Generator().manual_seed(seed)).param()]
        )

    assert torch.equal(weights(7), weights(7))
    assert not torch.equal(weights(7), weights(8))


def test_a_generator_leaves_the_global_random_state_alone() -> None:
    before = torch.get_rng_state()
    Linear(4, 5, generator=torch.Generator().manual_seed(0))
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 3), "Linear needs in_features that is a whole number of at least 1, not 0."),
        ((3, -2), "Linear needs out_features that is a whole number of at least 1, not -2."),
        ((2.5, 3), "Linear needs in_features that is a whole number of at least 1, not 2.5."),
    ],
)
def test_sizes_below_one_raise_a_sentence(arguments: tuple[int, int], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Linear(*arguments)


@pytest.mark.parametrize("shape", [(), (2,), (5, 2), (3, 1), (2, 0)])
def test_an_input_that_does_not_fit_raises_a_sentence_with_both_shapes(shape: tuple[int, ...]) -> None:
    message = f"Linear(3, 2) needs an input of shape (..., 3), not {shape}."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Linear(3, 2).forward(torch.zeros(shape))


@pytest.mark.parametrize("dtype", [torch.float64, torch.int64])
def test_an_input_of_another_dtype_raises_a_sentence_with_both(dtype: torch.dtype) -> None:
    with pytest.raises(ValueError, match=rf"weights of torch\.float32 needs such an input, not {dtype}"):
        Linear(3, 2).forward(torch.zeros(4, 3, dtype=dtype))


def test_batches_of_any_size_may_follow_each_other() -> None:
    linear = Linear(2, 3)
    for rows in (4, 2, 0, 5):
        linear.backward(torch.ones_like(linear.forward(torch.ones(rows, 2))))
    assert linear.bias_gradient.tolist() == [11.0] * 3


def test_an_output_gradient_of_another_dtype_raises_a_sentence_with_both_and_changes_nothing() -> None:
    linear = Linear(2, 3)
    linear.forward(torch.ones(4, 2))
    message = "Linear.backward needs a gradient of its output's shape and dtype, (4, 3) of torch.float32, "
    message += "not (4, 3) of torch.float64."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        linear.backward(torch.ones(4, 3, dtype=torch.float64))
    assert not linear.weight_gradient.any()
    assert not linear.bias_gradient.any()


def test_gradients_follow_the_numbers_that_an_optimizer_has_moved() -> None:
    layer, x, output_gradient = Linear(3, 4), torch.randn(5, 3), torch.randn(5, 4)
    layer.forward(x)
    layer.backward(output_gradient)
    optimizer = SGD(layer.param(), lr=0.5)  # gathers both parameters, and both gradients, into one buffer each
    optimizer.step()
    optimizer.zero_grad()
    layer.forward(x)
    torch.testing.assert_close(layer.backward(output_gradient), output_gradient @ layer.weight.T)
    torch.testing.assert_close(layer.bias_gradient, output_gradient.sum(0))
