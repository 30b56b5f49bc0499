"""Losses: value and gradient, against autograd and by hand."""

import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl import LossMSE

reductions = pytest.mark.parametrize("reduction", ["sum", "mean"])


def normal(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@reductions
@settings(deadline=None, max_examples=25)
@given(shape=st.lists(st.integers(0, 4), max_size=3).map(tuple))
def test_value_and_gradient_are_those_of_autograd_in_every_shape(reduction, shape) -> None:
    output, target = normal(shape, 0).requires_grad_(), normal(shape, 1)
    expected = torch.nn.MSELoss(reduction=reduction)(output, target)
    expected.backward()
    loss = LossMSE(reduction)
    value = loss.forward(output.detach(), target)
    assert value.shape == ()
    torch.testing.assert_close(value, expected.detach(), rtol=1e-12, atol=1e-12, equal_nan=True)
    torch.testing.assert_close(loss.backward(), output.grad, rtol=1e-12, atol=1e-12)


@reductions
def test_gradient_is_the_central_difference_of_the_value(reduction) -> None:
    output, target, loss, step = normal((3, 2), 0), normal((3, 2), 1), LossMSE(reduction), 1e-6
    loss.forward(output, target)
    gradient = loss.backward()
    for index in range(output.numel()):
        offset = torch.zeros(6, dtype=torch.float64)
        offset[index] = step
        offset = offset.view(3, 2)
        slope = (loss.forward(output + offset, target) - loss.forward(output - offset, target)) / (2 * step)
        assert gradient.view(-1)[index].item() == pytest.approx(slope.item(), rel=1e-6)


def test_the_paper_s_loss_is_the_sum_of_squares_with_twice_the_difference_as_gradient() -> None:
    loss = LossMSE()
    assert loss.forward(torch.tensor([[1.0, 2.0]]), torch.tensor([[0.0, 4.0]])).item() == 5.0
    assert loss.backward().tolist() == [[2.0, -4.0]]
    mean = LossMSE("mean")
    assert mean.forward(torch.tensor([[1.0, 2.0]]), torch.tensor([[0.0, 4.0]])).item() == 2.5
    assert mean.backward().tolist() == [[1.0, -2.0]]


@reductions
def test_nothing_is_written_into_output_target_or_gradient(reduction) -> None:
    output, target, loss = normal((3, 2), 0), normal((3, 2), 1), LossMSE(reduction)
    loss.forward(output, target)
    gradient = loss.backward()
    tensors = [output, target, gradient]
    before = [tensor.clone() for tensor in tensors]
    loss.forward(output, target)
    loss.backward()
    loss.forward(target, output)
    loss.backward()
    torch.testing.assert_close(tensors, before, rtol=0, atol=0)


def test_backward_before_forward_raises_a_sentence() -> None:
    with pytest.raises(RuntimeError, match=r"^LossMSE\.backward needs a forward before it: call forward first\.$"):
        LossMSE().backward()


def test_another_reduction_raises_a_sentence_that_names_it() -> None:
    with pytest.raises(ValueError, match=r"""^LossMSE takes the reduction "sum" or "mean", not 'none'\.$"""):
        LossMSE("none")  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(4, 1), (2,), (1, 2), ()])
def test_unequal_shapes_raise_a_sentence_instead_of_broadcasting(shape: tuple[int, ...]) -> None:
    message = f"LossMSE needs an output and a target of one shape, not (4, 2) and {shape}."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        LossMSE().forward(torch.zeros(4, 2), torch.zeros(shape))
