"""The samples of a run: what it learns from and is tested on, for the network as tensors and for the eye as points."""

from dataclasses import dataclass

import torch
from torch import Tensor

from minidl.batches import Epoch
from minidl.datasets import DISK_CENTRE, DISK_RADIUS, Normalization, disk, signed_targets
from visualdl.experiment import Experiment
from visualdl.training.frozen import frozen
from visualdl.training.random_streams import generator
from visualdl.training.snapshot import Data, Points

SAMPLES = 1000  # of each set, training and test: the paper's section II.A
CLASSES = 2


@dataclass(frozen=True, eq=False)
class Samples:
    """All samples, those to learn from first: `training` of them.

    `inputs` (samples, 2) are normalised, `targets` (samples, CLASSES) are +-1, `inside` (samples,) says which points
    lie in the disk. `data` shows the same in data coordinates.
    """

    seed: int
    inputs: Tensor
    targets: Tensor
    inside: Tensor
    training: int
    normalization: Normalization
    data: Data

    def epoch(self, number: int) -> Epoch:
        """Return the batches of epoch `number`, counted from 0: its order needs no other epoch."""
        order = generator(self.seed, "order", number)
        return Epoch(self.inputs[: self.training], self.targets[: self.training], order)

    def grid(self, side: int) -> Tensor:
        """Return a grid over the unit square as inputs, (side * side, 2): row by row from x2 = 0 on, edges included."""
        ticks = torch.linspace(0, 1, side)
        rows, columns = torch.meshgrid(ticks, ticks, indexing="ij")
        return self.normalization.apply(torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1))


def samples_of(experiment: Experiment) -> Samples:
    """Return the samples that the experiment's seed draws."""
    train_points, train_labels = disk(SAMPLES, generator(experiment.seed, "points"))
    test_points, test_labels = disk(SAMPLES, generator(experiment.seed, "test points"))
    normalization = Normalization.of(train_points)
    labels = torch.cat([train_labels, test_labels])
    return Samples(
        seed=experiment.seed,
        inputs=normalization.apply(torch.cat([train_points, test_points])),
        targets=signed_targets(labels, CLASSES),
        inside=labels == 1,
        training=SAMPLES,
        normalization=normalization,
        data=Data(
            Points(frozen(train_points), frozen(train_labels)),
            Points(frozen(test_points), frozen(test_labels)),
            DISK_CENTRE,
            DISK_RADIUS,
        ),
    )
