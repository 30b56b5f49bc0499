"""A refined picture goes through the points of the coarse one, and straight between them."""

import numpy as np
import pytest

from visualdl.gui.views.plots.upsampled import refined


@pytest.mark.parametrize("side", [2, 33, 65, 66, 300])
def test_the_points_stay_and_between_two_lies_their_mean(side):
    values = np.random.default_rng(0).normal(size=(33, 33)).astype(np.float32)
    finer = refined(values, side)
    times = (len(finer) - 1) // 32
    assert len(finer) >= side
    assert np.allclose(finer[::times, ::times], values, atol=1e-6)
    if times % 2 == 0:
        assert np.allclose(finer[::times, times // 2 :: times], (values[:, 1:] + values[:, :-1]) / 2, atol=1e-6)


def test_what_is_fine_enough_is_left_alone():
    values = np.zeros((400, 400))
    assert refined(values, 300) is values
