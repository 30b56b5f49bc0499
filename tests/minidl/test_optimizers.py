"""Optimisers: how they move parameters, against torch.optim and by hand."""

import math

import pytest
import torch

from minidl import SGD, Linear, Parameter


def parameter(*values: float) -> Parameter:
    return Parameter(torch.tensor(values), torch.tensor(values) * 10)


def test_a_step_moves_every_parameter_against_its_gradient() -> None:
    parameters = [parameter(1.0, 2.0), parameter(-3.0)]
    SGD(parameters, lr=0.01).step()
    torch.testing.assert_close(parameters[0].value, torch.tensor([0.9, 1.8]))
    torch.testing.assert_close(parameters[1].value, torch.tensor([-2.7]))
    assert parameters[0].gradient.tolist() == [10.0, 20.0]


def test_the_learning_rate_may_change_between_two_steps() -> None:
    only = parameter(1.0)
    optimizer = SGD([only], lr=0.01)
    optimizer.lr = 0.05
    assert optimizer.lr == 0.05
    optimizer.step()
    torch.testing.assert_close(only.value, torch.tensor([0.5]))


def test_zero_grad_forgets_every_gradient_and_moves_nothing() -> None:
    parameters = [parameter(1.0, 2.0), parameter(-3.0)]
    optimizer = SGD((p for p in parameters), lr=0.01)  # any iterable will do
    optimizer.zero_grad()
    assert all(not p.gradient.any() for p in parameters)
    optimizer.step()
    assert parameters[0].value.tolist() == [1.0, 2.0]
    parameters[1].gradient.fill_(100.0)
    optimizer.step()
    assert parameters[1].value.tolist() == [-4.0]


def test_the_module_sees_the_step() -> None:
    linear = Linear(2, 1)
    optimizer = SGD(linear.param(), lr=1.0)
    before = linear.forward(torch.ones(1, 2)).item()
    linear.backward(torch.ones(1, 1))
    optimizer.step()
    assert linear.forward(torch.ones(1, 2)).item() == pytest.approx(before - 3, abs=1e-5)
    assert linear.weight is linear.param()[0].value


def test_it_works_without_parameters() -> None:
    optimizer = SGD([], lr=0.1)
    optimizer.zero_grad()
    optimizer.step()


@pytest.mark.parametrize("lr", [-0.1, math.inf, -math.inf, math.nan])
def test_a_bad_learning_rate_raises_a_sentence_that_names_it(lr: float) -> None:
    message = rf"^SGD needs a finite learning rate of at least 0, not {lr}\.$"
    with pytest.raises(ValueError, match=message):
        SGD([], lr=lr)
    optimizer = SGD([], lr=0.1)
    with pytest.raises(ValueError, match=message):
        optimizer.lr = lr
    assert optimizer.lr == 0.1
