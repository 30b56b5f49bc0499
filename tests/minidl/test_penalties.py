"""Penalties against autograd, and against weight decay."""

import copy
import math
import pickle

import pytest
import torch

from minidl import L1, L2, SGD, Linear, Parameter
from minidl.penalties import Penalty


def parameters() -> list[Parameter]:
    values = [torch.tensor([[1.0, -2.0], [0.0, 3.0]], dtype=torch.float64), torch.tensor([-0.5], dtype=torch.float64)]
    return [Parameter(value, torch.ones_like(value)) for value in values]


@pytest.mark.parametrize(
    ("penalty", "cost"), [(L1, lambda w: w.abs().sum()), (L2, lambda w: w.square().sum() / 2)], ids=["L1", "L2"]
)
def test_value_and_gradient_are_those_of_autograd_and_gradients_accumulate(penalty: type[Penalty], cost) -> None:
    ours = parameters()
    leaves = [parameter.value.clone().requires_grad_() for parameter in ours]
    expected = 0.3 * sum(cost(leaf) for leaf in leaves)
    gradients = torch.autograd.grad(expected, leaves)
    term = penalty(ours, 0.3)
    torch.testing.assert_close(term.forward(), expected.detach())
    term.backward()
    term.backward()
    for parameter, gradient in zip(ours, gradients, strict=True):
        torch.testing.assert_close(parameter.gradient, 1 + 2 * gradient)


def test_l2_is_weight_decay_under_sgd() -> None:
    with_penalty, with_decay = parameters(), parameters()
    L2(with_penalty, 0.3).backward()
    SGD(with_penalty, lr=0.1).step()
    SGD(with_decay, lr=0.1, weight_decay=0.3).step()
    torch.testing.assert_close([p.value for p in with_penalty], [p.value for p in with_decay])


def test_nothing_to_penalise_costs_nothing() -> None:
    assert L1([], 1.0).forward().item() == 0


@pytest.mark.parametrize("strength", [-0.1, math.inf, math.nan])
def test_a_bad_strength_raises_a_sentence(strength: float) -> None:
    with pytest.raises(ValueError, match=rf"^L1 needs a finite strength of at least 0, not {strength}\.$"):
        L1([], strength)


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))], ids=["deepcopy", "pickle"]
)
def test_a_copied_penalty_adds_to_the_gradients_of_the_copied_network_alone(copied) -> None:
    linear = Linear(2, 3)
    SGD(linear.param(), 0.1)  # gathers the parameters into one buffer
    twin, twin_penalty = copied((linear, L1(linear.param(), 0.3)))
    twin_penalty.backward()
    assert twin.weight_gradient.abs().sum().item() == pytest.approx(6 * 0.3)
    assert not linear.weight_gradient.any()
