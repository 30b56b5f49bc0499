"""The feature map goes from points to what a network gets: each feature normalised over the training points."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from minidl.standardization import Standardization
from visualdl.data.features import PAPER_FEATURES, Feature, UnusableFeatureError, feature_of
from visualdl.data.table import shown

FARTHEST = 1e6
"""Deviations from the mean: beyond, a network's numbers soon are not finite. At a training point there are few."""


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """Computes `features` of points: (value - mean) / deviation, both over the training points, as the paper does.

    x1 and x2 are what they are in the paper, bit for bit, whatever stands beside them: `places` normalises both.
    `others` has mean and deviation of every other feature, which are computed in float64.
    """

    features: tuple[Feature, ...]
    places: Standardization
    others: dict[str, tuple[float, float]]

    @classmethod
    def of(cls, names: tuple[str, ...], points: Tensor, training: int) -> "FeatureMap":
        """Return the map for `points` (samples, 2), of which the first `training` are learned from.

        Raises UnusableFeatureError for a feature that has no usable value at one of the points, that is the same at all
        training points, or that varies so little there that another point is FARTHEST deviations away.
        """
        features = tuple(map(feature_of, names))
        others = {
            feature.name: _mean_and_deviation(feature, points.numpy(), training)
            for feature in features
            if feature.name not in PAPER_FEATURES
        }
        return cls(features, Standardization.of(points[:training]), others)

    def apply(self, points: Tensor) -> Tensor:
        """Return the features of points (samples, 2): (samples, features).

        Where a formula has no value, which no sample does, it is the mean; FARTHEST deviations at most.
        """
        places = self.places.apply(points)
        if tuple(feature.name for feature in self.features) == PAPER_FEATURES:
            return places
        known = dict(zip(PAPER_FEATURES, places.unbind(1), strict=True))
        return torch.stack(
            [known[each.name] if each.name in known else self._other(each, points) for each in self.features], dim=1
        )

    def _other(self, feature: Feature, points: Tensor) -> Tensor:
        mean, deviation = self.others[feature.name]
        with np.errstate(all="ignore"):
            normalized = (feature.formula.values(points.numpy()) - mean) / deviation
        bounded = np.nan_to_num(normalized, nan=0.0).clip(-FARTHEST, FARTHEST)
        return torch.from_numpy(bounded.astype(np.float32))


def _mean_and_deviation(feature: Feature, points: np.ndarray, training: int) -> tuple[float, float]:
    try:
        values = feature.formula.usable_values(points)
    except ValueError as refusal:
        raise UnusableFeatureError(str(refusal)) from None
    learned = values[:training]
    if learned.min() == learned.max():
        raise UnusableFeatureError(
            f"The feature {shown(feature.text)} is {learned[0]:g} at every training point; it must vary among them."
        )
    mean, deviation = float(learned.mean()), float(learned.std(ddof=1))
    distances = np.abs(values - mean)
    farthest = int(distances.argmax())
    if not distances[farthest] <= FARTHEST * deviation:
        x1, x2 = points[farthest].tolist()
        raise UnusableFeatureError(
            f"The feature {shown(feature.text)} varies too little among the training points, beside its value of "
            f"{values[farthest]:g} at x1 = {x1:g}, x2 = {x2:g}."
        )
    return mean, deviation
