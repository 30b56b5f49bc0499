"""Schedules against torch.optim.lr_scheduler."""

import copy
import math
import pickle
import re
from collections.abc import Callable

import pytest
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, LRScheduler, SequentialLR, StepLR

from minidl import Cosine, StepDecay, WarmUp
from minidl.schedules import Schedule

Make = Callable[[torch.optim.Optimizer], LRScheduler]


@pytest.mark.parametrize(
    ("schedule", "oracle"),
    [
        (StepDecay(0.4, 3, 0.5), lambda o: StepLR(o, 3, 0.5)),
        (StepDecay(0.4, 1), lambda o: StepLR(o, 1)),
        (Cosine(0.4, 12), lambda o: CosineAnnealingLR(o, 12)),
        (Cosine(0.4, 12, 0.1), lambda o: CosineAnnealingLR(o, 12, 0.1)),
        (
            WarmUp(StepDecay(0.4, 3, 0.5), 4, 0.25),
            lambda o: SequentialLR(o, [LinearLR(o, 0.25, total_iters=4), StepLR(o, 3, 0.5)], [4]),
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:The epoch parameter in `scheduler.step")  # SequentialLR's own, in torch
def test_schedules_follow_torch(schedule: Schedule, oracle: Make) -> None:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    theirs = oracle(optimizer)
    for time in range(13):
        assert schedule(time) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9, abs=1e-12)
        optimizer.step()
        theirs.step()


def test_cosine_stays_at_its_final_rate() -> None:
    assert Cosine(0.4, 10, 0.1)(10) == Cosine(0.4, 10, 0.1)(1000) == pytest.approx(0.1)


def test_warm_up_from_zero_reaches_the_rate_that_follows() -> None:
    schedule = WarmUp(lambda time: 1.0 - 0.1 * time, 4)
    assert [schedule(time) for time in range(6)] == pytest.approx([0, 0.25, 0.5, 0.75, 1.0, 0.9])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StepDecay(-1, 2), "StepDecay needs a finite learning rate of at least 0, not -1."),
        (lambda: StepDecay(1, 0), "StepDecay needs a finite time between two steps of at least 1, not 0."),
        (lambda: StepDecay(1, 2, math.nan), "StepDecay needs a factor from 0 to 1, not nan."),
        (lambda: Cosine(math.inf, 2), "Cosine needs a finite learning rate of at least 0, not inf."),
        (lambda: Cosine(1, 0), "Cosine needs a finite duration of at least 1, not 0."),
        (lambda: Cosine(1, 2, -3), "Cosine needs a finite final learning rate of at least 0, not -3."),
        (lambda: WarmUp(Cosine(1, 2), 0), "WarmUp needs a finite duration of at least 1, not 0."),
        (lambda: WarmUp(Cosine(1, 2), 3, -1), "WarmUp needs a finite start of at least 0, not -1."),
    ],
)
def test_bad_arguments_raise_a_sentence(make: Callable[[], Schedule], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_schedules_are_copied_and_pickled() -> None:
    schedule = WarmUp(Cosine(0.4, 12, 0.1), 4, 0.25)
    assert copy.deepcopy(schedule) == pickle.loads(pickle.dumps(schedule)) == schedule
