"""The square has grids with its edges and pixels without, each made once."""

import torch

from visualdl.experiment.experiment import Experiment
from visualdl.training.samples.input_grid import KEPT
from visualdl.training.samples.samples import samples_of


def test_grid_and_pixels_are_the_features_of_places_row_by_row():
    square = samples_of(Experiment()).input_grid
    apply = square.feature_map.apply
    corners = torch.tensor([[0.0, 0], [1, 0], [0, 1], [1, 1]])
    assert torch.equal(square.grid(2), apply(corners))
    assert torch.equal(square.pixels(2), apply(corners / 2 + 0.25))


def test_the_latest_sizes_are_computed_once():
    square = samples_of(Experiment()).input_grid
    grid, pixels = square.grid(5), square.pixels(5)
    assert square.grid(5) is grid is not pixels
    for side in range(6, 6 + KEPT - 2):
        square.pixels(side)
    assert square.grid(5) is grid
    square.pixels(100)
    assert square.pixels(5) is pixels
    again = square.grid(5)
    assert again is not grid
    assert torch.equal(again, grid)
