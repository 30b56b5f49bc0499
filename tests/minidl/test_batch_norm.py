"""BatchNorm1d: running statistics, modes, and what it refuses."""

import math
import re
from collections.abc import Callable

import pytest
import torch

from minidl import BatchNorm1d


@pytest.mark.parametrize("shape", [(6, 3), (4, 3, 5)])
def test_running_statistics_and_evaluation_follow_torch_over_several_batches(shape: tuple[int, ...]) -> None:
    generator = torch.Generator().manual_seed(0)
    ours, theirs = BatchNorm1d(3, 1e-3, 0.3, dtype=torch.float64), torch.nn.BatchNorm1d(3, 1e-3, 0.3).double()
    for _ in range(4):
        x = 2 + 3 * torch.randn(shape, generator=generator, dtype=torch.float64)
        torch.testing.assert_close(ours.forward(x), theirs(x).detach())
    torch.testing.assert_close(ours.running_mean, theirs.running_mean)
    torch.testing.assert_close(ours.running_variance, theirs.running_var)
    ours.evaluate()
    theirs.eval()
    before = ours.state()
    torch.testing.assert_close(ours.forward(x), theirs(x).detach())
    torch.testing.assert_close(ours.forward(x[:1]), theirs(x[:1]).detach())
    torch.testing.assert_close(ours.state(), before, rtol=0, atol=0)


def test_backward_belongs_to_the_mode_of_its_forward() -> None:
    module, x = BatchNorm1d(2), torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    gradient = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    module.forward(x)
    expected = module.backward(gradient)
    module.evaluate()
    assert torch.equal(module.backward(gradient), expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0,), "BatchNorm1d needs a feature count that is a whole number of at least 1, not 0."),
        ((3, -1e-5), "BatchNorm1d needs a finite epsilon of at least 0, not -1e-05."),
        ((3, math.inf), "BatchNorm1d needs a finite epsilon of at least 0, not inf."),
        ((3, 1e-5, 1.5), "BatchNorm1d needs a momentum from 0 to 1, not 1.5."),
    ],
)
def test_bad_arguments_raise_a_sentence(arguments: tuple[float, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        BatchNorm1d(*arguments)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: torch.zeros(3), "needs an input of shape (N, 3) or (N, 3, L), not (3,)."),
        (lambda: torch.zeros(4, 2), "needs an input of shape (N, 3) or (N, 3, L), not (4, 2)."),
        (lambda: torch.zeros(4, 3, 2, 2), "needs an input of shape (N, 3) or (N, 3, L), not (4, 3, 2, 2)."),
        (lambda: torch.zeros(4, 3, dtype=torch.float64), "of torch.float32 needs such an input, not torch.float64."),
        (
            lambda: torch.zeros(1, 3),
            "needs more than 1 number a feature in training, not an input of shape (1, 3): it has no variance.",
        ),
    ],
)
def test_an_input_that_does_not_fit_raises_a_sentence(make: Callable[[], torch.Tensor], message: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(message)}$"):
        BatchNorm1d(3).forward(make())
