"""Networks with other inputs train, are compared, saved and grown as the paper's is."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.visualdl.watched import Watched
from visualdl.data.features import BUILT_IN, UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.files.weights_file import TrainedNetwork, read, write
from visualdl.training.engine.engine import Engine
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.model.networks import build_network
from visualdl.training.model.weight_transfer import (
    can_transfer_weights,
    kept_parameters,
    transfer_weights,
)
from visualdl.training.run.changes import changes_of
from visualdl.training.samples.samples import samples_of
from visualdl.training.torch_reference.reference import TorchReference
from visualdl.training.values.parameter_index import ParameterIndex

NAMES = (*(feature.name for feature in BUILT_IN), "sin(3*x1)", "exp(x2)")
FIVE = ("x1", "x2 squared", "x1 times x2", "sin(3*x1)", "sine of x2")
FEATURES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=9, unique=True).map(tuple)


def trained(experiment, steps=20):
    run = Watched(experiment)
    for _ in range(steps):
        run.advance()
    return run


def test_the_papers_two_inputs_by_name_are_the_default_bit_for_bit():
    named = Experiment.from_json('{"features": ["x1", "x2"]}')
    assert named == Experiment()
    one, other = trained(named, 30).snapshot(), trained(Experiment(), 30).snapshot()
    assert all(np.array_equal(array, other.weights[name]) for name, array in one.weights.items())
    assert np.array_equal(one.boundary.outputs, other.boundary.outputs)
    assert one.evaluation == other.evaluation


def test_five_features_learn_in_torch_what_they_learn_here():
    experiment = Experiment(features=FIVE, depth=2, width=8, learning_rate=0.003)
    run = Watched(experiment)
    assert run.snapshot().weights["0.weight"].shape == (5, 8)
    twin, samples = TorchReference(run._network, experiment), samples_of(experiment)
    order = samples.epoch(0)
    for _ in range(20):
        run.advance()
        twin.learn(*order.take(50))
    with torch.inference_mode():
        ours = run._network.forward(samples.inputs)
    torch.testing.assert_close(ours, twin.outputs(samples.inputs), rtol=1e-3, atol=1e-4)
    assert run.snapshot().evaluation.train_error < 0.3


@pytest.mark.parametrize("features", [FIVE, ("x1",)], ids=len)
def test_many_seeds_with_torch_beside_them_learn_from_other_features(features):
    experiment = Experiment(features=features, depth=1, width=6, learning_rate=0.003, seed=3)
    seeds = SeedsJob(experiment, 2, True, lambda: 0.0)
    seeds.play()
    for _ in range(40):
        seeds.work()
    seeds.pause()
    snapshot = seeds.snapshot()
    assert snapshot.step == 40
    np.testing.assert_allclose(snapshot.torch.train_loss[-1], snapshot.minidl.train_loss[-1], rtol=1e-3)
    alone = trained(experiment, 40).snapshot().evaluation
    assert snapshot.minidl.train_loss[-1, 0] == pytest.approx(alone.train_loss, rel=1e-3)


def test_a_network_with_other_inputs_is_saved_and_opened(tmp_path):
    snapshot = trained(Experiment(features=FIVE)).snapshot()
    write(tmp_path / "five.safetensors", TrainedNetwork(snapshot.experiment, snapshot.weights))
    network = read(tmp_path / "five.safetensors")
    assert network.experiment == snapshot.experiment
    assert all(np.array_equal(array, snapshot.weights[name]) for name, array in network.weights.items())


def test_a_file_whose_weights_are_those_of_other_inputs_is_refused(tmp_path):
    weights = trained(Experiment(features=FIVE)).snapshot().weights
    write(tmp_path / "two.safetensors", TrainedNetwork(Experiment(), weights))
    with pytest.raises(ValueError, match=r"0.weight is \(5, 25\) of float32, not \(2, 25\)"):
        read(tmp_path / "two.safetensors")


# growing


def outputs(experiment, weights):
    network = build_network(experiment)
    network.load_state({name: torch.tensor(array) for name, array in weights.items()})
    return network.evaluate() or network.forward(samples_of(experiment).inputs)


@settings(max_examples=30, deadline=None)
@given(
    old=FEATURES,
    more=FEATURES,
    depth=st.integers(0, 2),
    data=st.data(),
    wider=st.integers(0, 3),
    seed=st.integers(0, 9),
)
def test_added_inputs_leave_the_function_the_same_wherever_they_are_put(old, more, depth, data, wider, seed):
    new = data.draw(st.permutations(sorted({*old, *more})))
    before = Experiment(samples=200, features=old, depth=depth, width=4, learning_rate=0.001)
    after = replace(before, features=tuple(new), width=4 + wider)
    weights = trained(before, 5).snapshot().weights
    grown = transfer_weights(weights, before, after)
    expected = outputs(before, weights)
    torch.testing.assert_close(outputs(after, grown), expected, rtol=0, atol=1e-5 * float(expected.abs().max() + 1))


def test_a_layer_put_before_the_others_passes_on_the_inputs_that_were_there():
    before = Experiment(features=("x1", "x2"), layers=(Layer(5, "Tanh"), Layer(3, "ReLU")))
    after = replace(before.with_hidden((Layer(6, "ReLU"), *before.network.hidden)), features=("sin(3*x1)", "x2", "x1"))
    weights = trained(before).snapshot().weights
    torch.testing.assert_close(
        outputs(after, transfer_weights(weights, before, after)), outputs(before, weights), rtol=0, atol=2e-5
    )


def test_a_new_input_has_weights_of_0_and_those_of_one_that_goes_go_with_it():
    before, after = (Experiment(depth=1, width=4, features=features) for features in (("x1", "x2"), ("x2", "exp(x1)")))
    assert can_transfer_weights(before, after)
    weights = trained(before).snapshot().weights
    grown = transfer_weights(weights, before, after)
    assert np.array_equal(grown["0.weight"], [weights["0.weight"][1], np.zeros(4)])
    assert np.array_equal(grown["2.weight"], weights["2.weight"])
    places = [ParameterIndex("0.weight", (0, 2)), ParameterIndex("0.weight", (1, 2)), ParameterIndex("0.bias", (3,))]
    assert kept_parameters(places, weights, before, after) == {
        ParameterIndex("0.weight", (0, 2)),
        ParameterIndex("0.bias", (3,)),
    }


def test_a_new_input_learns():
    run = trained(Experiment(features=("x1",), depth=1, learning_rate=0.001))
    before = run.snapshot()
    run.change(replace(run.experiment, features=("x1", "x2")))
    assert run.snapshot().evaluation.train_loss == pytest.approx(before.evaluation.train_loss, rel=1e-5)
    assert (run.step, run.curves().changes[-1].text) == (20, "Input x₂ added")
    for _ in range(200):
        run.advance()
    assert (run.snapshot().weights["0.weight"][1] != 0).sum() > 12
    assert run.snapshot().evaluation.train_loss < 0.85 * before.evaluation.train_loss


def test_changes_of_inputs_are_said_one_by_one():
    paper = Experiment()
    squares = Experiment(features=("x2", "x1 squared", "exp(x1)"))
    assert [each.label for each in changes_of(paper, squares)] == [
        "Input x₁ removed", "Input x₁² added", "Input exp(x1) added",
    ]  # fmt: skip
    assert [each.label for each in changes_of(paper, replace(paper, features=("x2", "x1")))] == ["Inputs reordered"]


# what the data makes unusable

OUTSIDE = Experiment(dataset="Gaussians", noise=50, features=("x1", "sqrt(x1)"), depth=1, width=3)
"""Noise moves points out of the square, where the formula was not tried."""


@pytest.fixture
def engine():
    return Engine(Experiment(dataset="Gaussians", depth=1, width=3), lambda: 0.0)


def test_a_run_that_could_not_begin_says_why():
    with pytest.raises(UnusableFeatureError, match=r"'sqrt\(x1\)' is nan at x1 = -"):
        Watched(OUTSIDE)


def test_the_run_before_stays_on_show_until_the_feature_is_gone(engine):
    engine.play()
    engine.work()
    before = engine.frame().snapshot
    engine.change(OUTSIDE)
    shown = engine.frame().snapshot
    assert "'sqrt(x1)' is nan" in shown.problem
    assert (engine.frame().run, shown.step, shown.experiment) == (0, before.step, before.experiment)
    engine.play()
    assert not engine.frame().playback.advancing
    engine.change(replace(OUTSIDE, features=("x1", "x2", "exp(x1)")))
    assert engine.frame().snapshot.problem == ""
    engine.advance_step()
    assert engine.frame().snapshot.step == 1


def test_data_that_a_feature_cannot_take_is_not_taken_and_training_goes_on_with_other_data(engine):
    calm = replace(OUTSIDE, dataset="XOR", noise=0)
    engine.change(calm)
    engine.advance_step()
    engine.change(OUTSIDE)
    assert "'sqrt(x1)' is nan" in engine.frame().snapshot.problem
    engine.advance_step()
    assert engine.frame().snapshot.step == 1
    engine.change(calm)
    engine.advance_step()
    assert (engine.frame().snapshot.problem, engine.frame().snapshot.step) == ("", 2)


@pytest.mark.parametrize("command", ["play", "advance_epochs"])
def test_while_the_data_is_refused_there_is_nothing_to_do(engine, command):
    getattr(engine, command)()
    engine.change(OUTSIDE)
    getattr(engine, command)()
    engine.work()
    assert engine.seconds_until_due() is None


def test_an_epoch_that_was_to_be_reached_is_forgotten_once_the_data_is_refused(engine):
    engine.advance_epochs()
    engine.change(OUTSIDE)
    assert engine.seconds_until_due() is None


def test_data_that_was_refused_costs_no_memory_of_the_optimizer():
    calm = Experiment(dataset="XOR", features=("x1", "sqrt(x1)"), depth=1, width=3, optimizer="Momentum")
    weights = []
    for refused in ([], [replace(calm, dataset="Gaussians", noise=50)]):
        engine = Engine(calm, lambda: 0.0)
        engine.advance_step()
        for experiment in (*refused, calm):
            engine.change(experiment, keep_weights=True)
        engine.advance_step()
        weights.append(engine.frame().snapshot.weights)
    assert all(np.array_equal(array, weights[1][name]) for name, array in weights[0].items())


def test_with_keep_weights_a_refused_feature_costs_nothing_that_was_learned(engine):
    engine.advance_step()
    learned = engine.frame().snapshot
    engine.change(OUTSIDE, keep_weights=True)
    engine.change(learned.experiment, keep_weights=True)
    back = engine.frame().snapshot
    assert (back.problem, engine.frame().run, back.step) == ("", 0, 1)
    assert all(np.array_equal(array, back.weights[name]) for name, array in learned.weights.items())
    assert engine.frame().curves.changes == (), "the feature never was an input"


def test_while_a_feature_is_refused_the_seeds_can_be_steered(engine):
    engine.begin_seeds(2, False)
    engine.change(replace(OUTSIDE, learning_rate=0.002))
    snapshot = engine.frame().snapshot
    assert "'sqrt(x1)' is nan" in snapshot.problem
    assert engine.frame().seeds.experiment.learning_rate == 0.002


def test_an_engine_that_begins_with_one_shows_the_papers_inputs_and_says_why():
    engine = Engine(OUTSIDE, lambda: 0.0)
    snapshot = engine.frame().snapshot
    assert "'sqrt(x1)' is nan" in snapshot.problem
    assert snapshot.experiment.features == ("x1", "x2")
    engine.advance_step()
    assert engine.frame().snapshot.step == 0
