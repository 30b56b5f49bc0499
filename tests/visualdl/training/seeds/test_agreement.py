"""A vote is what most networks say, or the median of their values; one that is no longer finite has no voice."""

import torch

from visualdl.experiment.task import SOFTMAX, SQUARED, Task
from visualdl.training.seeds.agreement import agreement_of


def test_the_median_leaves_out_networks_that_are_no_longer_finite():
    outputs = torch.tensor([[1.0], [2.0], [torch.nan], [9.0], [torch.inf], [-torch.inf]]).expand(6, 9).unsqueeze(-1)
    agreement = agreement_of(outputs, Task("Plane", 2, SQUARED), 3.0)
    assert agreement.shares.shape == (3, 3)
    assert (agreement.shares == 2).all()
    assert agreement.scale == 3


def test_a_place_that_no_network_has_a_value_for_is_in_the_middle():
    agreement = agreement_of(torch.full((2, 4, 1), torch.nan), Task("Plane", 2, SQUARED), 1.0)
    assert (agreement.shares == 0).all()


def test_the_class_that_most_say_wins_with_its_share():
    said = torch.tensor([[0, 1], [2, 1], [2, 0], [2, 1]])  # of four networks at two places
    outputs = torch.nn.functional.one_hot(said, 3).float().repeat(1, 2, 1)  # a grid of two by two
    agreement = agreement_of(outputs, Task("Rings", 3, SOFTMAX), 1.0)
    assert agreement.predicted_classes.tolist() == [[2, 1], [2, 1]]
    assert agreement.shares.tolist() == [[0.75, 0.75], [0.75, 0.75]]
