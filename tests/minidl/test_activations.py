"""Activations at the edges: nan, infinities and kinks; and what they refuse."""

import math
import re
from collections.abc import Callable

import pytest
import torch

from minidl import (
    ELU,
    GELU,
    SELU,
    Identity,
    LeakyReLU,
    Linear,
    LossMSE,
    Module,
    ReLU,
    Sequential,
    Sigmoid,
    Softplus,
    Tanh,
)

EDGES = torch.tensor([-math.inf, -1e30, -100.0, -1.0, -0.0, 0.0, 1e-40, 1.0, 100.0, 1e30, math.inf, math.nan])


@pytest.mark.parametrize(
    ("module", "oracle"),
    [
        (ReLU(), torch.relu),
        (Tanh(), torch.tanh),
        (Sigmoid(), torch.sigmoid),
        (LeakyReLU(0.2), torch.nn.LeakyReLU(0.2)),
        (ELU(0.7), torch.nn.ELU(0.7)),
        (SELU(), torch.nn.SELU()),
        (Softplus(2.0), torch.nn.Softplus(2.0)),
        (GELU(), torch.nn.GELU()),
        (Identity(), torch.nn.Identity()),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Module) else "",
)
def test_edges_are_treated_as_torch_treats_them(module: Module, oracle: Callable[..., torch.Tensor]) -> None:
    leaf = EDGES.clone().requires_grad_()
    expected = oracle(leaf)
    expected.backward(torch.full_like(EDGES, 3.0))
    output, input_gradient = module.forward(EDGES), module.backward(torch.full_like(EDGES, 3.0))
    known = ~expected.isnan()  # torch's GELU is nan at both infinities
    torch.testing.assert_close(output[known], expected[known].detach())
    assert output[-1].isnan()
    known = ~(leaf.grad.isnan() | EDGES.isnan())  # at nan there is no derivative: the paper's ReLU has 0, torch's 1
    torch.testing.assert_close(input_gradient[known], leaf.grad[known])


def test_small_numbers_keep_their_digits() -> None:
    x = torch.tensor([-30.0, -80.0])  # 1 + e^x is 1 in float32
    torch.testing.assert_close(Softplus().forward(x), x.exp(), rtol=1e-5, atol=0)
    x = torch.tensor([-1e-10, -1e-20])  # and so is e^x
    torch.testing.assert_close(ELU().forward(x), x, rtol=1e-5, atol=0)


def test_a_nan_comes_back_through_relu_to_its_own_sample_and_to_all_weights() -> None:
    generator, loss = torch.Generator().manual_seed(0), LossMSE()
    network = Sequential(Linear(2, 4, generator=generator), ReLU(), Linear(4, 3, generator=generator))
    loss.forward(network.forward(torch.tensor([[math.nan, 1.0], [1.0, 1.0]])), torch.zeros(2, 3))
    input_gradient = network.backward(loss.backward())
    assert input_gradient.isnan().tolist() == [[True, True], [False, False]]
    assert all(parameter.gradient.isnan().all() for parameter in network.param())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: LeakyReLU(math.inf), "LeakyReLU needs a finite slope, not inf."),
        (lambda: ELU(math.nan), "ELU needs a finite alpha, not nan."),
        (lambda: Softplus(0.0), "Softplus needs a finite beta above 0, not 0.0."),
        (lambda: Softplus(-1.0), "Softplus needs a finite beta above 0, not -1.0."),
        (lambda: Softplus(1.0, math.nan), "Softplus needs a number as threshold, not nan."),
        (lambda: Softplus(math.inf), "Softplus needs a finite beta above 0, not inf."),
    ],
)
def test_bad_arguments_raise_a_sentence_that_names_them(make: Callable[[], Module], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()
