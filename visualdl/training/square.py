"""The unit square of all inputs, as a network gets it: a grid of points, or the middles of a picture's pixels."""

import torch
from torch import Tensor

from visualdl.training.feature_map import FeatureMap


class Square:
    """The square of data coordinates [0, 1]^2, through a `feature_map`; each size of it is computed once.

    Both give (side * side, features): row by row from x2 = 0 on, each row from x1 = 0 on.
    """

    def __init__(self, feature_map: FeatureMap) -> None:
        self.feature_map = feature_map
        self._grids: dict[int, Tensor] = {}
        self._pixels: dict[int, Tensor] = {}

    def grid(self, side: int) -> Tensor:
        """Return points at even distances, the square's edges included."""
        if side not in self._grids:
            self._grids[side] = self._over(torch.linspace(0, 1, side))
        return self._grids[side]

    def pixels(self, side: int) -> Tensor:
        """Return the middles of the pixels of a picture that has `side` pixels along each side."""
        if side not in self._pixels:
            self._pixels[side] = self._over((torch.arange(side) + 0.5) / side)
        return self._pixels[side]

    def _over(self, ticks: Tensor) -> Tensor:
        rows, columns = torch.meshgrid(ticks, ticks, indexing="ij")
        return self.feature_map.apply(torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1))
