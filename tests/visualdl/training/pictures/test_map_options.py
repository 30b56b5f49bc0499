"""How finely a map is looked at, and with which lines: other pictures of the same moment of the same run."""

from dataclasses import replace

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.training.pictures.activations import outputs_of
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import LEVELS
from visualdl.training.values.snapshot_request import GRID, ONLY_THE_RUN, RESOLUTIONS, SnapshotRequest

SMALL = Experiment(width=6, depth=2, batch_size=100)
LOOKS = [
    *(SnapshotRequest(resolution=side) for side in RESOLUTIONS.values()),
    SnapshotRequest(level_lines=True),
    SnapshotRequest(neurons=(33,), focus=Neuron(1, 2), resolution=RESOLUTIONS["Finest"], level_lines=True),
    SnapshotRequest(plane=(Neuron(1, 0), Neuron(1, 1)), resolution=RESOLUTIONS["Coarse"]),
]


def trained(experiment=SMALL, steps=40):
    run = Watched(experiment)
    for _ in range(steps):
        run.advance()
    return run


def same(one, other):
    return one.state() == other.state() and one.curves() == other.curves()


@pytest.mark.parametrize("batch_norm", ["No", "Yes"])
def test_looks_in_the_middle_of_training_change_neither_weights_nor_curves(batch_norm):
    experiment = replace(SMALL, batch_norm=batch_norm, dropout=0.1)
    seen, unseen = Watched(experiment), trained(experiment)
    for step in range(40):
        seen.snapshot(LOOKS[step % len(LOOKS)])
        seen.advance()
    assert same(seen, unseen)
    assert seen.snapshot().evaluation == unseen.snapshot().evaluation


@pytest.mark.parametrize("batch_norm", ["No", "Yes"])
@pytest.mark.parametrize("side", RESOLUTIONS.values())
def test_each_resolution_shows_the_same_moment_as_the_usual_one(side, batch_norm):
    run = trained(replace(SMALL, batch_norm=batch_norm))
    usual = run.snapshot()
    other = run.snapshot(SnapshotRequest(resolution=side))
    assert other.boundary.outputs.shape == (side, side)
    shared = np.gcd(side - 1, GRID - 1)
    one, two = (
        outputs[:: (len(outputs) - 1) // shared, :: (len(outputs) - 1) // shared]
        for outputs in (usual.boundary.outputs, other.boundary.outputs)
    )
    assert np.allclose(one, two, atol=1e-5)
    assert other.boundary.contour
    for line in other.boundary.contour:
        assert max(abs(usual.boundary.at(*point)) for point in line) < 0.2
    run.advance()
    assert run.snapshot(SnapshotRequest(resolution=side)).boundary.outputs.shape == (side, side)


@pytest.mark.parametrize("side", RESOLUTIONS.values())
def test_the_neurons_maps_and_the_plane_are_the_same_at_each_resolution(side):
    run = trained()
    usual, other = (
        run.snapshot(SnapshotRequest(neurons=(33,), plane=(Neuron(1, 0), Neuron(1, 1)), resolution=each))
        for each in (GRID, side)
    )
    for one, two in zip(usual.neurons.levels, other.neurons.levels, strict=True):
        assert np.array_equal(one, two)
    assert np.allclose(usual.plane.grid, other.plane.grid, atol=1e-5)


def test_a_neuron_in_focus_is_seen_as_finely():
    picture = (
        trained().snapshot(SnapshotRequest(focus=Neuron(1, 1), resolution=RESOLUTIONS["Fine"], level_lines=True)).focus
    )
    assert picture.boundary.outputs.shape == (129, 129)
    assert [each.level for each in picture.boundary.levels] == list(LEVELS)


def test_level_lines_run_where_the_output_is_so_large():
    boundary = trained().snapshot(SnapshotRequest(level_lines=True, resolution=RESOLUTIONS["Fine"])).boundary
    assert [each.level for each in boundary.levels] == list(LEVELS)
    assert sum(len(each.lines) for each in boundary.levels)
    for level, lines in boundary.levels:
        for line in lines:
            assert np.allclose([boundary.at(*point) for point in line], level, atol=0.02)


def test_what_nobody_asks_for_has_no_level_lines():
    run = trained()
    assert run.snapshot(SnapshotRequest(level_lines=True)).boundary.levels
    assert run.snapshot().boundary.levels == ()
    run.advance()
    assert run.snapshot().boundary.levels == ()


def test_the_last_finite_moment_can_be_seen_more_finely_whatever_came_after():
    run = Watched(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    expected = Watched(run.experiment).snapshot(SnapshotRequest(resolution=129)).boundary.outputs
    while not run.problem:
        run.advance()
    run.change(replace(run.experiment, dataset="Spiral"))
    for look in (ONLY_THE_RUN, SnapshotRequest(resolution=129)):
        assert run.snapshot(look).problem
    assert np.allclose(run.snapshot(SnapshotRequest(resolution=129)).boundary.outputs, expected, atol=1e-6)


def test_the_usual_resolution_is_that_of_a_look_that_says_nothing():
    assert trained().snapshot().boundary.outputs.shape == (GRID, GRID) == (65, 65)


def test_another_resolution_takes_one_pass_over_its_grid_for_each_moment(monkeypatch):
    run, passed = trained(), []
    look = SnapshotRequest(resolution=RESOLUTIONS["Fine"], level_lines=True)
    run.snapshot(look)
    monkeypatch.setattr(
        "visualdl.training.run.observer.outputs_of", lambda *what: (passed.append(len(what[1])), outputs_of(*what))[1]
    )
    run.advance()
    run.snapshot(look)
    assert passed.count(129**2) == 1
    assert GRID**2 not in passed
