"""A session goes on with other data: it keeps its network, begins the epoch anew, and is the same run ever after."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from visualdl.experiment.data_choices import DATA_SETS, REGRESSIONS
from visualdl.experiment.experiment import Experiment
from visualdl.training.run.run import Run
from visualdl.training.samples.samples import PART, samples_of
from visualdl.training.values.parameter_index import LARGEST, Neuron, ParameterIndex
from visualdl.training.values.run_state import Checkpoint
from visualdl.training.values.snapshot_request import SnapshotRequest

SMALL = Experiment(depth=1, width=4, samples=200, batch_size=25)  # 4 steps an epoch
LARGE = replace(SMALL, samples=20_000, batch_size=1000)  # 10 steps an epoch


def advanced(session, steps):
    for _ in range(steps):
        session.advance()
    return session


CHANGES = [
    *({"dataset": name} for name in DATA_SETS[1:] if name not in REGRESSIONS),
    {"samples": 60},
    {"noise": 30},
    {"training_share": 20},
    {"data_draw": 1},
]


@pytest.mark.parametrize("change", CHANGES)
def test_other_data_keeps_the_network_and_is_shown_at_once(change):
    session = advanced(Run(SMALL), 6)
    before = session.snapshot()
    after = replace(SMALL, **change)
    session.change(after)
    snapshot = session.snapshot()
    assert (snapshot.run, snapshot.step, snapshot.experiment) == (before.run, 6, after)
    for name, weight in before.weights.items():
        assert np.array_equal(weight, snapshot.weights[name])
    data = samples_of(after).data
    assert np.array_equal(snapshot.data.train.positions, data.train.positions)
    assert np.array_equal(snapshot.data.test.labels, data.test.labels)


def test_from_then_on_it_is_the_run_that_begins_with_those_weights_on_that_data():
    session = advanced(Run(SMALL), 6)
    after = replace(SMALL, dataset="Spiral", noise=5, samples=300)
    session.change(after)
    assert (session.snapshot().epoch, session.snapshot().batch, session.snapshot().batches) == (1, 0, 6)
    fresh = Run(after, checkpoint=Checkpoint(session.snapshot().weights, step=6, epoch=1))
    first, second = advanced(session, 15).snapshot(), advanced(fresh, 15).snapshot()
    assert first.evaluation == second.evaluation
    assert (first.step, first.epoch) == (second.step, second.epoch) == (21, 3)
    assert np.array_equal(first.boundary.outputs, second.boundary.outputs)


def test_the_change_is_marked_where_the_epoch_begins_anew():
    session = advanced(Run(SMALL), 6)
    session.change(replace(SMALL, dataset="Spiral"))
    session.change(replace(SMALL, dataset="XOR"), continues=True)
    session.change(replace(SMALL, dataset="XOR", data_draw=1))
    changes = session.snapshot().curves.changes
    assert [(change.epoch, change.text) for change in changes] == [(1, "Dataset Disk → XOR"), (1, "Data draw 0 → 1")]
    epochs = advanced(session, 4).snapshot().curves.epochs
    assert epochs.tolist() == [0, 1, 2]


def test_before_the_first_step_it_is_as_if_it_had_begun_so():
    session, after = Run(SMALL), replace(SMALL, dataset="Moons", samples=90)
    session.change(after)
    other = Run(after)
    for _ in range(2):
        first, second = session.snapshot(), other.snapshot()
        assert first.evaluation == second.evaluation
        assert np.array_equal(first.curves.train_loss, second.curves.train_loss)
        assert np.array_equal(first.boundary.outputs, second.boundary.outputs)
        advanced(session, 5)
        advanced(other, 5)


def test_other_initial_weights_need_another_session_and_keep_the_data():
    session, after = Run(SMALL), replace(SMALL, weight_draw=1)
    with pytest.raises(ValueError, match="Only a new session can take over weight_draw"):
        session.change(after)
    first, second = session.snapshot(), Run(after).snapshot()
    assert np.array_equal(first.data.train.positions, second.data.train.positions)
    assert not np.array_equal(first.weights["0.weight"], second.weights["0.weight"])


def test_a_network_that_grows_while_the_data_changes_begins_the_epoch_anew():
    session = advanced(Run(SMALL), 6)
    grown = session.grown(replace(SMALL, width=9, samples=50), run=1)
    snapshot = grown.snapshot()
    assert (snapshot.epoch, snapshot.batch, len(snapshot.data.train.labels)) == (1, 0, 25)
    advanced(grown, 3)


def test_a_run_that_had_to_stop_shows_its_last_moment_whatever_data_is_asked_for():
    session = Run(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    advanced(session, 200)
    before = session.snapshot()
    assert before.problem
    session.change(replace(session.experiment, dataset="XOR"))
    assert session.snapshot().problem == before.problem
    assert session.snapshot().data is before.data


@pytest.mark.parametrize(("evaluated", "points"), [(True, 30), (False, 1000)])
def test_the_last_finite_moment_has_the_points_of_its_own_data(evaluated, points):
    session = Run(Experiment(depth=0, output_activation="ReLU", learning_rate=10))
    session.change(replace(session.experiment, samples=60))
    session.snapshot(evaluated=evaluated)
    advanced(session, 200)
    stopped = session.snapshot(SnapshotRequest(plane=(Neuron(1, 0), Neuron(1, 1))))
    assert stopped.problem
    assert len(stopped.plane.points) == len(stopped.plane.labels) == len(stopped.data.train.labels) == points


def test_what_is_not_finite_comes_into_no_curve_whatever_data_is_asked_for():
    session = Run(replace(SMALL, depth=8, width=1, hidden_activation="Identity", output_activation="Identity"))
    for layer in range(1, 8):
        session.set_number(ParameterIndex(f"{2 * layer}.weight", (0, 0)), LARGEST)
    assert session.snapshot().problem
    session.change(replace(session.experiment, dataset="XOR"))
    grown = advanced(session.grown(replace(session.experiment, depth=1), 1), 1)
    assert grown.snapshot().problem == ""
    assert np.isfinite(grown.snapshot().curves.train_loss).all()


@torch.inference_mode()
def test_of_many_samples_all_are_evaluated_at_rest_and_those_on_show_on_the_way():
    session = advanced(Run(LARGE), 3)
    samples = session._samples
    wrong = (session._network.forward(samples.inputs).diff(dim=1)[:, 0] > 0) != (samples.truth == 1)
    moving = session.snapshot(exact=False).evaluation
    resting = session.snapshot().evaluation
    assert moving.train_error == pytest.approx(wrong[:PART].float().mean().item())
    assert moving.test_error == pytest.approx(wrong[10_000 : 10_000 + PART].float().mean().item())
    assert resting.train_error == pytest.approx(wrong[:10_000].float().mean().item())
    assert resting.test_error == pytest.approx(wrong[10_000:].float().mean().item())
    assert session.snapshot().curves.test_error[-1] == resting.test_error
    assert session.snapshot(exact=False).evaluation == resting, "who knows better does not look again"


def test_of_many_samples_the_ends_of_epochs_are_exact_whoever_looks():
    session = Run(LARGE)
    for _ in range(10):
        session.advance()
        session.snapshot(exact=False)
    exact = session.snapshot().evaluation
    advanced(session, 3)
    assert session.snapshot(exact=False).curves.test_error[1] == exact.test_error


def test_the_hidden_plane_shows_the_points_on_show():
    plane = Run(LARGE).snapshot(SnapshotRequest(plane=(Neuron(1, 0), Neuron(1, 1)))).plane
    assert len(plane.points) == len(plane.labels) == PART
