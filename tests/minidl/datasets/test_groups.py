"""Classes drawn one by one: clouds, arms, moons and rings have the shapes of their definitions."""

import math

import pytest
import torch

from minidl.datasets import gaussians, moons, rings, spiral

CLASSES = range(2, 7)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def in_playground(points: torch.Tensor) -> torch.Tensor:
    return 12 * points.double() - 6


def assert_same_points(actual: torch.Tensor, expected: torch.Tensor) -> None:
    """Compare two sets of points, in any order."""
    assert len(actual) == len(expected)
    nearest = torch.cdist(actual.double(), expected.double(), compute_mode="donot_use_mm_for_euclid_dist")
    assert nearest.amin(0).max() < 1e-5
    assert nearest.amin(1).max() < 1e-5


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_two_gaussians_have_playgrounds_centres_and_variances(noise, variance):
    points, labels = gaussians(20_000, seeded(), noise=noise)
    for label, centre in ((1, 2.0), (0, -2.0)):
        cloud = in_playground(points[labels == label])
        torch.testing.assert_close(cloud.mean(0), torch.full((2,), centre, dtype=torch.float64), rtol=0, atol=0.1)
        covariance = variance * torch.eye(2, dtype=torch.float64)
        torch.testing.assert_close(cloud.T.cov(), covariance, rtol=0.05, atol=0.05 * variance)


@pytest.mark.parametrize("classes", CLASSES)
def test_gaussians_have_their_centres_evenly_on_a_circle(classes):
    points, labels = gaussians(6000, seeded(), classes=classes)
    centres = torch.stack([in_playground(points[labels == label]).mean(0) for label in range(classes)])
    torch.testing.assert_close(centres.norm(dim=1), torch.full((classes,), math.sqrt(8)).double(), rtol=0, atol=0.1)
    steps = (centres.roll(-1, 0) - centres).norm(dim=1)
    side = torch.full((classes,), 2 * math.sqrt(8) * math.sin(math.pi / classes)).double()
    torch.testing.assert_close(steps, side, rtol=0, atol=0.15)


def test_a_spiral_of_two_arms_is_playgrounds():
    points, labels = spiral(200, seeded())
    for label, offset in ((1, 0.0), (0, math.pi)):
        expected = []
        for i in range(100):
            r, t = 5 * i / 100, 1.75 * i / 100 * 2 * math.pi + offset
            expected.append([r * math.sin(t), r * math.cos(t)])
        assert_same_points(in_playground(points[labels == label]), torch.tensor(expected))


@pytest.mark.parametrize("classes", CLASSES)
def test_arms_are_turned_copies_of_one_another_and_stay_apart(classes):
    points, labels = spiral(80 * classes, seeded(), classes=classes)
    places = in_playground(points)
    cos, sin = math.cos(2 * math.pi / classes), math.sin(2 * math.pi / classes)
    clockwise = torch.tensor([[cos, -sin], [sin, cos]], dtype=torch.float64)
    for label in range(classes):
        following = places[labels == (label + 1) % classes]
        assert_same_points(places[labels == label] @ clockwise, following)
    outer = places.norm(dim=1) > 2
    one, others = places[outer & (labels == 0)], places[outer & (labels != 0)]
    assert torch.cdist(one, others).min() > 1.0


def test_spiral_noise_moves_points_by_up_to_its_share_of_playgrounds_unit():
    clean, _ = spiral(2000, seeded())
    noisy, _ = spiral(2000, seeded(), noise=0.3)
    moved = 12 * (noisy - clean)
    assert moved.abs().max().item() == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("samples", [1, 2, 3, 100, 101])
def test_moons_are_scikit_learns(samples):
    points, labels = moons(samples, seeded())
    moons_units = (points.double() - 0.5) / 0.3 + torch.tensor([0.5, 0.25])
    for label, count in ((0, (samples + 1) // 2), (1, samples // 2)):
        t = torch.linspace(0, math.pi, count, dtype=torch.float64)
        outer, inner = torch.stack([t.cos(), t.sin()], 1), torch.stack([1 - t.cos(), 1 - t.sin() - 0.5], 1)
        its = moons_units[labels == label]
        assert len(its) == count
        if count:
            assert_same_points(its, (outer, inner)[label])


def test_moons_noise_is_a_deviation_in_units_of_their_radius():
    clean, _ = moons(10_000, seeded())
    noisy, _ = moons(10_000, seeded(), noise=0.2)
    assert ((noisy - clean) / 0.3).std().item() == pytest.approx(0.2, rel=0.03)


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("extra", [0, 1])
def test_rings_have_one_centre_even_distances_and_evenly_set_points(classes, extra):
    points, labels = rings(20 * classes + extra, seeded(), classes=classes)
    for label in range(classes):
        its = in_playground(points[labels == label])
        t = torch.linspace(0, 2 * math.pi, len(its) + 1, dtype=torch.float64)[:-1]
        radius = 5 * (1 - label / classes)
        assert_same_points(its, radius * torch.stack([t.cos(), t.sin()], 1))


@pytest.mark.parametrize("classes", CLASSES)
def test_rings_noise_is_a_share_of_the_distance_between_them(classes):
    clean, _ = rings(10_000, seeded(), classes=classes)
    noisy, _ = rings(10_000, seeded(), classes=classes, noise=0.5)
    assert (12 * (noisy - clean)).std().item() == pytest.approx(0.5 * 5 / classes, rel=0.03)
