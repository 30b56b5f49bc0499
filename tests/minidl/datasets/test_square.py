"""What holds for every data set: shapes, balance, noise, chance from the generator alone, sentences for bad values."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from minidl import datasets
from minidl.datasets import square

AREAS = ("disk", "circle", "xor", "checkerboard")
GROUPS = ("gaussians", "spiral", "moons", "rings")
WITH_CLASSES = ("gaussians", "spiral", "rings")
REGRESSIONS = ("plane", "multi_gaussian")
ALL = AREAS + GROUPS + REGRESSIONS


def draw(name, samples, seed=0, **choices):
    return getattr(datasets, name)(samples, torch.Generator().manual_seed(seed), **choices)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=15)
@given(samples=st.integers(0, 40), noise=st.floats(0, 0.5), seed=st.integers(0, 1000))
def test_every_data_set_has_a_finite_point_and_label_for_each_sample(name, samples, noise, seed):
    points, labels = draw(name, samples, seed, noise=noise)
    assert points.shape == (samples, 2)
    assert points.dtype == torch.float32
    assert points.isfinite().all()
    assert labels.shape == (samples,)
    if name in REGRESSIONS:
        assert labels.dtype == torch.float32
        assert labels.isfinite().all()
    else:
        assert labels.dtype == torch.int64
        assert set(labels.tolist()) <= {0, 1}


@pytest.mark.parametrize("name", ALL)
def test_without_noise_the_points_lie_in_the_unit_square_and_fill_most_of_its_width(name):
    points, _ = draw(name, 2000)
    reach = 0.05 if name == "gaussians" else 0  # its tails have no end
    assert points.min() > -reach
    assert points.max() < 1 + reach
    assert points[:, 0].max() - points[:, 0].min() > 0.7
    torch.testing.assert_close(points.mean(0), torch.tensor([0.5, 0.5]), rtol=0, atol=0.04)


@pytest.mark.parametrize("name", ALL)
def test_the_generator_is_the_only_chance(name):
    before = torch.get_rng_state()
    for noise in (0, 0.3):
        (points, labels), (again, labels_again) = (draw(name, 50, 1, noise=noise) for _ in range(2))
        assert torch.equal(points, again)
        assert torch.equal(labels, labels_again)
        other, other_labels = draw(name, 50, 2, noise=noise)
        assert not (torch.equal(points, other) and torch.equal(labels, other_labels))
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("name", ALL)
def test_noise_acts_on_the_points_that_there_are_without_it(name):
    points, labels = draw(name, 500, noise=0.0)
    noisy, noisy_labels = draw(name, 500, noise=0.4)
    if name in GROUPS:
        assert torch.equal(labels, noisy_labels)
        moved = (noisy - points).norm(dim=1)
        assert 0 < moved.median() < 0.25
    else:
        assert torch.equal(points, noisy)
        changed = (labels != noisy_labels).double().mean()
        assert changed > 0.02
        assert name in REGRESSIONS or changed < 0.5


@pytest.mark.parametrize("name", ["circle", *GROUPS])
@settings(max_examples=20)
@given(samples=st.integers(0, 100), classes=st.integers(2, 6), seed=st.integers(0, 1000))
def test_classes_are_of_one_size_to_within_a_sample(name, samples, classes, seed):
    choices = {"classes": classes} if name in WITH_CLASSES else {}
    _, labels = draw(name, samples, seed, **choices)
    sizes = torch.bincount(labels, minlength=choices.get("classes", 2))
    assert len(sizes) == choices.get("classes", 2)
    assert sizes.max() - sizes.min() <= 1


@pytest.mark.parametrize("name", ALL)
def test_any_part_of_a_draw_is_a_fair_sample(name):
    points, labels = draw(name, 2000)
    for part in (slice(0, 1000), slice(1000, 2000)):
        torch.testing.assert_close(points[part].mean(0), torch.tensor([0.5, 0.5]), rtol=0, atol=0.05)
        torch.testing.assert_close(labels[part].float().mean(), labels.float().mean(), rtol=0, atol=0.07)


@settings(max_examples=30)
@given(samples=st.integers(0, 60), classes=st.integers(2, 6))
def test_turns_number_the_samples_of_each_class(samples, classes):
    labels, number, size = square.turns(samples, classes, torch.Generator().manual_seed(0))
    for label in range(classes):
        its = labels == label
        assert sorted(number[its].tolist()) == list(range(int(its.sum())))
        assert set(size[its].tolist()) <= {int(its.sum())}


def test_playgrounds_square_is_the_unit_square():
    corners = torch.tensor([[-6.0, -6.0], [0.0, 3.0], [6.0, 6.0]])
    unit = torch.tensor([[0.0, 0.0], [0.5, 0.75], [1.0, 1.0]])
    torch.testing.assert_close(square.from_playground(corners), unit)
    torch.testing.assert_close(square.to_playground(unit), corners)


def test_noise_moves_points_uniformly_to_its_reach_or_normally_by_its_deviation():
    points = torch.full((20_000, 2), 3.0)
    uniform = square.moved_uniformly(points, 0.5, torch.Generator().manual_seed(0)) - points
    assert uniform.min() == pytest.approx(-0.5, abs=1e-3)
    assert uniform.max() == pytest.approx(0.5, abs=1e-3)
    assert uniform.std() == pytest.approx(1 / math.sqrt(12), rel=0.02)
    normal = square.moved_normally(points, 0.5, torch.Generator().manual_seed(0)) - points
    assert normal.std() == pytest.approx(0.5, rel=0.02)
    assert (normal.abs() < 0.5).double().mean() == pytest.approx(0.683, abs=0.01)
    assert torch.equal(points, torch.full((20_000, 2), 3.0))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("samples", [-1, 2.5, "7", True])
def test_a_wrong_count_raises_a_sentence(name, samples):
    message = rf"^A data set needs a sample count that is a whole number of at least 0, not {samples!r}\.$"
    with pytest.raises(ValueError, match=message):
        draw(name, samples)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("noise", [-0.01, 0.51, math.nan, math.inf, "much"])
def test_wrong_noise_raises_a_sentence(name, noise):
    with pytest.raises(ValueError, match=rf"^A data set needs noise from 0 to 0\.5, not {noise!r}\.$"):
        draw(name, 10, noise=noise)


@pytest.mark.parametrize("name", WITH_CLASSES)
@pytest.mark.parametrize("classes", [1, 7, 3.0, None])
def test_wrong_classes_raise_a_sentence(name, classes):
    with pytest.raises(ValueError, match=rf"^A data set needs from 2 to 6 classes, not {classes!r}\.$"):
        draw(name, 10, classes=classes)


@pytest.mark.parametrize("fields", [1, 2.5])
def test_a_board_without_enough_fields_raises_a_sentence(fields):
    message = rf"^A checkerboard needs a count of fields a side that is a whole number of at least 2, not {fields!r}\.$"
    with pytest.raises(ValueError, match=message):
        draw("checkerboard", 10, fields=fields)
