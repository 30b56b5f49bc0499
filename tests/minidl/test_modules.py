"""What every module promises, checked on one table of cases; autograd and central differences are the oracles."""

import copy
import pickle
from collections.abc import Callable
from typing import NamedTuple

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from minidl import (
    ELU,
    GELU,
    SELU,
    BatchNorm1d,
    Dropout,
    Identity,
    LeakyReLU,
    Linear,
    Module,
    ReLU,
    Sequential,
    Sigmoid,
    Softplus,
    Tanh,
    gradient_check,
    stack,
    unstack,
)

DOUBLE = torch.float64
some_examples = settings(deadline=None, max_examples=25)


class Case(NamedTuple):
    """A module, and the same function in torch operations that autograd can follow."""

    name: str
    make: Callable[[torch.Generator, torch.dtype], Module]
    oracle: Callable[..., Tensor]  # (input, parameter values ...) -> output
    features: int | None = None  # the input's last dimension; None takes any shape, 0-d too
    kinks: tuple[float, ...] = ()  # inputs at which there is no derivative to compare
    batch_only: bool = False  # the input must be (N, features), N above 1


def evaluated(module: Module) -> Module:
    module.evaluate()
    return module


def batch_norm(dtype: torch.dtype, *, training: bool) -> Module:
    module = BatchNorm1d(3, dtype=dtype)
    module.scale.copy_(torch.tensor([0.5, -2.0, 1.5], dtype=DOUBLE))
    module.shift.copy_(torch.tensor([1.0, 0.0, -1.0], dtype=DOUBLE))
    module.running_mean.copy_(torch.tensor([0.1, -0.2, 0.3], dtype=DOUBLE))
    module.running_variance.copy_(torch.tensor([0.5, 2.0, 1.0], dtype=DOUBLE))
    module.train(training)
    return module


def evaluated_norm(x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    mean, variance = torch.tensor([0.1, -0.2, 0.3], dtype=x.dtype), torch.tensor([0.5, 2.0, 1.0], dtype=x.dtype)
    return torch.nn.functional.batch_norm(x, mean, variance, scale, shift)


def trained_norm(x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    return torch.nn.functional.batch_norm(x, None, None, scale, shift, training=True)


CASES = [
    Case("Linear", lambda g, d: Linear(3, 2, generator=g, dtype=d), lambda x, w, b: x @ w + b, 3),
    Case("Linear without bias", lambda g, d: Linear(3, 2, False, generator=g, dtype=d), lambda x, w: x @ w, 3),
    Case("Linear of width 1", lambda g, d: Linear(1, 1, generator=g, dtype=d), lambda x, w, b: x @ w + b, 1),
    Case("ReLU", lambda *_: ReLU(), torch.relu, kinks=(0.0,)),
    Case("LeakyReLU", lambda *_: LeakyReLU(0.2), lambda x: torch.nn.functional.leaky_relu(x, 0.2), kinks=(0.0,)),
    Case("ELU", lambda *_: ELU(0.7), lambda x: torch.nn.functional.elu(x, 0.7), kinks=(0.0,)),
    Case("SELU", lambda *_: SELU(), torch.nn.functional.selu, kinks=(0.0,)),
    Case("Sigmoid", lambda *_: Sigmoid(), torch.sigmoid),
    Case("Tanh", lambda *_: Tanh(), torch.tanh),
    Case("Softplus", lambda *_: Softplus(2.0), lambda x: torch.nn.functional.softplus(x, 2.0)),
    Case("GELU", lambda *_: GELU(), torch.nn.functional.gelu),
    Case("Identity", lambda *_: Identity(), lambda x: x * 1),
    Case("Dropout in evaluation", lambda *_: evaluated(Dropout(0.3)), lambda x: x * 1),
    Case("Dropout of everything", lambda *_: Dropout(1.0), lambda x: x * 0),
    Case("BatchNorm1d in training", lambda _, d: batch_norm(d, training=True), trained_norm, 3, (), True),
    Case("BatchNorm1d in evaluation", lambda _, d: batch_norm(d, training=False), evaluated_norm, 3, (), True),
    Case("empty Sequential", lambda *_: Sequential(), lambda x: x * 1),
    Case(
        "Sequential with batch normalisation",
        lambda g, d: Sequential(Linear(2, 3, generator=g, dtype=d), batch_norm(d, training=True), Sigmoid()),
        lambda x, w, b, scale, shift: torch.sigmoid(trained_norm(x @ w + b, scale, shift)),
        2,
        (),
        True,
    ),
    Case(
        "Sequential",
        lambda g, d: Sequential(
            Linear(2, 4, generator=g, dtype=d),
            Sequential(Tanh(), Linear(4, 3, False, generator=g, dtype=d)),
            Tanh(),
        ),
        lambda x, w, b, v: torch.tanh(torch.tanh(x @ w + b) @ v),
        2,
    ),
]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
every_case_that_remembers = pytest.mark.parametrize(
    "case", [case for case in CASES if case.name != "empty Sequential"], ids=lambda case: case.name
)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def input_of(case: Case, leading: tuple[int, ...], seed: int = 2, dtype: torch.dtype = DOUBLE) -> Tensor:
    shape = leading if case.features is None else (*leading, case.features)
    x = torch.randn(shape, generator=seeded(seed), dtype=dtype)
    for kink in case.kinks:
        x = torch.where((x - kink).abs() < 1e-3, x + 0.1, x)
    return x


def fitting(case: Case, leading: tuple[int, ...]) -> tuple[int, ...]:
    return (2 + sum(leading),) if case.batch_only else leading


def run(case: Case, leading: tuple[int, ...] = (4,)) -> tuple[Module, Tensor, Tensor, Tensor]:
    """Return the module after a forward, its input, its output and a gradient for that output."""
    module = case.make(seeded(0), DOUBLE)
    x = input_of(case, fitting(case, leading))
    output = module.forward(x)
    return module, x, output, torch.randn(output.shape, generator=seeded(7), dtype=DOUBLE)


def by_autograd(case: Case, module: Module, x: Tensor, output_gradient: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Return the oracle's output and the gradients of its input and parameters."""
    leaves = [x, *(parameter.value for parameter in module.param())]
    leaves = [leaf.detach().clone().requires_grad_() for leaf in leaves]
    output = case.oracle(*leaves)
    return output.detach(), list(torch.autograd.grad(output, leaves, output_gradient))


@every_case
@some_examples
@given(leading=st.lists(st.integers(0, 4), max_size=3).map(tuple))
def test_output_and_gradients_are_those_of_autograd_in_every_shape(case: Case, leading: tuple[int, ...]) -> None:
    module, x, output, output_gradient = run(case, leading)
    input_gradient = module.backward(output_gradient)

    expected, expected_gradients = by_autograd(case, module, x, output_gradient)
    torch.testing.assert_close(output, expected, rtol=1e-12, atol=1e-12)
    gradients = [input_gradient, *(parameter.gradient for parameter in module.param())]
    torch.testing.assert_close(gradients, expected_gradients, rtol=1e-12, atol=1e-12)


@every_case
def test_gradients_are_central_differences(case: Case) -> None:
    module, x, _, output_gradient = run(case)
    gradients = [module.backward(output_gradient), *(parameter.gradient for parameter in module.param())]
    places = [x, *(parameter.value for parameter in module.param())]
    step = 1e-6
    for place, gradient in zip(places, gradients, strict=True):
        for index in range(place.numel()):
            flat, differences = place.view(-1), []
            centre = flat[index].item()
            for moved in (centre + step, centre - step):
                flat[index] = moved
                differences.append((module.forward(x) * output_gradient).sum().item())
            flat[index] = centre
            slope = (differences[0] - differences[1]) / (2 * step)
            assert gradient.reshape(-1)[index].item() == pytest.approx(slope, rel=1e-6, abs=1e-7)


@every_case
def test_several_backwards_follow_one_forward_and_add_up(case: Case) -> None:
    module, _, _, output_gradient = run(case)
    first = module.backward(output_gradient)
    once = [parameter.gradient.clone() for parameter in module.param()]
    second = module.backward(output_gradient)
    torch.testing.assert_close(first, second, rtol=0, atol=0)
    for parameter, gradient in zip(module.param(), once, strict=True):
        torch.testing.assert_close(parameter.gradient, 2 * gradient)


@every_case
def test_backward_belongs_to_the_latest_forward(case: Case) -> None:
    module, _, _, _ = run(case)
    other = input_of(case, (2,), seed=5)
    output_gradient = torch.ones_like(module.forward(other))
    input_gradient = module.backward(output_gradient)
    torch.testing.assert_close(input_gradient, by_autograd(case, module, other, output_gradient)[1][0])


@every_case
def test_nothing_is_written_into_the_input_the_output_or_the_gradients_passed(case: Case) -> None:
    module = case.make(seeded(0), DOUBLE)
    x = input_of(case, (4,))
    x_before = x.clone()
    output = module.forward(x)
    output_before = output.clone()
    output_gradient = torch.randn(output.shape, generator=seeded(7), dtype=DOUBLE)
    output_gradient_before = output_gradient.clone()
    input_gradient = module.backward(output_gradient)
    input_gradient_before = input_gradient.clone()
    module.backward(output_gradient)
    for seed in (3, 4):
        module.backward(torch.randn(output.shape, generator=seeded(9), dtype=DOUBLE))
        module.forward(input_of(case, (4,), seed))
    passed = [x, output, output_gradient, input_gradient]
    before = [x_before, output_before, output_gradient_before, input_gradient_before]
    torch.testing.assert_close(passed, before, rtol=0, atol=0)


@every_case_that_remembers
def test_backward_before_forward_raises_a_sentence(case: Case) -> None:
    module = case.make(seeded(0), DOUBLE)
    with pytest.raises(RuntimeError, match=r"^\w+\.backward needs a forward before it: call forward first\.$"):
        module.backward(torch.ones(4, 2, dtype=DOUBLE))


@every_case_that_remembers
def test_an_output_gradient_of_another_shape_raises_a_sentence_with_both_shapes(case: Case) -> None:
    module, _, output, _ = run(case)
    for shape in [(1, *output.shape), (1, *output.shape[1:]), (output.numel(), 1), (*output.shape[:-1], 7)]:
        if shape == output.shape:
            continue
        with pytest.raises(ValueError, match=r"shape and dtype, \([46],.*, not \(") as error:
            module.backward(torch.ones(shape, dtype=DOUBLE))
        assert str(shape) in str(error.value)


@every_case
def test_float32_stays_float32(case: Case) -> None:
    module = case.make(seeded(0), torch.float32)
    output = module.forward(input_of(case, (4,), dtype=torch.float32))
    assert output.dtype == torch.float32
    assert module.backward(torch.ones_like(output)).dtype == torch.float32


@every_case
def test_non_contiguous_input_and_gradient_give_the_same(case: Case) -> None:
    module, x, output, output_gradient = run(case, (4, 2))
    expected = module.backward(output_gradient)
    scattered, scattered_gradient = (
        torch.stack([tensor, torch.zeros_like(tensor)], -1)[..., 0] for tensor in (x, output_gradient)
    )
    assert not scattered.is_contiguous()
    torch.testing.assert_close(module.forward(scattered), output)
    torch.testing.assert_close(module.backward(scattered_gradient), expected)


@every_case
@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda module: pickle.loads(pickle.dumps(module))], ids=["deepcopy", "pickle"]
)
def test_a_copy_goes_on_where_the_original_stood_and_on_its_own(case: Case, copied: Callable[[Module], Module]) -> None:
    module, x, output, output_gradient = run(case)
    twin = copied(module)
    torch.testing.assert_close(twin.backward(output_gradient), module.backward(output_gradient), rtol=0, atol=0)
    torch.testing.assert_close(twin.param(), module.param(), rtol=0, atol=0)
    for parameter in twin.param():
        parameter.value.zero_()
    torch.testing.assert_close(module.forward(x), output, rtol=0, atol=0)


@every_case
def test_inference_mode_changes_nothing(case: Case) -> None:
    module, x, output, output_gradient = run(case)
    expected = module.backward(output_gradient)
    with torch.inference_mode():
        torch.testing.assert_close(module.forward(x), output, rtol=0, atol=0)
        torch.testing.assert_close(module.backward(output_gradient), expected, rtol=0, atol=0)


@every_case
def test_backward_parameters_adds_what_backward_adds(case: Case) -> None:
    module, _, _, output_gradient = run(case)
    module.backward(output_gradient)
    expected = [parameter.gradient.clone() for parameter in module.param()]
    for parameter in module.param():
        parameter.gradient.zero_()
    module.backward_parameters(output_gradient)
    torch.testing.assert_close([parameter.gradient for parameter in module.param()], expected)


@every_case
def test_gradient_check_finds_every_gradient_right_and_leaves_the_module_alone(case: Case) -> None:
    module, x, _, _ = run(case)
    before = module.state()
    errors = gradient_check(module, x)
    assert set(errors) == {"input", *(name for name in module.tensors() if not name.split(".")[-1].startswith("run"))}
    assert max(errors.values()) < 1e-6
    torch.testing.assert_close(module.state(), before, rtol=0, atol=0)
    assert not any(parameter.gradient.any() for parameter in module.param())


@every_case
def test_state_carries_a_module_to_another_of_its_kind(case: Case) -> None:
    module, x, output, _ = run(case)
    state = module.state()
    other = case.make(seeded(5), DOUBLE)
    for tensor in other.tensors().values():
        tensor.add_(1.0)
    other.load_state(state)
    torch.testing.assert_close(other.forward(x), output, rtol=0, atol=0)
    for tensor in state.values():
        tensor.zero_()
    torch.testing.assert_close(module.forward(x), output, rtol=0, atol=0)


@every_case
@pytest.mark.parametrize("leading", [(4,), (), (2, 3), (0,)])
def test_stacked_modules_give_what_each_gives_alone(case: Case, leading: tuple[int, ...]) -> None:
    leading = fitting(case, leading)
    alone = [case.make(seeded(seed), DOUBLE) for seed in range(3)]
    inputs = [input_of(case, leading, seed) for seed in range(3)]
    together = stack(alone)
    outputs = [module.forward(x) for module, x in zip(alone, inputs, strict=True)]
    torch.testing.assert_close(together.forward(torch.stack(inputs)), torch.stack(outputs))

    output_gradients = [torch.randn(outputs[0].shape, generator=seeded(seed), dtype=DOUBLE) for seed in range(3)]
    for _ in range(2):  # gradients accumulate
        input_gradients = [module.backward(g) for module, g in zip(alone, output_gradients, strict=True)]
        input_gradient = together.backward(torch.stack(output_gradients))
        torch.testing.assert_close(input_gradient, torch.stack(input_gradients))
    gradients = zip(*([parameter.gradient for parameter in module.param()] for module in alone), strict=True)
    expected = [torch.stack(each) for each in gradients]
    torch.testing.assert_close([parameter.gradient for parameter in together.param()], expected)
    if together.param():
        for module, single in zip(unstack(together), alone, strict=True):
            torch.testing.assert_close(module.state(), single.state())
            torch.testing.assert_close(module.param(), single.param())
