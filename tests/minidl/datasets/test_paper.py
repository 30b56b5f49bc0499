"""Data: the disk, normalisation and targets, as the paper's section II says."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl.datasets import DISK_CENTRE, DISK_RADIUS, disk
from minidl.standardization import Standardization
from minidl.targets import one_hot_targets, signed_targets


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_disk_covers_half_of_the_unit_square() -> None:
    assert DISK_CENTRE == (0.5, 0.5)
    assert math.pi * DISK_RADIUS**2 == pytest.approx(0.5)
    assert DISK_RADIUS < 0.5


def test_labels_say_which_points_lie_in_the_disk() -> None:
    points, labels = disk(1000, seeded(0))
    assert points.shape == (1000, 2)
    assert labels.dtype == torch.int64
    for (x, y), label in zip(points.tolist(), labels.tolist(), strict=True):
        assert label == (math.hypot(x - 0.5, y - 0.5) <= 1 / math.sqrt(2 * math.pi))


def test_about_half_of_the_points_are_inside_and_all_fill_the_square_evenly() -> None:
    points, labels = disk(20_000, seeded(0))
    assert abs(labels.double().mean().item() - 0.5) < 5 * 0.5 / math.sqrt(20_000)
    assert points.min() >= 0
    assert points.max() <= 1
    quarters = torch.bincount((points[:, 0] > 0.5).long() * 2 + (points[:, 1] > 0.5), minlength=4)
    assert (quarters - 5000).abs().max() < 5 * math.sqrt(20_000 * 0.25 * 0.75)


def test_without_noise_the_disk_is_the_paper_s_and_the_generator_stands_where_it_did() -> None:
    generator, reference = seeded(3), seeded(3)
    points, labels = disk(500, generator, noise=0.0)
    expected = torch.rand(500, 2, generator=reference)
    assert torch.equal(points, expected)
    assert torch.equal(labels, ((expected - 0.5).square().sum(1) <= DISK_RADIUS**2).long())
    assert torch.equal(generator.get_state(), reference.get_state())


def test_the_same_seed_gives_the_same_points_and_another_seed_others() -> None:
    before = torch.get_rng_state()
    assert torch.equal(disk(10, seeded(1))[0], disk(10, seeded(1))[0])
    assert not torch.equal(disk(10, seeded(1))[0], disk(10, seeded(2))[0])
    assert torch.equal(torch.get_rng_state(), before)


def test_no_samples_are_possible_and_fewer_raise_a_sentence() -> None:
    points, labels = disk(0)
    assert points.shape == (0, 2)
    assert labels.shape == (0,)
    with pytest.raises(
        ValueError, match=r"^A data set needs a sample count that is a whole number of at least 0, not -1\.$"
    ):
        disk(-1)


@settings(deadline=None, max_examples=30)
@given(samples=st.integers(2, 50), features=st.integers(1, 4), seed=st.integers(0, 1000))
def test_normalised_points_have_mean_0_and_deviation_1(samples: int, features: int, seed: int) -> None:
    points = 3 + 5 * torch.randn(samples, features, generator=seeded(seed), dtype=torch.float64)
    before = points.clone()
    normalised = Standardization.of(points).apply(points)
    torch.testing.assert_close(normalised.mean(0), torch.zeros(features, dtype=torch.float64), rtol=0, atol=1e-9)
    torch.testing.assert_close(normalised.std(0), torch.ones(features, dtype=torch.float64), rtol=1e-9, atol=0)
    assert torch.equal(points, before)


def test_the_training_set_s_normalisation_holds_for_other_points() -> None:
    normalization = Standardization.of(torch.tensor([[0.0, 10.0], [2.0, 30.0]]))
    assert normalization.mean.tolist() == [1.0, 20.0]
    torch.testing.assert_close(normalization.deviation, torch.tensor([math.sqrt(2), math.sqrt(200)]))
    torch.testing.assert_close(normalization.apply(torch.tensor([1.0, 20 + math.sqrt(200)])), torch.tensor([0.0, 1.0]))


@settings(deadline=None, max_examples=30)
@given(samples=st.integers(1, 300), value=st.floats(-1e6, 1e6, width=32))
def test_a_feature_that_does_not_vary_is_only_shifted(samples: int, value: float) -> None:
    points = torch.full((samples, 1), value)
    normalization = Standardization.of(points)
    assert normalization.deviation.item() == 1.0
    torch.testing.assert_close(normalization.apply(points), torch.zeros(samples, 1), rtol=0, atol=abs(value) * 1e-5)


def test_normalisation_without_points_raises_a_sentence() -> None:
    with pytest.raises(
        ValueError, match=r"^Standardization needs at least 1 point, .* not \(0, 2\) of torch\.float32\.$"
    ):
        Standardization.of(torch.zeros(0, 2))


def test_targets_are_plus_one_in_the_label_s_column_and_minus_one_elsewhere() -> None:
    assert signed_targets(torch.tensor([0, 1, 0])).tolist() == [[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]]
    assert signed_targets(torch.tensor([2]), classes=3).tolist() == [[-1.0, -1.0, 1.0]]
    assert signed_targets(torch.tensor([], dtype=torch.int64)).shape == (0, 2)


def test_one_hot_targets_are_one_in_the_label_s_column_and_zero_elsewhere() -> None:
    targets = one_hot_targets(torch.tensor([2, 0]), classes=3)
    assert targets.tolist() == [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    assert targets.dtype == torch.float32
    assert one_hot_targets(torch.tensor([1])).tolist() == [[0.0, 1.0]]
    with pytest.raises(ValueError, match=r"^Labels must lie between 0 and 1; they span 2 to 2\.$"):
        one_hot_targets(torch.tensor([2]))


@pytest.mark.parametrize("labels", [[0, 2], [-1, 1]])
def test_a_label_without_a_class_raises_a_sentence(labels: list[int]) -> None:
    message = rf"^Labels must lie between 0 and 1; they span {labels[0]} to {labels[1]}\.$"
    with pytest.raises(ValueError, match=message):
        signed_targets(torch.tensor(labels))


def test_targets_without_a_class_raise_a_sentence() -> None:
    with pytest.raises(
        ValueError, match=r"^signed_targets needs a class count that is a whole number of at least 1, not 0\.$"
    ):
        signed_targets(torch.tensor([], dtype=torch.int64), classes=0)
