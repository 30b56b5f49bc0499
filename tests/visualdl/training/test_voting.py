"""What many networks say together is said by those whose numbers are finite."""

import math

import torch

from visualdl.experiment import Experiment
from visualdl.training.voting import vote_of

TASK = Experiment(dataset="Plane", output_activation="Identity").task


def vote(*values):
    """Return the vote of networks that say these values at the four points of a grid."""
    return vote_of(torch.tensor(values)[..., None], TASK, 1.0).shares.ravel().tolist()


def test_the_median_leaves_out_what_is_not_finite():
    nan, infinite = math.nan, math.inf
    assert vote([1.0, 1.0, 1.0, 1.0], [2.0, nan, 2.0, nan], [4.0, infinite, nan, -infinite]) == [2.0, 1.0, 1.5, 1.0]


def test_where_no_network_has_a_finite_value_it_is_zero():
    assert vote([1.0, math.nan, -2.0, math.inf]) == [1.0, 0.0, -2.0, 0.0]
