"""The true boundary is where the labels change."""

import numpy as np
import pytest

from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.experiment import Experiment
from visualdl.training.samples.samples import samples_of
from visualdl.training.samples.true_boundary import true_boundary


def crossings(line, start, end):
    """How many times a straight way crosses a line, (points, 2)."""

    def side(a, b, c):
        return np.sign(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )

    first, last = line[:-1], line[1:]
    return int(
        (
            (side(first, last, start) != side(first, last, end)) & (side(start, end, first) != side(start, end, last))
        ).sum()
    )


@pytest.mark.parametrize("dataset", ["Disk", "Circle", "XOR", "Checkerboard"])
def test_whoever_crosses_it_once_is_among_the_other_class(dataset):
    points = samples_of(Experiment(dataset=dataset, samples=400)).data.train
    lines = true_boundary(dataset)
    for start, end, before, after in zip(
        points.positions, points.positions[1:], points.labels, points.labels[1:], strict=False
    ):
        assert sum(crossings(line, start, end) for line in lines) % 2 == (before != after)


@pytest.mark.parametrize("dataset", sorted({*DATA_SETS} - {"Disk", "Circle", "XOR", "Checkerboard"}))
def test_there_is_none_where_each_point_is_drawn_for_its_class(dataset):
    assert true_boundary(dataset) == ()


def test_it_is_frozen():
    with pytest.raises(ValueError, match="read-only"):
        true_boundary("XOR")[0][0] = 0
