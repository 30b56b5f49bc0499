"""The unit square of all inputs, as a network gets it: a grid of points, or the middles of a picture's pixels."""

import torch
from torch import Tensor

from visualdl.training.samples.feature_map import FeatureMap

KEPT = 8
"""How many of the latest sizes are kept: the window needs three or four, again and again, until it has another size."""


class InputGrid:
    """The square of data coordinates [0, 1]^2, through a `feature_map`; the latest sizes of it are computed once.

    Both give (side * side, features): row by row from x2 = 0 on, each row from x1 = 0 on.
    """

    def __init__(self, feature_map: FeatureMap) -> None:
        self.feature_map = feature_map
        self._kept: dict[tuple[str, int], Tensor] = {}

    def grid(self, side: int) -> Tensor:
        """Return points at even distances, the square's edges included."""
        return self._over("grid", side, torch.linspace(0, 1, side))

    def pixels(self, side: int) -> Tensor:
        """Return the middles of the pixels of a picture that has `side` pixels along each side."""
        return self._over("pixels", side, (torch.arange(side) + 0.5) / side)

    def _over(self, kind: str, side: int, ticks: Tensor) -> Tensor:
        if (kind, side) not in self._kept:
            rows, columns = torch.meshgrid(ticks, ticks, indexing="ij")
            points = torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1)
            self._kept[kind, side] = self.feature_map.apply(points)
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[kind, side]
