"""Regression: the values are those of Playground's plane and of its six cones."""

import math

import pytest
import torch

from minidl.datasets import multi_gaussian, plane

CONES = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def playgrounds_cones(x: float, y: float) -> float:
    """Return the largest cone in absolute value, as Playground looks for it."""
    value = 0.0
    for centre_x, centre_y, sign in CONES:
        here = sign * min(max(1 - math.hypot(x - centre_x, y - centre_y) / 2, 0), 1)
        if abs(here) > abs(value):
            value = here
    return value


def test_the_plane_is_a_tenth_of_x_plus_y():
    points, values = plane(1000, seeded())
    torch.testing.assert_close(values, (12 * points - 6).sum(1) / 10, rtol=0, atol=1e-6)
    assert values.min() > -1.2
    assert values.max() < 1.2
    assert values.min() < -1.0
    assert values.max() > 1.0


def test_the_six_cones_are_playgrounds():
    points, values = multi_gaussian(2000, seeded())
    expected = [playgrounds_cones(12 * x - 6, 12 * y - 6) for x, y in points.tolist()]
    torch.testing.assert_close(values, torch.tensor(expected), rtol=0, atol=1e-5)
    assert values.max() > 0.8
    assert values.min() < -0.8
    assert (values == 0).double().mean().item() == pytest.approx(1 - 6 * math.pi * 4 / 144, abs=0.05)


@pytest.mark.parametrize("draw", [plane, multi_gaussian])
@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_noise_changes_values_by_no_more_than_its_reach_times_the_slope(draw, noise):
    clean = draw(4000, seeded())[1]
    change = (draw(4000, seeded(), noise=noise)[1] - clean).abs().max().item()
    steepest = 2 * 6 * noise / 10 if draw is plane else min(math.sqrt(2) * 6 * noise / 2, 2)
    assert 0.7 * min(steepest, 1.5) < change < steepest + 1e-5
