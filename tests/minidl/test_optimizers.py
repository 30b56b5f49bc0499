"""Optimisers: how they move parameters, against torch.optim and by hand."""

import copy
import math
import pickle
import re
from collections.abc import Callable

import pytest
import torch

from minidl import SGD, Adam, AdamW, Linear, Optimizer, Parameter, ReLU, RMSprop, Sequential

EVERY = [
    lambda parameters, lr: SGD(parameters, lr),
    lambda parameters, lr: SGD(parameters, lr, momentum=0.9, nesterov=True, weight_decay=0.1),
    lambda parameters, lr: Adam(parameters, lr),
    lambda parameters, lr: AdamW(parameters, lr),
    lambda parameters, lr: RMSprop(parameters, lr, momentum=0.5, centered=True),
]
every_optimizer = pytest.mark.parametrize("make", EVERY, ids=["SGD", "SGD with momentum", "Adam", "AdamW", "RMSprop"])
Make = Callable[[list[Parameter], float], Optimizer]


def network() -> Sequential:
    generator = torch.Generator().manual_seed(0)
    return Sequential(Linear(2, 3, generator=generator), ReLU(), Linear(3, 1, generator=generator))


def steps(module: Sequential, optimizer: Optimizer, count: int) -> list[torch.Tensor]:
    """Train on fixed numbers and return the parameters' values."""
    x = torch.tensor([[1.0, 2.0], [-1.0, 0.5], [0.3, -2.0]])
    for _ in range(count):
        optimizer.zero_grad()
        module.backward(module.forward(x) - 1)
        optimizer.step()
    return [parameter.value.clone() for parameter in module.param()]


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


@every_optimizer
def test_one_buffer_changes_no_result(make: Make) -> None:
    joined = network()
    expected = network()
    one_by_one = [make([parameter], 0.1) for parameter in expected.param()]
    optimizer = make(joined.param(), 0.1)
    for _ in range(4):
        after = steps(joined, optimizer, 1)
        for each in one_by_one:
            each.zero_grad()
        x = torch.tensor([[1.0, 2.0], [-1.0, 0.5], [0.3, -2.0]])
        expected.backward(expected.forward(x) - 1)
        for each in one_by_one:
            each.step()
        torch.testing.assert_close(after, [parameter.value for parameter in expected.param()])


@pytest.mark.parametrize(
    "make",
    [*EVERY, lambda p, lr: Adam(p, lr, weight_decay=0.1), lambda p, lr: RMSprop(p, lr, weight_decay=0.1)],
)
def test_a_step_leaves_the_gradients_as_they_are(make: Make) -> None:
    only = parameter(1.0, -2.0)
    optimizer = make([only], 0.1)
    for _ in range(2):
        optimizer.step()
    assert only.gradient.tolist() == [10.0, -20.0]


@every_optimizer
@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))], ids=["copy", "pickle"]
)
def test_a_copied_pair_of_network_and_optimizer_goes_on_alike_and_on_its_own(make: Make, copied) -> None:
    module = network()
    optimizer = make(module.param(), 0.1)
    steps(module, optimizer, 3)
    twin, twin_optimizer = copied((module, optimizer))
    before = [parameter.value.clone() for parameter in module.param()]
    after = steps(twin, twin_optimizer, 3)
    torch.testing.assert_close([parameter.value for parameter in module.param()], before, rtol=0, atol=0)
    torch.testing.assert_close(after, steps(module, optimizer, 3), rtol=0, atol=0)
    for part in (0, 1):
        assert len({parameter[part].untyped_storage().data_ptr() for parameter in twin.param()}) == 1, "one buffer"


def test_several_optimizers_may_share_parameters() -> None:
    module = network()
    weights = [parameter for parameter in module.param() if parameter.value.dim() == 2]
    first, every, some = SGD(weights[:1], 0.1), SGD(module.param(), 0.1), SGD(weights, 0.1)
    for parameter in module.param():
        parameter.value.zero_()
        parameter.gradient.fill_(1.0)
    first.step()
    every.step()
    some.step()
    found = {name: tensor.mean().item() for name, tensor in module.tensors().items()}
    assert found == pytest.approx({"0.weight": -0.3, "0.bias": -0.1, "2.weight": -0.2, "2.bias": -0.1})
    first.zero_grad()
    assert not module.modules[0].weight_gradient.any()
    assert module.modules[2].weight_gradient.all()


def test_an_optimizer_made_in_inference_mode_serves_outside_too() -> None:
    inside, outside = network(), network()
    with torch.inference_mode():
        optimizer = SGD(inside.param(), 0.1)
        steps(inside, optimizer, 1)
    expected = steps(outside, SGD(outside.param(), 0.1), 2)
    torch.testing.assert_close(steps(inside, optimizer, 1), expected, rtol=0, atol=0)


def test_every_run_has_its_own_learning_rate() -> None:
    parameters = [Parameter(torch.zeros(shape), torch.ones(shape)) for shape in [(2, 3, 4), (2, 4), (2,)]]
    optimizer = SGD(parameters, torch.tensor([0.1, 0.2]))
    optimizer.step()
    for value, _ in parameters:
        torch.testing.assert_close(value[0], torch.full_like(value[0], -0.1))
        torch.testing.assert_close(value[1], torch.full_like(value[1], -0.2))
    optimizer.lr = torch.tensor([0.0, 1.0])
    optimizer.step()
    torch.testing.assert_close(parameters[1].value[:, 0], torch.tensor([-0.1, -1.2]))
    rates = torch.tensor([0.0, 1.0])
    optimizer.lr = rates
    rates.zero_()
    assert optimizer.lr.tolist() == [0.0, 1.0]
    twin = copy.deepcopy(optimizer)
    twin.step()
    torch.testing.assert_close(twin.parameters[1].value[:, 0], torch.tensor([-0.1, -2.2]))
    optimizer.lr = 0.5
    optimizer.step()
    torch.testing.assert_close(parameters[1].value[:, 0], torch.tensor([-0.6, -1.7]))


def test_rates_that_do_not_fit_the_runs_raise_a_sentence() -> None:
    parameters = [Parameter(torch.zeros(2, 3), torch.ones(2, 3))]
    message = "SGD needs one learning rate a run; rates of shape (3,) came with parameters of [2] runs."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        SGD(parameters, torch.ones(3))
    with pytest.raises(ValueError, match=r"^SGD needs a finite learning rate of at least 0, not -1\.0\.$"):
        SGD(parameters, torch.tensor([1.0, -1.0]))


def test_a_parameter_that_comes_twice_raises_a_sentence() -> None:
    only = parameter(1.0)
    with pytest.raises(ValueError, match=r"^SGD takes every parameter once; one of 2 came twice\.$"):
        SGD([only, only], lr=0.1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SGD([], 0.1, momentum=-1), "SGD needs a finite momentum of at least 0, not -1."),
        (lambda: SGD([], 0.1, weight_decay=math.nan), "SGD needs a finite weight decay of at least 0, not nan."),
        (lambda: SGD([], 0.1, nesterov=True), "SGD needs a momentum above 0 for nesterov, not 0.0."),
        (lambda: Adam([], betas=(1.0, 0.9)), "Adam needs a first beta of at least 0 and below 1, not 1.0."),
        (lambda: AdamW([], betas=(0.9, -0.1)), "AdamW needs a second beta of at least 0 and below 1, not -0.1."),
        (lambda: Adam([], epsilon=-1.0), "Adam needs a finite epsilon of at least 0, not -1.0."),
        (lambda: AdamW([], weight_decay=-1.0), "AdamW needs a finite weight decay of at least 0, not -1.0."),
        (lambda: RMSprop([], alpha=1.0), "RMSprop needs an alpha of at least 0 and below 1, not 1.0."),
        (lambda: RMSprop([], momentum=math.inf), "RMSprop needs a finite momentum of at least 0, not inf."),
        (lambda: RMSprop([], epsilon=-1.0), "RMSprop needs a finite epsilon of at least 0, not -1.0."),
        (lambda: RMSprop([], weight_decay=-1.0), "RMSprop needs a finite weight decay of at least 0, not -1.0."),
    ],
)
def test_bad_arguments_raise_a_sentence(make: Callable[[], Optimizer], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_a_network_s_values_lie_in_one_buffer_and_its_gradients_in_another() -> None:
    module = network()
    before = [parameter.value.clone() for parameter in module.param()]
    SGD(module.param(), 0.1)
    for part in (0, 1):
        assert len({parameter[part].untyped_storage().data_ptr() for parameter in module.param()}) == 1
    torch.testing.assert_close([parameter.value for parameter in module.param()], before, rtol=0, atol=0)


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))], ids=["deepcopy", "pickle"]
)
@pytest.mark.parametrize("some_first", [True, False])
def test_optimizers_that_share_parameters_are_copied_together(copied, some_first: bool) -> None:
    module = network()
    every = SGD(module.param(), 0.1)
    some, one = SGD(module.param()[:2], 0.1), SGD(module.param()[3:], 0.1)
    order = (some, every, one) if some_first else (every, one, some)
    module, *optimizers = copied((module, *order))
    for parameter in module.param():
        parameter.value.zero_()
        parameter.gradient.fill_(1.0)
    for optimizer in optimizers:
        optimizer.step()
    found = {name: tensor.mean().item() for name, tensor in module.tensors().items()}
    assert found == pytest.approx({"0.weight": -0.2, "0.bias": -0.2, "2.weight": -0.1, "2.bias": -0.2})


def test_a_shallow_copy_moves_the_same_parameters_and_leaves_the_original_in_order() -> None:
    module = network()
    optimizer = SGD(module.param(), 0.1)
    for each in (copy.copy(optimizer), optimizer):
        module.modules[0].weight.zero_()
        module.modules[0].weight_gradient.fill_(1.0)
        each.step()
        assert module.modules[0].weight.mean().item() == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("ours", "theirs", "arguments"),
    [
        (Adam, torch.optim.Adam, {"betas": (0.5, 0.8), "weight_decay": 0.3}),
        (AdamW, torch.optim.AdamW, {"betas": (0.5, 0.8), "weight_decay": 0.3}),
        (RMSprop, torch.optim.RMSprop, {"alpha": 0.5, "momentum": 0.4, "centered": True}),
    ],
    ids=["Adam", "AdamW", "RMSprop"],
)
def test_a_large_epsilon_has_torch_s_place(ours, theirs, arguments: dict[str, float]) -> None:
    start = torch.randn(5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    leaf, only = start.clone().requires_grad_(), Parameter(start.clone(), start / 10)
    leaf.grad = only.gradient.clone()
    optimizer, oracle = ours([only], 0.1, epsilon=0.2, **arguments), theirs([leaf], 0.1, eps=0.2, **arguments)
    for _ in range(3):
        optimizer.step()
        oracle.step()
        torch.testing.assert_close(only.value, leaf.detach())
