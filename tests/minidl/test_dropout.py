"""Dropout in training: what it leaves out, and by which chance."""

import copy
import math
import pickle
import re

import pytest
import torch

from minidl import Dropout, stack


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_numbers_are_left_out_with_the_probability_and_the_others_make_up_for_it(p: float) -> None:
    x = torch.ones(20_000, dtype=torch.float64)
    output = Dropout(p, generator=seeded(0)).forward(x)
    kept = output != 0
    assert abs(kept.double().mean().item() - (1 - p)) <= 5 * math.sqrt(p * (1 - p) / 20_000)
    if p < 1:
        torch.testing.assert_close(output[kept], torch.full_like(output[kept], 1 / (1 - p)))


def test_backward_uses_the_mask_of_the_latest_forward() -> None:
    dropout, x = Dropout(0.5, generator=seeded(0)), torch.ones(6, 50)
    for _ in range(2):
        output = dropout.forward(x)
        assert torch.equal(dropout.backward(torch.full_like(x, 3.0)), 3 * output)


def test_the_mask_is_new_each_time_and_follows_from_the_generator_alone() -> None:
    before, x = torch.get_rng_state(), torch.ones(100)
    first, again, other = (Dropout(0.5, generator=seeded(seed)) for seed in (1, 1, 2))
    one = first.forward(x)
    assert torch.equal(one, again.forward(x))
    assert not torch.equal(one, other.forward(x))
    assert not torch.equal(one, first.forward(x))
    assert torch.equal(torch.get_rng_state(), before)


def test_stacked_runs_draw_what_each_draws_alone_and_leave_its_generator_alone() -> None:
    alone, x = [Dropout(0.5, generator=seeded(seed)) for seed in range(3)], torch.ones(4, 5)
    together = stack(alone)
    for _ in range(2):
        masks = together.forward(x.expand(3, 4, 5))
        assert torch.equal(masks, torch.stack([dropout.forward(x) for dropout in alone]))
    with pytest.raises(ValueError, match=r"^Dropout of 3 runs needs an input of shape \(3, \.\.\.\), not \(4, 5\)\.$"):
        together.forward(x)


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_a_probability_outside_0_to_1_raises_a_sentence(p: float) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(f'Dropout needs a probability from 0 to 1, not {p}.')}$"):
        Dropout(p)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda module: pickle.loads(pickle.dumps(module))])
def test_a_copy_draws_on_as_the_original_does(copied) -> None:
    for original in (Dropout(0.5, generator=seeded(0)), stack([Dropout(generator=seeded(seed)) for seed in (1, 2)])):
        x = torch.ones(2, 30)
        original.forward(x)
        twin = copied(original)
        assert torch.equal(twin.forward(x), original.forward(x))
