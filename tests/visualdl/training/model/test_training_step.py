"""Every training choice does what it says, from the start or from the next mini-batch on, and can be made again."""

import math
from dataclasses import replace

import numpy as np
import pytest

import minidl
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.training.model.networks import INITIALIZATIONS, build_network, layers_of
from visualdl.training.model.training_step import PENALTIES, rate_at
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.run_state import RunState

SMALL = Experiment(depth=2, width=6, learning_rate=0.003)


def trained(experiment, steps=10):
    run = Watched(experiment)
    advance(run, steps)
    return run


def advance(run, steps):
    for _ in range(steps):
        run.advance()


def same(one, other):
    return all(np.array_equal(one[name], other[name]) for name in one.keys() | other.keys())


def learned_by_hand(experiment, optimizer_of, penalty_of=None, steps=10):
    """Return the weights after some steps of minidl alone."""
    network, loss, order = build_network(experiment), minidl.LossMSE("sum"), samples_of(experiment).epoch(0)
    optimizer = optimizer_of(network.param())
    penalty = penalty_of(network.param()[::2]) if penalty_of else None  # weights, without the biases
    for _ in range(steps):
        inputs, targets = order.take(experiment.batch_size)
        optimizer.zero_grad()
        loss.forward(network.forward(inputs), targets)
        network.backward(loss.backward())
        if penalty:
            penalty.backward()
        optimizer.step()
    return {name: tensor.numpy() for name, tensor in network.state().items()}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("initialization", INITIALIZATIONS),
        ("penalty", ["None", *PENALTIES]),
    ],
)
def test_every_name_that_can_be_chosen_is_known(name, table):
    assert list(CHOICES[name].names) == list(table)


@pytest.mark.parametrize(
    ("name", "optimizer_of"),
    [
        ("SGD", lambda parameters: minidl.SGD(parameters, 0.003)),
        ("Momentum", lambda parameters: minidl.SGD(parameters, 0.003, momentum=0.9)),
        ("Nesterov", lambda parameters: minidl.SGD(parameters, 0.003, momentum=0.9, nesterov=True)),
        ("Adam", lambda parameters: minidl.Adam(parameters, 0.003)),
        ("AdamW", lambda parameters: minidl.AdamW(parameters, 0.003)),
        ("RMSprop", lambda parameters: minidl.RMSprop(parameters, 0.003)),
    ],
)
def test_an_optimizer_takes_the_steps_of_minidls(name, optimizer_of):
    experiment = replace(SMALL, optimizer=name)
    assert same(trained(experiment).snapshot().weights, learned_by_hand(experiment, optimizer_of))


@pytest.mark.parametrize(("name", "penalty"), [("L1", minidl.L1), ("L2", minidl.L2)])
def test_a_penalty_acts_on_the_weights_alone_and_is_no_part_of_the_loss(name, penalty):
    experiment = replace(SMALL, penalty=name, penalty_rate=2.0)
    expected = learned_by_hand(
        experiment, lambda parameters: minidl.SGD(parameters, 0.003), lambda weights: penalty(weights, 2.0)
    )
    assert same(trained(experiment).snapshot().weights, expected)
    assert trained(experiment, 0).snapshot().evaluation == trained(SMALL, 0).snapshot().evaluation


@pytest.mark.parametrize("changes", [{"optimizer": "Adam"}, {"penalty": "L2", "penalty_rate": 1.0}, {"dropout": 0.5}])
def test_a_live_change_acts_from_the_next_batch_on_and_can_be_taken_back(changes):
    run, plain = trained(SMALL), trained(SMALL)
    run.change(replace(SMALL, **changes))
    assert same(run.snapshot().weights, plain.snapshot().weights)
    run.change(SMALL)
    advance(run, 3)
    advance(plain, 3)
    assert same(run.snapshot().weights, plain.snapshot().weights)
    run.change(replace(SMALL, **changes))
    advance(run, 3)
    advance(plain, 3)
    assert not same(run.snapshot().weights, plain.snapshot().weights)
    assert run.curves().changes


def test_another_optimizer_begins_with_fresh_memories():
    run = trained(replace(SMALL, optimizer="Adam"))
    before = run.snapshot().weights
    run.change(replace(SMALL, optimizer="RMSprop"))
    run.change(replace(SMALL, optimizer="Adam"))
    advance(run, 1)
    moved = np.abs(run.snapshot().weights["0.weight"] - before["0.weight"])
    assert np.allclose(moved[moved > 0], SMALL.learning_rate, rtol=1e-3), "Adam's first step has one length"


def test_from_zeros_all_neurons_of_a_layer_stay_alike():
    weights = trained(replace(SMALL, initialization="Zeros", hidden_activation="Sigmoid"), 40).snapshot().weights
    assert np.ptp(weights["0.weight"], axis=1).max() < 1e-6
    assert np.ptp(weights["2.weight"]) < 1e-6
    assert weights["4.bias"].any(), "it has learned what it can"


@pytest.mark.parametrize(
    ("name", "deviation", "largest"),
    [
        ("Paper", 1 / math.sqrt(3 * 100), 0.1),
        ("Xavier uniform", math.sqrt(2 / 200), math.sqrt(6 / 200)),
        ("Xavier normal", math.sqrt(2 / 200), math.inf),
        ("He uniform", math.sqrt(2 / 100), math.sqrt(6 / 100)),
        ("He normal", math.sqrt(2 / 100), math.inf),
    ],
)
def test_an_initialization_has_its_spread(name, deviation, largest):
    network = build_network(Experiment(depth=2, width=100, initialization=name))
    weights = network.modules[2].weight
    assert weights.std().item() == pytest.approx(deviation, rel=0.03)
    assert 1.7 * deviation < weights.abs().max() <= largest
    assert network.modules[2].bias.any().item() is (name == "Paper")


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        ("Constant", [0.1, 0.1, 0.1, 0.1]),
        ("Step decay", [0.1, 0.1, 0.05, 0.025]),
        ("Cosine", [0.1, 0.0505, 0.001, 0.001]),
        ("Warm-up", [0.01, 0.055, 0.1, 0.1]),
    ],
)
def test_a_schedule_follows_the_epochs_and_their_parts(schedule, rates):
    experiment = Experiment(learning_rate=0.1, schedule=schedule, schedule_epochs=5)
    assert [rate_at(experiment, epoch) for epoch in (0, 2.5, 5, 12)] == pytest.approx(rates)


def test_a_schedule_acts_on_the_steps():
    experiment = replace(SMALL, schedule="Step decay", schedule_epochs=1)
    run, other = trained(experiment, 25), trained(SMALL, 20)
    other.change(replace(SMALL, learning_rate=SMALL.learning_rate / 2))
    advance(other, 5)
    assert same(run.snapshot().weights, other.snapshot().weights)


@pytest.mark.parametrize("batch_norm", ["No", "Yes"])
def test_dropout_is_the_same_again_from_the_start_and_from_any_step(batch_norm):
    experiment = replace(SMALL, dropout=0.5, batch_norm=batch_norm)
    whole = trained(experiment, 33)
    assert same(whole.snapshot().weights, trained(experiment, 33).snapshot().weights)
    first = trained(experiment, 13)
    rest = Watched(state=first.state())
    advance(rest, 20)
    assert same(whole.snapshot().weights, rest.snapshot().weights)
    assert not same(whole.snapshot().weights, trained(replace(experiment, dropout=0.4), 33).snapshot().weights)


def test_to_look_changes_nothing_and_shows_all_neurons():
    experiment = replace(SMALL, dropout=0.5, batch_norm="Yes")
    looked_at, other = Watched(experiment), trained(experiment, 12)
    for _ in range(12):
        looked_at.advance()
        assert looked_at.snapshot().evaluation == looked_at.snapshot().evaluation
    assert same(looked_at.snapshot().weights, other.snapshot().weights)
    boundary = Watched(state=RunState(experiment, other.snapshot().weights)).snapshot().boundary
    assert np.array_equal(boundary.outputs, other.snapshot().boundary.outputs)


def test_batch_normalisation_stands_behind_every_hidden_layer_and_learns_from_a_single_point_too():
    run = trained(replace(SMALL, batch_norm="Yes", batch_size=333), 0)
    layers = list(layers_of(run._network))
    assert [layer.normalization is not None for layer in layers] == [True, True, False]
    advance(run, 4)  # the fourth batch is a single point
    assert run.epoch == 1
    assert not run.problem
    weights = run.snapshot().weights
    assert not np.allclose(weights["1.0.running_mean"], 0)
    assert not np.allclose(weights["1.0.scale"], 1)
    assert all(np.isfinite(array).all() for array in weights.values())


def test_the_papers_network_is_plain():
    network = Watched(Experiment())._network
    assert [type(module).__name__ for module in network.modules] == ["Linear", "ReLU"] * 3 + ["Linear", "Tanh"]
    assert type(Watched(replace(SMALL, dropout=0.1))._network.modules[1]).__name__ == "Sequential"
