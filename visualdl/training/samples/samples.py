"""The samples of a run: what it learns from and is tested on, for the network as tensors and for the eye as points."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from minidl.batches import Epoch
from visualdl.data.frame import UNIT
from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import NetworkChoices
from visualdl.training.model.objective import targets_of
from visualdl.training.random_streams import generator
from visualdl.training.samples.data_sets import draw_data
from visualdl.training.samples.feature_map import FeatureMap
from visualdl.training.samples.input_grid import InputGrid
from visualdl.training.samples.true_boundary import true_boundary
from visualdl.training.samples.user_points import own_points
from visualdl.training.values.read_only import frozen
from visualdl.training.values.snapshot import Data, Points

PART = 2000
"""How many points of each set stand for all of them where all would take too long, or hide each other."""


@dataclass(frozen=True, eq=False)
class Samples:
    """All samples, those to learn from first: `training` of them.

    `inputs` (samples, features) are what a feature map makes of the points, and `input_grid` what it makes of the
    square in which they lie; `truth` (samples,) are their classes or values, and `targets` what the loss makes of
    these. `data` shows the same in data coordinates, or the first PART points of each set.
    """

    seed: int
    inputs: Tensor
    targets: Tensor
    truth: Tensor
    training: int
    input_grid: InputGrid
    data: Data

    def epoch(self, number: int) -> Epoch:
        """Return the batches of epoch `number`, counted from 0: its order needs no other epoch."""
        order = generator(self.seed, "order", number)
        return Epoch(self.inputs[: self.training], self.targets[: self.training], order)

    def part(self) -> "Samples":
        """Return the samples of which `data` shows the points: all of them, if neither set has more than PART."""
        train, test = len(self.data.train.labels), len(self.data.test.labels)
        if train + test == len(self.inputs):
            return self
        chosen = torch.cat([torch.arange(train), torch.arange(self.training, self.training + test)])
        return replace(
            self,
            inputs=self.inputs[chosen],
            targets=self.targets[chosen],
            truth=self.truth[chosen],
            training=train,
        )


def samples_of(experiment: Experiment) -> Samples:
    """Return the samples that the experiment's seed draws; raise UnusableFeatureError as `FeatureMap.of` does.

    They are ordinary tensors, from which autograd can learn, too. The latest ones are kept: a run and whoever looks at
    it have the same.
    """
    network = NetworkChoices(features=experiment.network.features, loss=experiment.network.loss)
    return _kept_samples(Experiment(experiment.data, network, seed=experiment.seed))


@lru_cache(maxsize=2)
def _kept_samples(experiment: Experiment) -> Samples:
    with torch.inference_mode(False):
        return draw_samples(experiment)


def draw_samples(experiment: Experiment) -> Samples:
    """Return what `samples_of` returns, and keep nothing."""
    training = experiment.data.training_samples
    points, labels = _draw(experiment)
    feature_map = FeatureMap.of(experiment.network.features, points, training)
    return Samples(
        seed=experiment.seed,
        inputs=feature_map.apply(points),
        targets=targets_of(experiment.task, labels),
        truth=labels,
        training=training,
        input_grid=InputGrid(feature_map),
        data=Data(
            _shown(points[:training], labels[:training]),
            _shown(points[training:], labels[training:]),
            true_boundary(experiment.data.dataset),
            (labels.abs().max().item() or 1.0) if experiment.task.is_regression else 1.0,
        ),
    )


def present_points(experiment: Experiment) -> OwnData:
    """Return the points of the experiment, wherever they come from and noise has moved them, as own ones."""
    if experiment.data.own is not None and experiment.data.noise == 0:
        return experiment.data.own
    points, labels = _draw(experiment)
    if experiment.data.own is None:
        return OwnData(points.numpy(), labels.numpy(), experiment.class_names, frame=UNIT)
    positions = experiment.data.own.frame.from_square(points.numpy())
    return replace(experiment.data.own, positions=positions, labels=labels.numpy())


def present_values(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    """Return the points (samples, 2) of a regression, and their values (samples,), those to learn from first."""
    points, values = _draw(experiment)
    return points.numpy(), values.numpy()


def _draw(experiment: Experiment) -> tuple[Tensor, Tensor]:
    """Return points and labels or values, those to learn from first.

    The paper draws its two sets one by one. All other data sets are one draw that is dealt out: some set their points
    at even distances, of which a second draw would hold the same ones again.
    """
    if experiment.data.own is not None:
        return own_points(experiment.data.own, experiment)
    training = experiment.data.training_samples
    if experiment.data.dataset != "Disk":
        return _points(experiment, experiment.data.samples, "points")
    train = _points(experiment, training, "points")
    test = _points(experiment, experiment.data.samples - training, "test points")
    return torch.cat([train[0], test[0]]), torch.cat([train[1], test[1]])


def _points(experiment: Experiment, count: int, purpose: str) -> tuple[Tensor, Tensor]:
    chance = generator(experiment.seed, purpose, experiment.data.data_draw)
    return draw_data(experiment.data.dataset, count, len(experiment.class_names), experiment.data.noise / 100, chance)


def _shown(points: Tensor, labels: Tensor) -> Points:
    return Points(frozen(points[:PART]), frozen(labels[:PART]))
