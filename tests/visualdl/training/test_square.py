"""The square has grids with its edges and pixels without, each made once."""

import torch

from visualdl.experiment import Experiment
from visualdl.training.samples import samples_of


def test_grid_and_pixels_are_the_features_of_places_row_by_row():
    square = samples_of(Experiment()).square
    apply = square.feature_map.apply
    corners = torch.tensor([[0.0, 0], [1, 0], [0, 1], [1, 1]])
    assert torch.equal(square.grid(2), apply(corners))
    assert torch.equal(square.pixels(2), apply(corners / 2 + 0.25))


def test_each_size_is_computed_once():
    square = samples_of(Experiment()).square
    assert square.grid(5) is square.grid(5)
    assert square.pixels(5) is square.pixels(5)
    assert square.grid(5) is not square.pixels(5)
