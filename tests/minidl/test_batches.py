"""Mini-batches: every sample once an epoch, shuffled, with its own target."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl.batches import Epoch, mini_batches

some_examples = settings(deadline=None, max_examples=40)


def samples(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs whose rows are told apart by number, and targets that repeat the number."""
    numbers = torch.arange(count)
    return torch.stack([numbers, -numbers], 1).float(), numbers


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@some_examples
@given(count=st.integers(0, 60), batch_size=st.integers(1, 70), seed=st.integers(0, 100))
def test_every_sample_comes_exactly_once_with_its_target_and_only_the_last_batch_is_smaller(
    count: int, batch_size: int, seed: int
) -> None:
    batches = list(mini_batches(*samples(count), batch_size, seeded(seed)))
    for inputs, targets in batches:
        assert torch.equal(inputs[:, 0].long(), targets)
    assert sorted(number for _, targets in batches for number in targets.tolist()) == list(range(count))
    sizes = [len(targets) for _, targets in batches]
    assert sizes[:-1] == [batch_size] * (len(sizes) - 1)
    assert all(1 <= size <= batch_size for size in sizes)


def test_the_order_is_shuffled_by_the_generator_alone() -> None:
    def order(seed: int) -> list[int]:
        return [n for _, targets in mini_batches(*samples(100), 7, seeded(seed)) for n in targets.tolist()]

    before = torch.get_rng_state()
    assert order(0) == order(0)
    assert order(0) != order(1)
    assert order(0) != list(range(100))
    assert torch.equal(torch.get_rng_state(), before)


def test_every_place_is_equally_likely() -> None:
    generator = seeded(0)
    firsts = [Epoch(*samples(4), generator).take(1)[1].item() for _ in range(2000)]
    for number in range(4):
        assert abs(firsts.count(number) - 500) < 100  # five standard deviations


@some_examples
@given(count=st.integers(0, 30), sizes=st.lists(st.integers(1, 12), max_size=12))
def test_the_batch_size_may_change_within_an_epoch(count: int, sizes: list[int]) -> None:
    epoch = Epoch(*samples(count), seeded(3))
    taken: list[int] = []
    for size in sizes:
        inputs, targets = epoch.take(size)
        assert len(inputs) == len(targets) == min(size, count - len(taken))
        taken += targets.tolist()
        assert epoch.position == len(taken)
        assert epoch.remaining == count - len(taken)
    assert len(set(taken)) == len(taken)


def test_all_batches_of_an_epoch_are_those_that_take_hands_out() -> None:
    quick, taken = Epoch(*samples(20), seeded(1)), Epoch(*samples(20), seeded(1))
    for inputs, targets in quick.batches(6):
        expected = taken.take(6)
        assert torch.equal(inputs, expected[0])
        assert torch.equal(targets, expected[1])
    assert taken.remaining == 0
    assert quick.position == 0


def test_stacked_epochs_hand_out_the_batches_of_each_run() -> None:
    alone = [Epoch(*samples(10), seeded(seed)) for seed in range(3)]
    together = Epoch.stack(alone)
    assert together.remaining == 10
    for size in (4, 5, 7):
        inputs, targets = together.take(size)
        expected = [epoch.take(size) for epoch in alone]
        assert torch.equal(inputs, torch.stack([each[0] for each in expected]))
        assert torch.equal(targets, torch.stack([each[1] for each in expected]))
    assert [tuple(inputs.shape) for inputs, _ in together.batches(4)] == [(3, 4, 2), (3, 4, 2), (3, 2, 2)]


def test_epochs_that_are_not_alike_do_not_stack() -> None:
    with pytest.raises(ValueError, match=r"^Epochs stack if they are of one size and none is ahead, not at \[.*\]\.$"):
        Epoch.stack([Epoch(*samples(3)), Epoch(*samples(4))])
    ahead = Epoch(*samples(3))
    ahead.take(1)
    with pytest.raises(ValueError, match=r"none is ahead"):
        Epoch.stack([Epoch(*samples(3)), ahead])


def test_the_caller_s_samples_stay_as_they_are() -> None:
    inputs, targets = samples(10)
    for batch, _ in mini_batches(inputs, targets, 3, seeded(0)):
        batch.zero_()
    assert torch.equal(inputs, samples(10)[0])


def test_inputs_without_targets_raise_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^Every input needs its target: 3 inputs came with 2 targets\.$"):
        Epoch(torch.zeros(3, 2), torch.zeros(2))


@pytest.mark.parametrize("batch_size", [0, -5])
def test_a_batch_size_below_one_raises_a_sentence(batch_size: int) -> None:
    message = rf"^A mini-batch needs a sample count that is a whole number of at least 1, not {batch_size}\.$"
    with pytest.raises(ValueError, match=message):
        Epoch(*samples(3)).take(batch_size)
    with pytest.raises(ValueError, match=message):
        list(mini_batches(*samples(3), batch_size))
