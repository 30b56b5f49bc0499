"""What a network gets of a point: each feature's value, normalised over the training points, or a sentence."""

import time

import numpy as np
import pytest
import torch

from minidl.standardization import Standardization
from tests.visualdl.watched import Watched
from visualdl.data.features import BUILT_IN, UnusableFeatureError, feature_of
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network
from visualdl.training.pictures.neuron_maps import neuron_maps
from visualdl.training.samples.feature_map import FARTHEST, FeatureMap
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.snapshot_request import GRID, SnapshotRequest

ALL = tuple(feature.name for feature in BUILT_IN)
FORMULAS = ("sin(3*x1)", "exp(x1 - x2)")


def square(side=GRID):
    ticks = np.linspace(0, 1, side, dtype=np.float32)
    rows, columns = np.meshgrid(ticks, ticks, indexing="ij")
    return np.stack([columns.ravel(), rows.ravel()], axis=1)


def normalized(name, points, training_points):
    """Return a feature of points, by its formula alone."""
    formula = feature_of(name).formula
    learned = formula.values(training_points)
    return (formula.values(points) - learned.mean()) / learned.std(ddof=1)


@pytest.mark.parametrize("dataset", ["Disk", "Spiral"])
def test_samples_and_grid_have_every_feature_normalised_over_the_training_points(dataset):
    names = (*ALL, *FORMULAS)
    samples = samples_of(Experiment(dataset=dataset, features=names, noise=10, training_share=60))
    train, test = samples.data.train.positions, samples.data.test.positions
    grid = samples.input_grid.grid(GRID)
    assert samples.inputs.shape == (2000, 9)
    assert samples.inputs.dtype == grid.dtype == torch.float32
    for column, name in enumerate(names):
        expected = normalized(name, np.concatenate([train, test]), train)
        np.testing.assert_allclose(samples.inputs[:, column], expected, atol=2e-5)
        np.testing.assert_allclose(grid[:, column], normalized(name, square(), train), atol=2e-5)
    torch.testing.assert_close(samples.inputs[:1200].std(0), torch.ones(9), rtol=1e-4, atol=0)


def test_x1_and_x2_are_the_papers_bit_for_bit_whatever_stands_beside_them():
    paper = samples_of(Experiment(noise=20, seed=4))
    points = torch.tensor(paper.data.train.positions)
    assert torch.equal(paper.inputs[:1000], Standardization.of(points).apply(points))
    others = samples_of(Experiment(noise=20, seed=4, features=("x2", "sin(x1)", "x1")))
    assert torch.equal(others.inputs[:, [2, 0]], paper.inputs)
    assert torch.equal(others.input_grid.grid(GRID)[:, [2, 0]], paper.input_grid.grid(GRID))


def test_a_part_of_many_samples_has_the_same_features():
    samples = samples_of(Experiment(samples=20_000, features=("x1 squared", "x2")))
    part = samples.part()
    assert torch.equal(part.inputs[:2000], samples.inputs[:2000])


def test_the_map_of_an_input_and_its_large_picture_show_its_formula():
    experiment = Experiment(features=("x1", "x1 squared", "max(x1, 2*x2)"), depth=1, width=3)
    run = Watched(experiment)
    for number, name in enumerate(experiment.features):
        snapshot = run.snapshot(SnapshotRequest(neurons=(33,), focus=Neuron(0, number)))
        values = normalized(name, square(), snapshot.data.train.positions).reshape(GRID, GRID)
        picture = snapshot.focus
        np.testing.assert_allclose(picture.boundary.outputs * picture.scale, values, atol=2e-5)
        levels, scale = snapshot.neurons.levels[0][number], snapshot.neurons.scales[0][number]
        pixels = (square(33) * 32 + 0.5) / 33  # their middles
        expected = normalized(name, pixels, snapshot.data.train.positions).reshape(33, 33)
        assert np.abs((levels.astype(float) - 128) / 127 * scale - expected).max() < 0.005 * scale


def test_the_hidden_plane_folds_the_square_of_x1_and_x2_whatever_the_features():
    run = Watched(Experiment(features=("x2 squared", "sin(3*x1)", "x1"), depth=1, width=3))
    plane = run.snapshot(SnapshotRequest(plane=(Neuron(0, 2), Neuron(0, 0)))).plane
    train = run.snapshot().data.train.positions
    for axis, name in enumerate(("x1", "x2 squared")):
        expected = normalized(name, square(33), train).reshape(33, 33)
        np.testing.assert_allclose(plane.grid[..., axis], expected, atol=2e-5)
    assert np.ptp(plane.grid[..., 0], axis=0).max() < 1e-6, "a column is a line of constant x1"
    assert np.ptp(plane.grid[..., 1], axis=1).max() < 1e-6, "a row is a line of constant x2"


def of(name, points, training=None):
    points = torch.tensor(points, dtype=torch.float32)
    return FeatureMap.of((name,), points, len(points) if training is None else training)


@pytest.mark.parametrize(
    ("name", "points", "training", "sentence"),
    [
        (
            "sqrt(x1)",
            [[0.5, 0.5], [1, 0], [-0.25, 0.5]],
            2,
            "'sqrt.x1.' is nan at x1 = -0.25, x2 = 0.5; a feature",
        ),
        ("log(x1 + 1)", [[0.5, 0.5], [-1, 0.5]], 2, r"is -inf at x1 = -1, x2 = 0.5"),
        ("max(x1, 0.5)", [[0.1, 0], [0.2, 0], [0.7, 0]], 2, "is 0.5 at every training point; it must vary among them"),
        (
            "x1^40",
            [[0.1, 0], [0.2, 0], [1, 0]],
            2,
            "too little among the training points, beside its value of 1",
        ),
        ("x1 squared", [[0.25, 0], [0.75, 1]], 2, "'.x1 - 0.5.\\^2' is 0.0625 at every training point"),
        ("1e-300 * x1", [[0, 0], [1, 0]], 2, "varies too little"),
    ],
)
def test_what_the_data_makes_unusable_is_told_in_one_sentence(name, points, training, sentence):
    with pytest.raises(UnusableFeatureError, match=sentence) as refusal:
        of(name, points, training)
    assert str(refusal.value).endswith(".")


def test_small_and_large_values_are_normalised_as_well_as_any():
    points = np.random.default_rng(1).uniform(size=(100, 2))
    expected = of("x1", points).apply(torch.tensor(points, dtype=torch.float32))
    for name in ("1e-30 * x1", "1e14 * x1", "5 + 1e-6 * x1"):
        values = of(name, points).apply(torch.tensor(points, dtype=torch.float32))
        torch.testing.assert_close(values, expected, rtol=1e-4, atol=1e-4)


def test_data_on_one_line_still_trains_with_x1_and_x2():
    points = torch.tensor([[0.5, 0.0], [0.5, 1.0]])
    assert FeatureMap.of(("x1", "x2"), points, 2).apply(points)[:, 0].tolist() == [0, 0]


def test_a_picture_between_the_points_that_were_tried_is_finite():
    features = of("1/(x1 - 1/3)", np.random.default_rng(1).uniform(size=(100, 2)))
    values = features.apply(torch.tensor([[1 / 3, 0.5], [0.2, 0.5]], dtype=torch.float64))
    assert torch.isfinite(values).all()
    assert values.abs().max() <= FARTHEST


def test_features_of_100_000_samples_take_a_moment_and_those_of_a_step_nothing():
    experiment = Experiment(samples=100_000, features=(*ALL, *FORMULAS), depth=1)
    samples = samples_of(experiment)
    points = torch.rand(100_000, 2)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        FeatureMap.of(experiment.features, points, 50_000).apply(points)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.5
    batch, _ = samples.epoch(0).take(50)
    assert batch.shape == (50, 9)
    maps = neuron_maps(build_network(experiment), samples.input_grid, (33,))
    assert [len(levels) for levels in maps.levels] == [9, 25, 2]
