"""Own points as samples: dealt out to learn from or to be tested on, whatever other points come and go."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from minidl.datasets.square import moved_normally
from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment
from visualdl.training.random_streams import generator

REACH = 0.3
"""The deviation of full noise, as a share of the square's side: for as much noise that of Moons."""

FIRST, LAST = -1.0, 2.0  # before and after every place between 0 and 1


def own_points(own: OwnData, experiment: Experiment) -> tuple[Tensor, Tensor]:
    """Return the points, (samples, 2) in the unit square, and their labels, those to learn from first.

    Chance takes its generators from the experiment's seed and draw of data; noise moves the points after they are
    dealt out.
    """
    order = _deal(own, experiment)
    points = torch.from_numpy(own.in_square[order].astype(np.float32))
    moved = generator(experiment.seed, "own noise", experiment.data.data_draw)
    return moved_normally(points, REACH * experiment.data.noise / 100, moved), torch.from_numpy(own.labels[order])


def _deal(own: OwnData, experiment: Experiment) -> NDArray[np.int64]:
    """Return the order, (samples,), in which points are given out, so that any beginning of it has all classes.

    Chance ranks the points of a class by a number that it makes of each position. So a point that is added or removed
    leaves the ranks of the others as they were, and twins stay together. Of n points the one of rank r stands at
    (r + 1/2) / n of the order, the first at its very beginning and the last at its end.
    """
    chance = generator(experiment.seed, "deal", experiment.data.data_draw)
    first, second = torch.randint(2**62, (2,), generator=chance).tolist()
    bits = own.positions.view(np.uint64)
    numbers = _mixed(_mixed(bits[:, 0] ^ np.uint64(first)) ^ bits[:, 1] ^ np.uint64(second))
    by_class = np.lexsort((numbers, own.labels))
    counts = np.array(own.counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    ranks, sizes = np.arange(len(own)) - starts, np.repeat(counts, counts)
    places = (ranks + 0.5) / sizes
    places[ranks == sizes - 1] = LAST
    places[ranks == 0] = FIRST
    return by_class[np.argsort(places, kind="stable")]


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return other numbers, uint64, that have nothing to do with these. Source: Steele et al., SplitMix64, 2014."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
