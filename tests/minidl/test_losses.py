"""What every loss promises, checked on one table of cases; autograd and central differences are the oracles."""

import copy
import pickle
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from minidl import Loss, LossBinaryCrossEntropy, LossCrossEntropy, LossMSE

DOUBLE = torch.float64
Pair = tuple[Tensor, Tensor]


class Case(NamedTuple):
    """A loss, torch's own, and outputs and targets that it takes for a shape of samples."""

    name: str
    make: type[Loss]
    oracle: Callable[..., Callable[[Tensor, Tensor], Tensor]]
    inputs: Callable[[tuple[int, ...], torch.Generator], Pair]


def numbers(shape: tuple[int, ...], g: torch.Generator) -> Pair:
    return torch.randn(shape, generator=g, dtype=DOUBLE), torch.randn(shape, generator=g, dtype=DOUBLE)


def logits(shape: tuple[int, ...], g: torch.Generator) -> Pair:
    return 5 * torch.randn(shape, generator=g, dtype=DOUBLE), torch.rand(shape, generator=g, dtype=DOUBLE)


def classes(shape: tuple[int, ...], g: torch.Generator) -> Pair:
    output = 5 * torch.randn((*shape[:1], 3, *shape[1:]), generator=g, dtype=DOUBLE)
    return output, torch.randint(3, shape, generator=g)


def probabilities(shape: tuple[int, ...], g: torch.Generator) -> Pair:
    output, _ = classes(shape, g)
    return output, torch.rand(output.shape, generator=g, dtype=DOUBLE)


CASES = [
    Case("squared error", LossMSE, torch.nn.MSELoss, numbers),
    Case("binary cross-entropy", LossBinaryCrossEntropy, torch.nn.BCEWithLogitsLoss, logits),
    Case("cross-entropy of classes", LossCrossEntropy, torch.nn.CrossEntropyLoss, classes),
    Case("cross-entropy of probabilities", LossCrossEntropy, torch.nn.CrossEntropyLoss, probabilities),
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
every_reduction = pytest.mark.parametrize("reduction", ["sum", "mean"])


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@every_case
@every_reduction
@settings(deadline=None, max_examples=25)
@given(shape=st.lists(st.integers(0, 4), max_size=3).map(tuple))
def test_value_and_gradient_are_those_of_autograd_in_every_shape(case: Case, reduction, shape) -> None:
    output, target = case.inputs(shape, seeded())
    leaf = output.clone().requires_grad_()
    expected = case.oracle(reduction=reduction)(leaf, target)
    expected.backward()
    loss = case.make(reduction)
    value = loss.forward(output, target)
    assert value.shape == ()
    torch.testing.assert_close(value, expected.detach(), rtol=1e-12, atol=1e-12, equal_nan=True)
    torch.testing.assert_close(loss.backward(), leaf.grad, rtol=1e-12, atol=1e-12)


@every_case
@every_reduction
def test_gradient_is_the_central_difference_of_the_value(case: Case, reduction) -> None:
    (output, target), loss, step = case.inputs((3, 2), seeded()), case.make(reduction), 1e-6
    loss.forward(output, target)
    gradient = loss.backward()
    for index in range(output.numel()):
        offset = torch.zeros(output.numel(), dtype=DOUBLE)
        offset[index] = step
        offset = offset.view_as(output)
        slope = (loss.forward(output + offset, target) - loss.forward(output - offset, target)) / (2 * step)
        assert gradient.view(-1)[index].item() == pytest.approx(slope.item(), rel=1e-6, abs=1e-8)


@every_case
@every_reduction
def test_of_several_runs_each_has_its_own_value_and_gradient(case: Case, reduction) -> None:
    pairs = [case.inputs((4, 2), seeded(run)) for run in range(3)]
    alone = [case.make(reduction) for _ in pairs]
    values = [loss.forward(*pair) for loss, pair in zip(alone, pairs, strict=True)]
    together = case.make(reduction, runs=True)
    value = together.forward(torch.stack([pair[0] for pair in pairs]), torch.stack([pair[1] for pair in pairs]))
    torch.testing.assert_close(value, torch.stack(values))
    torch.testing.assert_close(together.backward(), torch.stack([loss.backward() for loss in alone]))


@every_case
@every_reduction
def test_nothing_is_written_into_output_target_or_gradient(case: Case, reduction) -> None:
    output, target = case.inputs((3, 2), seeded())
    before = [output.clone(), target.clone()]
    loss = case.make(reduction)
    loss.forward(output, target)
    gradient = loss.backward()
    before.append(gradient.clone())
    loss.backward()
    loss.forward(*case.inputs((3, 2), seeded(1)))
    loss.backward()
    torch.testing.assert_close([output, target, gradient], before, rtol=0, atol=0)


@every_case
def test_a_copy_goes_on_where_the_original_stood(case: Case) -> None:
    loss = case.make("mean")
    loss.forward(*case.inputs((3, 2), seeded()))
    for twin in (copy.deepcopy(loss), pickle.loads(pickle.dumps(loss))):
        assert torch.equal(twin.backward(), loss.backward())


@every_case
def test_float32_stays_float32(case: Case) -> None:
    output, target = case.inputs((3, 2), seeded())
    target = target.float() if target.is_floating_point() else target
    loss = case.make("mean")
    assert loss.forward(output.float(), target).dtype == torch.float32
    assert loss.backward().dtype == torch.float32


@every_case
def test_backward_before_forward_raises_a_sentence(case: Case) -> None:
    with pytest.raises(RuntimeError, match=r"^Loss\w+\.backward needs a forward before it: call forward first\.$"):
        case.make().backward()


@every_case
def test_another_reduction_raises_a_sentence_that_names_it(case: Case) -> None:
    with pytest.raises(ValueError, match=r"""^Loss\w+ takes the reduction "sum" or "mean", not 'none'\.$"""):
        case.make("none")


def test_the_paper_s_loss_is_the_sum_of_squares_with_twice_the_difference_as_gradient() -> None:
    loss = LossMSE()
    assert loss.forward(torch.tensor([[1.0, 2.0]]), torch.tensor([[0.0, 4.0]])).item() == 5.0
    assert loss.backward().tolist() == [[2.0, -4.0]]
    mean = LossMSE("mean")
    assert mean.forward(torch.tensor([[1.0, 2.0]]), torch.tensor([[0.0, 4.0]])).item() == 2.5
    assert mean.backward().tolist() == [[1.0, -2.0]]


def test_very_large_logits_neither_overflow_nor_lose_the_gradient() -> None:
    binary, several = LossBinaryCrossEntropy(), LossCrossEntropy()
    assert binary.forward(torch.tensor([-1e4, 1e4, 1e4]), torch.tensor([1.0, 0.0, 1.0])).item() == 2e4
    assert binary.backward().tolist() == [-1.0, 1.0, 0.0]
    assert several.forward(torch.tensor([[1e4, -1e4, 0.0]]), torch.tensor([1])).item() == 2e4
    assert several.backward().tolist() == [[1.0, -1.0, 0.0]]


@pytest.mark.parametrize("make", [LossMSE, LossBinaryCrossEntropy])
@pytest.mark.parametrize("shape", [(4, 1), (2,), (1, 2), ()])
def test_unequal_shapes_raise_a_sentence_instead_of_broadcasting(make: type[Loss], shape: tuple[int, ...]) -> None:
    message = f"{make.__name__} needs an output and a target of one shape and dtype, "
    message += f"not (4, 2) of torch.float32 and {shape} of torch.float32."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make().forward(torch.zeros(4, 2), torch.zeros(shape))


@pytest.mark.parametrize(
    ("output", "target", "message"),
    [
        ((4, 2), torch.zeros(4, 2, dtype=torch.int64), "needs a target of shape (4,) and torch.int64 for an output of"),
        ((4, 2), torch.zeros(4, dtype=torch.int32), "not (4,) and torch.int32."),
        ((4, 2), torch.zeros(4), "of one shape and dtype, not (4, 2) of torch.float32 and (4,) of torch.float32."),
        ((4, 2), torch.tensor([0, 1, 2, 0]), "Classes must lie between 0 and 1; they span 0 to 2."),
        ((4, 2), torch.tensor([0, 1, -1, 0]), "Classes must lie between 0 and 1; they span -1 to 1."),
        ((), torch.tensor(0), "needs an output with classes, not one of shape ()."),
        ((4, 0), torch.zeros(4, dtype=torch.int64), "needs an output with classes, not one of shape (4, 0)."),
    ],
)
def test_cross_entropy_refuses_what_does_not_fit(output: tuple[int, ...], target: Tensor, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        LossCrossEntropy().forward(torch.zeros(output), target)


def test_a_loss_of_runs_needs_a_dimension_for_them() -> None:
    with pytest.raises(ValueError, match=r"^LossMSE of runs needs a first dimension that counts them; Y has none\.$"):
        LossMSE(runs=True).forward(torch.zeros(()), torch.zeros(()))
