"""A look shows what the neurons say, as they say it, and nothing of neurons that do not exist."""

import numpy as np
import pytest

import minidl
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.pictures.neuron_maps import FAINTEST, pictures_of
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.snapshot_request import GRID, SnapshotRequest

EXPERIMENT = Experiment(layers=(Layer(7, "ReLU"), Layer(5, "Tanh")))


def trained(experiment=EXPERIMENT, steps=60):
    run = Watched(experiment)
    for _ in range(steps):
        run.advance()
    return run


@pytest.fixture(scope="module")
def run():
    return trained()


def by_hand(run, positions):
    """Return the values of all layers at positions (points, 2) in data coordinates, from the snapshot's weights."""
    train, weights = run.snapshot().data.train.positions, run.snapshot().weights
    values = [(positions - train.mean(0)) / train.std(0, ddof=1)]
    activations = [
        *(layer.activation for layer in run.experiment.network.hidden),
        run.experiment.output_activation,
    ]
    for place, activation in enumerate(activations):
        sums = values[-1] @ weights[f"{2 * place}.weight"] + weights[f"{2 * place}.bias"]
        values.append(np.maximum(sums, 0) if activation == "ReLU" else np.tanh(sums))
    return values


def square(side):
    ticks = np.linspace(0, 1, side)
    rows, columns = np.meshgrid(ticks, ticks, indexing="ij")
    return np.stack([columns.ravel(), rows.ravel()], axis=1)


def pixels(side):
    """Return the middles of a picture's pixels in data coordinates, (side * side, 2), from the lowest row on."""
    return (square(side) * (side - 1) + 0.5) / side


@pytest.mark.parametrize("side", [16, GRID])
def test_every_neuron_has_its_map(run, side):
    maps = run.snapshot(SnapshotRequest(neurons=(side,))).neurons
    assert [levels.shape for levels in maps.levels] == [(count, side, side) for count in (2, 7, 5, 2)]
    for levels, scales, values in zip(maps.levels, maps.scales, by_hand(run, pixels(side)), strict=True):
        assert levels.dtype == np.uint8
        assert not levels.flags.writeable
        largest = np.abs(values).max(0)
        np.testing.assert_allclose(scales, np.maximum(largest, FAINTEST * largest.max()), rtol=1e-4)
        expected = 128 + 127 * (values / scales).T.reshape(levels.shape)
        assert np.abs(levels - expected).max() < 0.51, "half a level of rounding"


def test_a_map_uses_its_scale_and_leaves_level_0_free():
    maps = Watched(Experiment()).snapshot(SnapshotRequest(neurons=(16,))).neurons
    for levels in maps.levels[0]:
        assert levels.min() >= 1
        assert levels.min() == 1 or levels.max() == 255


def test_each_layer_has_maps_of_its_own_size_and_those_beyond_the_last_size_have_that():
    maps = Watched(Experiment(depth=3, width=4)).snapshot(SnapshotRequest(neurons=(52, 14, 9))).neurons
    assert [levels.shape[1:] for levels in maps.levels] == [(52, 52), (14, 14), (9, 9), (9, 9), (9, 9)]


def test_a_layer_that_is_silent_is_in_the_middle_of_the_levels():
    run = trained(Experiment(depth=1, width=2), 1)
    for number in range(2):
        run.set_number(ParameterIndex("0.bias", (number,)), -1000)
    maps = run.snapshot(SnapshotRequest(neurons=(33,))).neurons
    assert set(maps.levels[1].ravel().tolist()) == {128}
    assert (maps.scales[1] > 0).all()


@pytest.mark.parametrize("neuron", [Neuron(0, 1), Neuron(1, 3), Neuron(2, 4), Neuron(3, 0)])
def test_the_focus_is_one_neuron_over_the_square(run, neuron):
    picture = run.snapshot(SnapshotRequest(focus=neuron)).focus
    values = by_hand(run, square(GRID))[neuron.layer][:, neuron.number].reshape(GRID, GRID)
    assert picture.neuron == neuron
    assert picture.scale == pytest.approx(np.abs(values).max(), rel=1e-4)
    assert np.allclose(picture.boundary.outputs * picture.scale, values, atol=1e-4)
    assert np.abs(picture.boundary.outputs).max() == pytest.approx(1)
    for line in picture.boundary.contour:
        at = by_hand(run, line)[neuron.layer][:, neuron.number]
        assert np.abs(at).max() < 0.05 * picture.scale


def test_the_line_of_a_rectified_neuron_is_straight_in_the_first_layer(run):
    # Its values are 0 on a whole side; only before the activation there is a line.
    weights = run.snapshot().weights
    train, lines = run.snapshot().data.train.positions, 0
    for number in range(7):
        for line in run.snapshot(SnapshotRequest(focus=Neuron(1, number))).focus.boundary.contour:
            inputs = (line - train.mean(0)) / train.std(0, ddof=1)
            sums = inputs @ weights["0.weight"][:, number] + weights["0.bias"][number]
            assert np.abs(sums).max() < 1e-4
            lines += 1
    assert lines


def test_an_activation_that_never_is_0_has_no_line():
    samples = samples_of(Experiment())
    network = minidl.Sequential(minidl.Linear(2, 3), minidl.Sigmoid(), minidl.Linear(3, 2), minidl.Tanh())
    picture = pictures_of(SnapshotRequest(focus=Neuron(1, 0)), network, samples, lambda: None)["focus"]
    assert picture.boundary.contour == ()


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_the_plane_of_two_neurons_has_the_grid_and_the_training_points(run, layer):
    snapshot = run.snapshot(SnapshotRequest(plane=(Neuron(layer, 1), Neuron(layer, 0))))
    plane, train = snapshot.plane, snapshot.data.train
    assert plane.neurons == (Neuron(layer, 1), Neuron(layer, 0))
    assert plane.grid.shape == (33, 33, 2)
    assert np.allclose(plane.grid.reshape(-1, 2), by_hand(run, square(33))[layer][:, [1, 0]], atol=1e-4)
    assert np.allclose(plane.points, by_hand(run, train.positions)[layer][:, [1, 0]], atol=1e-4)
    assert np.array_equal(plane.labels, train.labels)
    assert not plane.grid.flags.writeable
    assert not plane.points.flags.writeable


@pytest.mark.parametrize(
    "neuron", [Neuron(4, 0), Neuron(2, 5), Neuron(0, 2), Neuron(-1, 0), Neuron(1, -1), Neuron(99, 99)]
)
def test_of_a_neuron_that_does_not_exist_there_is_no_picture(run, neuron):
    snapshot = run.snapshot(SnapshotRequest(neurons=(33,), focus=neuron, plane=(Neuron(1, 0), neuron)))
    assert snapshot.focus is None
    assert snapshot.plane is None
    assert snapshot.neurons is not None


def test_neurons_of_two_layers_have_no_plane(run):
    assert run.snapshot(SnapshotRequest(plane=(Neuron(1, 0), Neuron(2, 0)))).plane is None


def test_what_is_not_asked_for_is_not_made(run, monkeypatch):
    monkeypatch.setattr("visualdl.training.pictures.neuron_maps.neuron_maps", lambda *_: 1 / 0)
    run.advance()
    snapshot = run.snapshot()
    assert (snapshot.neurons, snapshot.focus, snapshot.plane) == (None, None, None)


def test_another_look_at_the_same_moment_is_another_picture_and_nothing_else(run, monkeypatch):
    run.advance()
    without = run.snapshot()
    monkeypatch.setattr("visualdl.training.run.observer.evaluation_of", lambda *_: 1 / 0)
    first, second = (run.snapshot(SnapshotRequest(focus=Neuron(1, number))) for number in (0, 1))
    assert (first.focus.neuron, second.focus.neuron) == (Neuron(1, 0), Neuron(1, 1))
    assert first.boundary is second.boundary is without.boundary
    assert first.evaluation is second.evaluation is without.evaluation
    assert run.snapshot().focus is None


def test_a_look_follows_the_training(run):
    look = SnapshotRequest(focus=Neuron(2, 0))
    before = run.snapshot(look).focus
    run.advance()
    assert not np.array_equal(before.boundary.outputs, run.snapshot(look).focus.boundary.outputs)


def test_looking_changes_no_run():
    seen, unseen = Watched(EXPERIMENT), trained(steps=30)
    for _ in range(30):
        seen.snapshot(SnapshotRequest((33,), Neuron(1, 0), (Neuron(1, 0), Neuron(1, 1))))
        seen.advance()
    assert seen.snapshot().evaluation == unseen.snapshot().evaluation


@pytest.mark.parametrize("network", [{"depth": 0}, {"depth": 1, "width": 4, "batch_norm": "Yes"}])
def test_the_last_finite_moment_can_be_looked_at_in_any_way(network):
    run = Watched(Experiment(**network, output_activation="Identity", learning_rate=10))
    first = run.snapshot(SnapshotRequest(neurons=(33,))).neurons
    while not run.problem:
        run.advance()
    stopped = run.snapshot(SnapshotRequest(neurons=(33,), focus=Neuron(1, 0)))
    assert stopped.step == 0
    assert all(map(np.array_equal, stopped.neurons.levels, first.levels))
    assert np.isfinite(stopped.focus.boundary.outputs).all()
