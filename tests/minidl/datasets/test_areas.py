"""Two classes by area: circle, XOR and checkerboard lie where their definitions say."""

import math

import pytest
import torch

from minidl.datasets import checkerboard, circle, disk, xor


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def in_playground(points: torch.Tensor) -> torch.Tensor:
    return 12 * points.double() - 6


def best_linear_accuracy(points: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the largest share that any straight line gets right, over 180 directions and every threshold."""
    best = 0.0
    for degrees in range(0, 360, 2):
        direction = torch.tensor([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
        signs = 2.0 * labels[(points @ direction).argsort()] - 1
        below = torch.cat([torch.zeros(1), (-signs).cumsum(0)])  # right minus wrong, of those that count as 0
        above = signs.sum() + below  # and of those that count as 1: the sum of signs beyond the threshold
        best = max(best, ((below + above).max().item() / len(labels) + 1) / 2)
    return best


def test_the_circle_is_a_core_and_a_rim_with_a_gap():
    points, labels = circle(4000, seeded())
    radius = in_playground(points).norm(dim=1)
    assert (radius[labels == 1] < 2.5 + 1e-5).all()
    assert (radius[labels == 0] > 3.5 - 1e-5).all()
    assert (radius < 5 + 1e-5).all()
    # distances are drawn uniformly, so their means are those of the intervals
    assert radius[labels == 1].mean().item() == pytest.approx(1.25, abs=0.06)
    assert radius[labels == 0].mean().item() == pytest.approx(4.25, abs=0.04)
    quarters = torch.bincount((points[:, 0] > 0.5).long() * 2 + (points[:, 1] > 0.5), minlength=4)
    assert (quarters - 1000).abs().max() < 5 * math.sqrt(4000 * 0.25 * 0.75)


def test_xor_is_the_sign_of_the_product_with_a_gap_along_the_axes():
    points, labels = xor(4000, seeded())
    places = in_playground(points)
    assert torch.equal(labels, (places.prod(1) > 0).long())
    assert places.abs().min() > 0.3 - 1e-5
    assert places.abs().max() < 5.3 + 1e-5
    assert places.abs().mean().item() == pytest.approx(2.8, abs=0.1)


def test_no_line_separates_the_classes_but_one_does_where_there_is_one():
    points, labels = xor(2000, seeded())
    assert best_linear_accuracy(points, labels) < 0.8
    assert best_linear_accuracy(points, (points[:, 0] > 0.5).long()) == 1.0


@pytest.mark.parametrize("fields", [2, 3, 4, 7])
def test_a_field_of_the_board_has_one_label_and_its_neighbours_the_other(fields):
    points, labels = checkerboard(3000, seeded(), fields=fields)
    for (x, y), label in zip(points.tolist(), labels.tolist(), strict=True):
        assert label == (int(x * fields) + int(y * fields)) % 2


def test_an_even_board_has_classes_of_about_one_size():
    _, labels = checkerboard(20_000, seeded())
    assert labels.double().mean().item() == pytest.approx(0.5, abs=0.02)


ROUND = math.sqrt(2)  # moved along both axes at once, a point comes this much farther


@pytest.mark.parametrize(
    ("draw", "reach", "distance"),
    [
        (disk, ROUND * 1 / 2, lambda points: ((points - 0.5).norm(dim=1) - 1 / math.sqrt(2 * math.pi)).abs()),
        (circle, ROUND * 5 / 12, lambda points: ((points - 0.5).norm(dim=1) - 2.5 / 12).abs()),
        (xor, 5 / 12, lambda points: (points - 0.5).abs().amin(1)),
        (checkerboard, 1 / 4, lambda points: (points - (4 * points).round() / 4).abs().amin(1)),
    ],
)
@pytest.mark.parametrize("noise", [0.1, 0.2, 0.5])
def test_noise_changes_labels_up_to_its_reach_from_the_border_and_not_beyond(draw, reach, distance, noise):
    points, clean = draw(4000, seeded())
    _, noisy = draw(4000, seeded(), noise=noise)
    changed = clean != noisy
    if draw is circle and noise == 0.1:  # the gap is wider than that
        assert not changed[clean == 0].any()
    farthest = distance(points)[changed].max()
    assert 0.6 * noise * reach < farthest <= noise * reach + 1e-6
