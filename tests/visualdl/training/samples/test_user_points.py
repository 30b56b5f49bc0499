"""Own points as samples: scaled to the square, dealt out by chance, and at rest while other points come and go."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.visualdl.watched import Watched
from visualdl.data.frame import Frame
from visualdl.data.own_data import OwnData
from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED
from visualdl.training.samples.samples import present_points, samples_of
from visualdl.training.seeds.seed_runs import SeedRuns
from visualdl.training.values.snapshot_request import SnapshotRequest

CHANCE = np.random.default_rng(0)
BODIES = OwnData(
    CHANCE.uniform([150, 40], [200, 120], (300, 2)),
    np.repeat([0, 1], [240, 60]),
    ("m", "f"),
    ("height", "weight", "sex"),
    Frame((150.0, 40.0), (200.0, 120.0)),
)
EXPERIMENT = Experiment(depth=1, width=4).with_own(BODIES)


def parts(experiment):
    """Return the points to learn from and those to be tested on, each a set of (x1, x2, label) in the square."""
    data = samples_of(experiment).data
    return [
        {(*place, label) for place, label in zip(part.positions.tolist(), part.labels.tolist(), strict=True)}
        for part in (data.train, data.test)
    ]


def test_the_frame_is_the_unit_square():
    corners = replace(BODIES, positions=[[150, 40], [200, 40], [200, 120], [175, 80]], labels=[0, 1, 0, 1])
    train, test = parts(Experiment().with_own(corners))
    assert train | test == {(0, 0, 0), (1, 0, 1), (1, 1, 0), (0.5, 0.5, 1)}


def test_both_parts_have_their_share_of_every_class():
    for share in (10, 50, 90):
        data = samples_of(EXPERIMENT.choose("training_share", share)).data
        assert np.bincount(data.train.labels).tolist() == [240 * share / 100, 60 * share / 100]
        assert np.bincount(data.test.labels).tolist() == [240 - 240 * share / 100, 60 - 60 * share / 100]


@given(st.lists(st.integers(0, 1), min_size=2, max_size=8), st.integers(10, 90))
def test_however_few_points_there_are_all_classes_are_learned_and_something_is_tested(labels, share):
    labels = [0, 1, *labels]
    own = OwnData(np.arange(2.0 * len(labels)).reshape(-1, 2), labels, ("a", "b"))
    samples = samples_of(Experiment(training_share=share).with_own(own))
    assert {*samples.data.train.labels.tolist()} == {0, 1}
    assert 1 <= len(samples.data.test.labels) == len(labels) - samples.training


def test_a_rare_class_is_in_both_parts_whatever_their_share():
    rare = OwnData(CHANCE.random((20, 2)), np.arange(20) // 18, ("a", "b"))
    for share in (10, 90):
        data = samples_of(Experiment(training_share=share).with_own(rare)).data
        assert {*data.train.labels.tolist()} == {*data.test.labels.tolist()} == {0, 1}


def test_seed_and_draw_deal_the_same_points_out_in_another_way_and_weights_do_not():
    train, test = parts(EXPERIMENT)
    for other in (replace(EXPERIMENT, seed=1), EXPERIMENT.choose("data_draw", 1)):
        train_then, test_then = parts(other)
        assert train_then | test_then == train | test
        assert 55 < len(train_then & train) < 95, "half of them, by chance"
    assert parts(EXPERIMENT.choose("weight_draw", 1)) == [train, test]


def test_points_stay_in_their_part_while_others_come_and_go():
    train, test = parts(EXPERIMENT)
    more = replace(BODIES, positions=[[160, 60], *BODIES.positions], labels=[1, *BODIES.labels])
    fewer = replace(BODIES, positions=BODIES.positions[1:], labels=BODIES.labels[1:])
    backwards = replace(BODIES, positions=BODIES.positions[::-1], labels=BODIES.labels[::-1])
    for own, moved in ((more, 3), (fewer, 3), (backwards, 0)):
        train_then, test_then = parts(EXPERIMENT.with_own(own))
        assert len(train_then & test) + len(test_then & train) <= moved


def test_noise_moves_the_points_and_not_the_deal():
    calm, moved = (samples_of(EXPERIMENT.choose("noise", noise)).data.train for noise in (0, 20))
    steps = moved.positions - calm.positions
    assert steps.std() == pytest.approx(0.3 * 0.2, rel=0.1)
    assert np.array_equal(calm.labels, moved.labels)
    elsewhere = samples_of(replace(EXPERIMENT, noise=20, data_draw=1)).data.train
    assert not np.isclose(moved.positions[:, None], elsewhere.positions).all(2).any()


def test_twins_and_all_points_at_one_place_do_no_harm():
    own = OwnData(np.ones((40, 2)), np.arange(40) % 2, ("a", "b"))
    run = Watched(Experiment(depth=1, width=3).with_own(own))
    run.advance()
    assert run.snapshot().evaluation.is_finite()


@pytest.mark.parametrize("dataset", [name for name in DATA_SETS if not DATA_SETS[name].is_regression])
@pytest.mark.parametrize("classes", [2, 5])
def test_the_present_points_of_a_data_set_are_the_same_data(dataset, classes):
    experiment = Experiment(dataset=dataset, classes=classes, samples=60, noise=10)
    own = experiment.with_own(present_points(experiment))
    train, test = parts(experiment)
    train_own, test_own = parts(own)
    assert train_own | test_own == train | test
    assert own.class_names == experiment.class_names


def test_own_points_of_three_classes_are_learned_with_an_output_for_each():
    own = OwnData(
        np.repeat([[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]], 20, axis=0), np.repeat([0, 1, 2], 20), ("a", "b", "c")
    )
    experiment = Experiment(depth=1, width=8, batch_size=10, learning_rate=0.1).choose("loss", SOFTMAX).with_own(own)
    assert (experiment.classes, experiment.class_names, experiment.output_activation) == (3, own.classes, "Identity")
    run = Watched(experiment)
    for _ in range(60):
        run.advance()
    snapshot = run.snapshot(SnapshotRequest(predictions=True))
    assert snapshot.evaluation.test_error == 0
    assert {*np.unique(snapshot.boundary.predicted_classes).tolist()} == {0, 1, 2}


@pytest.mark.parametrize(
    ("before", "loss", "activation"),
    [
        (Experiment().choose("loss", BINARY), SOFTMAX, "Identity"),
        (Experiment().choose("dataset", "Plane"), SQUARED, "Tanh"),
        (Experiment(output_activation="Sigmoid"), SQUARED, "Sigmoid"),
    ],
)
def test_own_points_of_three_classes_bring_a_loss_that_can_tell_them_apart(before, loss, activation):
    own = OwnData(np.arange(12.0).reshape(6, 2), [0, 1, 2] * 2, ("a", "b", "c"))
    after = before.with_own(own)
    assert (after.loss, after.output_activation) == (loss, activation)
    assert after.needs_new_network(before)
    assert after.with_points_of(before, after).class_names == before.class_names
    assert after.choose("loss", BINARY).loss == SOFTMAX, "the binary one would need two classes"
    assert Experiment.from_json(after.to_json()) == after


def test_the_present_points_are_those_that_noise_has_moved_in_their_own_units():
    assert present_points(EXPERIMENT) is BODIES
    moved = EXPERIMENT.choose("noise", 20)
    own = present_points(moved)
    assert (own.columns, own.frame) == (BODIES.columns, BODIES.frame)
    assert own.positions[:, 0].mean() == pytest.approx(175, abs=5)
    before, after = (np.array(sorted(set.union(*parts(each)))) for each in (moved, EXPERIMENT.with_own(own)))
    assert np.allclose(before, after, atol=1e-5)


def test_other_own_points_are_learned_from_the_next_step_on_and_a_mark_says_so():
    run = Watched(EXPERIMENT)
    run.advance()
    fewer = EXPERIMENT.with_own(replace(BODIES, positions=BODIES.positions[5:], labels=BODIES.labels[5:]))
    run.change(fewer)
    run.change(Experiment(depth=1, width=4))
    snapshot = run.snapshot()
    assert [change.text for change in run.curves().changes] == [
        "Own points 300 → 295",
        "Dataset Own → Disk",
        "Samples 295 → 2000",
    ]
    assert snapshot.step == 1


def test_many_seeds_of_own_points_differ_in_weights_and_deal():
    runs = SeedRuns(EXPERIMENT, 3)
    for _ in range(5):
        runs.advance()
    first, second = runs.inputs[0], runs.inputs[1]
    assert first.shape == second.shape == (300, 2)
    assert not np.allclose(first.numpy(), second.numpy())
    run = Watched(replace(EXPERIMENT, seed=1))
    for _ in range(5):
        run.advance()
    assert runs.evaluate()[3, 1] == pytest.approx(run.snapshot().evaluation.test_error)
