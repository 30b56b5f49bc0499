"""Optimizers: how they move parameters, against torch.optim and by hand."""

import copy
import math
import pickle
import re
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl import SGD, Adam, AdamW, Linear, Optimizer, Parameter, ReLU, RMSprop, Sequential

EVERY = [
    lambda parameters, lr: SGD(parameters, lr),
    lambda parameters, lr: SGD(parameters, lr, momentum=0.9, nesterov=True, weight_decay=0.1),
    lambda parameters, lr: SGD(parameters, lr, momentum=0.9),
    lambda parameters, lr: Adam(parameters, lr),
    lambda parameters, lr: Adam(parameters, lr, weight_decay=0.1),
    lambda parameters, lr: AdamW(parameters, lr),
    lambda parameters, lr: RMSprop(parameters, lr, weight_decay=0.1),
    lambda parameters, lr: RMSprop(parameters, lr, momentum=0.5),
    lambda parameters, lr: RMSprop(parameters, lr, momentum=0.5, centered=True),
]
NAMES = ["SGD", "Nesterov", "momentum", "Adam", "Adam with decay", "AdamW", "RMSprop", "its momentum", "centered"]
every_optimizer = pytest.mark.parametrize("make", EVERY, ids=NAMES)
Make = Callable[[list[Parameter], float | torch.Tensor], Optimizer]


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


@every_optimizer
def test_a_step_leaves_the_gradients_as_they_are(make: Make) -> None:
    only = parameter(1.0, -2.0)
    optimizer = make([only], 0.1)
    for _ in range(2):
        optimizer.step()
    assert only.gradient.tolist() == [10.0, -20.0]


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


def follow(parameters: list[Parameter], optimizer: Optimizer, count: int, seed: int) -> None:
    """Take steps along gradients that the seed decides, whatever the values."""
    generator = torch.Generator().manual_seed(seed)
    for _ in range(count):
        for _, gradient in parameters:
            gradient.copy_(torch.randn(gradient.shape, generator=generator, dtype=gradient.dtype))
        optimizer.step()


def equal(found: list[torch.Tensor], expected: list[torch.Tensor]) -> bool:
    return all(map(torch.equal, found, expected))


@every_optimizer
@settings(max_examples=20)
@given(
    shapes=st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=4),
    dtype=st.sampled_from([torch.float32, torch.float64]),
    runs=st.sampled_from([None, 2]),
    before=st.integers(0, 4),
    joined_before=st.integers(0, 4),
)
def test_an_optimizer_that_loads_a_state_goes_on_bit_for_bit(
    make: Make, shapes: list[list[int]], dtype: torch.dtype, runs: int | None, before: int, joined_before: int
) -> None:
    rate = 0.1 if runs is None else torch.tensor([0.1, 0.2])
    shapes = shapes if runs is None else [[runs, *shape] for shape in shapes]
    first, second = ([Parameter(torch.ones(s, dtype=dtype), torch.ones(s, dtype=dtype)) for s in shapes] for _ in "12")
    SGD(first[:joined_before], 0.1)  # the numbers may lie in several buffers
    optimizer, other = make(first, rate), make(second, rate)
    follow(first, optimizer, before, seed=0)
    follow(second, other, 3, seed=1)
    for now, then in zip(second, first, strict=True):
        now.value.copy_(then.value)
    other.load_state(optimizer.state())
    assert equal(list(other.state().values()), list(optimizer.state().values()))
    follow(first, optimizer, 3, seed=2)
    follow(second, other, 3, seed=2)
    assert equal([value for value, _ in second], [value for value, _ in first])


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda p: SGD(p, 0.1), []),
        (RMSprop, ["mean_square"]),
        (lambda p: RMSprop(p, centered=True), ["mean_square", "mean"]),
        (lambda p: RMSprop(p, momentum=0.9), ["mean_square", "velocity"]),
    ],
)
def test_a_state_is_named_by_the_parameters_indices(make, names: list[str]) -> None:
    optimizer = make([parameter(1.0, 2.0), parameter(3.0)])
    optimizer.step()
    sizes = {name: tuple(tensor.shape) for name, tensor in optimizer.state().items()}
    assert sizes == {f"{index}.{name}": (2 - index,) for index in (0, 1) for name in names}


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda p: SGD(p, 0.1, momentum=0.5), {"0.velocity": 10.0}),
        (lambda p: Adam(p, betas=(0.8, 0.5)), {"0.mean": 2.0, "0.mean_square": 50.0, "steps": 1}),
        (
            lambda p: RMSprop(p, alpha=0.5, centered=True, momentum=0.5, epsilon=0.0),
            {"0.mean_square": 50.0, "0.mean": 5.0, "0.velocity": 2.0},  # 10 / sqrt(50 - 5^2)
        ),
    ],
)
def test_after_a_step_along_a_gradient_of_10_the_state_is(make, expected: dict[str, float]) -> None:
    optimizer = make([parameter(1.0)])
    optimizer.step()
    assert {name: tensor.item() for name, tensor in optimizer.state().items()} == pytest.approx(expected)


def test_a_state_is_a_copy_and_copied_when_it_is_loaded() -> None:
    only = parameter(1.0)
    optimizer = SGD([only], 0.1, momentum=0.5)
    optimizer.step()
    state = optimizer.state()
    state["0.velocity"].fill_(4.0)
    assert optimizer.state()["0.velocity"].item() == 10.0
    optimizer.load_state(state)
    state["0.velocity"].zero_()
    assert optimizer.state()["0.velocity"].item() == 4.0


def test_a_state_that_does_not_fit_raises_one_sentence_with_all_faults_and_changes_nothing() -> None:
    optimizer = Adam([parameter(1.0, 2.0), parameter(3.0)])
    optimizer.step()
    before = optimizer.state()
    state = {name: tensor + 1 for name, tensor in before.items()}
    del state["0.mean"]
    state["2.mean"] = torch.zeros(1)
    state["0.mean_square"] = torch.zeros(3)
    state["1.mean"] = torch.zeros(1, dtype=torch.float64)
    state["steps"] = torch.tensor(7.0)
    message = (
        "This state does not fit Adam: 0.mean is missing; 2.mean is unknown; "
        "0.mean_square is (3,) of torch.float32 instead of (2,) of torch.float32; "
        "1.mean is (1,) of torch.float64 instead of (1,) of torch.float32; "
        "steps is () of torch.float32 instead of () of torch.int64."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        optimizer.load_state(state)
    with pytest.raises(ValueError, match=r"^Adam needs a state of tensors by name, not a list\.$"):
        optimizer.load_state([])
    torch.testing.assert_close(optimizer.state(), before, rtol=0, atol=0)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_an_optimizer_refuses_to_be_copied_and_names_its_state(copied: Callable[[Optimizer], object]) -> None:
    with pytest.raises(TypeError, match=r"^Adam is neither copied nor pickled: keep its state\(\) instead\.$"):
        copied(Adam([parameter(1.0)]))
