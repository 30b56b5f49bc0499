"""A run goes on with other data: it keeps its network, begins the epoch anew, and is the same run ever after."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.visualdl.watched import Watched
from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network
from visualdl.training.samples.samples import PART, samples_of
from visualdl.training.values.parameter_index import LARGEST, Neuron, ParameterIndex
from visualdl.training.values.run_state import RunState
from visualdl.training.values.snapshot_request import SnapshotRequest

SMALL = Experiment(depth=1, width=4, samples=200, batch_size=25)  # 4 steps an epoch
LARGE = replace(SMALL, samples=20_000, batch_size=1000)  # 10 steps an epoch


def advanced(run, steps):
    for _ in range(steps):
        run.advance()
    return run


CHANGES = [
    *({"dataset": name} for name in list(DATA_SETS)[1:] if not DATA_SETS[name].is_regression),
    {"samples": 60},
    {"noise": 30},
    {"training_share": 20},
    {"data_draw": 1},
]


@pytest.mark.parametrize("change", CHANGES)
def test_other_data_keeps_the_network_and_is_shown_at_once(change):
    run = advanced(Watched(SMALL), 6)
    before = run.snapshot()
    after = replace(SMALL, **change)
    run.change(after)
    snapshot = run.snapshot()
    assert (snapshot.step, snapshot.experiment) == (6, after)
    for name, weight in before.weights.items():
        assert np.array_equal(weight, snapshot.weights[name])
    data = samples_of(after).data
    assert np.array_equal(snapshot.data.train.positions, data.train.positions)
    assert np.array_equal(snapshot.data.test.labels, data.test.labels)


def test_from_then_on_it_is_the_run_that_begins_with_those_weights_on_that_data():
    run = advanced(Watched(SMALL), 6)
    after = replace(SMALL, dataset="Spiral", noise=5, samples=300)
    run.change(after)
    assert (run.snapshot().epoch, run.snapshot().batch, run.snapshot().batches) == (1, 0, 6)
    fresh = Watched(state=RunState(after, run.snapshot().weights, step=6, epoch=1))
    first, second = advanced(run, 15).snapshot(), advanced(fresh, 15).snapshot()
    assert first.evaluation == second.evaluation
    assert (first.step, first.epoch) == (second.step, second.epoch) == (21, 3)
    assert np.array_equal(first.boundary.outputs, second.boundary.outputs)


def test_the_change_is_marked_where_the_epoch_begins_anew():
    run = advanced(Watched(SMALL), 6)
    run.change(replace(SMALL, dataset="Spiral"))
    run.change(replace(SMALL, dataset="XOR"), continues=True)
    run.change(replace(SMALL, dataset="XOR", data_draw=1))
    changes = run.curves().changes
    assert [(change.epoch, change.text) for change in changes] == [(1, "Dataset Disk → XOR"), (1, "Data draw 0 → 1")]
    epochs = advanced(run, 4).curves().epochs
    assert epochs.tolist() == [0, 1, 2]


def test_before_the_first_step_it_is_as_if_it_had_begun_so():
    run, after = Watched(SMALL), replace(SMALL, dataset="Moons", samples=90)
    run.change(after)
    other = Watched(after)
    for _ in range(2):
        first, second = run.snapshot(), other.snapshot()
        assert first.evaluation == second.evaluation
        assert np.array_equal(run.curves().train_loss, other.curves().train_loss)
        assert np.array_equal(first.boundary.outputs, second.boundary.outputs)
        advanced(run, 5)
        advanced(other, 5)


def test_other_initial_weights_need_another_run_and_keep_the_data():
    run, after = Watched(SMALL), replace(SMALL, weight_draw=1)
    with pytest.raises(ValueError, match="Weights cannot be kept where weight_draw changes"):
        run.change(after)
    first, second = run.snapshot(), Watched(after).snapshot()
    assert np.array_equal(first.data.train.positions, second.data.train.positions)
    assert not np.array_equal(first.weights["0.weight"], second.weights["0.weight"])


def test_a_network_that_grows_while_the_data_changes_begins_the_epoch_anew():
    run = advanced(Watched(SMALL), 6)
    run.change(replace(SMALL, width=9, samples=50))
    snapshot = run.snapshot()
    assert (snapshot.epoch, snapshot.batch, len(snapshot.data.train.labels)) == (1, 0, 25)
    advanced(run, 3)


def test_a_run_that_had_to_stop_shows_its_last_moment_whatever_data_is_asked_for():
    run = Watched(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    advanced(run, 200)
    before = run.snapshot()
    assert before.problem
    run.change(replace(run.experiment, dataset="XOR"))
    assert run.snapshot().problem == before.problem
    assert run.snapshot().data is before.data


@pytest.mark.parametrize("evaluated", [True, False])
def test_the_last_finite_moment_has_the_points_of_its_own_data(evaluated):
    run = Watched(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    run.change(replace(run.experiment, samples=60))
    run.snapshot(evaluated=evaluated)
    advanced(run, 200)
    stopped = run.snapshot(SnapshotRequest(plane=(Neuron(1, 0), Neuron(1, 1))))
    assert stopped.problem
    assert len(stopped.plane.points) == len(stopped.plane.labels) == len(stopped.data.train.labels) == 30


def test_what_is_not_finite_comes_into_no_curve_whatever_data_is_asked_for():
    run = Watched(replace(SMALL, depth=8, width=1, hidden_activation="Identity", output_activation="Identity"))
    for layer in range(1, 8):
        run.set_number(ParameterIndex(f"{2 * layer}.weight", (0, 0)), LARGEST)
    assert run.snapshot().problem
    run.change(replace(run.experiment, dataset="XOR"))
    run.change(replace(run.experiment, depth=1))
    evaluation = Watched(SMALL).snapshot().evaluation
    assert np.isfinite(run.run.curves(evaluation).train_loss).all()


@torch.inference_mode()
def test_of_many_samples_all_are_evaluated_at_rest_and_those_on_show_on_the_way():
    run = advanced(Watched(LARGE), 3)
    samples, network = samples_of(LARGE), build_network(LARGE)
    network.load_state({name: torch.tensor(array) for name, array in run.state().weights.items()})
    wrong = (network.forward(samples.inputs).diff(dim=1)[:, 0] > 0) != (samples.truth == 1)
    moving = run.snapshot(exact=False).evaluation
    resting = run.snapshot().evaluation
    assert moving.train_error == pytest.approx(wrong[:PART].float().mean().item())
    assert moving.test_error == pytest.approx(wrong[10_000 : 10_000 + PART].float().mean().item())
    assert resting.train_error == pytest.approx(wrong[:10_000].float().mean().item())
    assert resting.test_error == pytest.approx(wrong[10_000:].float().mean().item())
    assert run.curves().test_error[-1] == resting.test_error
    assert run.snapshot(exact=False).evaluation == resting, "who knows better does not look again"


def test_of_many_samples_the_ends_of_epochs_are_exact_whoever_looks():
    run = Watched(LARGE)
    for _ in range(10):
        run.advance()
        run.snapshot(exact=False)
    exact = run.snapshot().evaluation
    advanced(run, 3)
    run.snapshot(exact=False)
    assert run.curves().test_error[1] == exact.test_error


def test_the_hidden_plane_shows_the_points_on_show():
    plane = Watched(LARGE).snapshot(SnapshotRequest(plane=(Neuron(1, 0), Neuron(1, 1)))).plane
    assert len(plane.points) == len(plane.labels) == PART
