"""A grown network is the function it was, wherever that is possible, and goes on learning from there."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import minidl
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import ACTIVATIONS, Layer
from visualdl.training.model.networks import build_network
from visualdl.training.model.weight_transfer import (
    can_transfer_weights,
    transfer_weights,
)

LAYERS = st.lists(st.builds(Layer, st.integers(1, 9), st.sampled_from(["ReLU", "Tanh"])), max_size=4).map(tuple)


def learned(experiment, steps=15):
    run = Watched(experiment)
    for _ in range(steps):
        run.advance()
    return run.snapshot().weights


def network_of(experiment, weights):
    network = build_network(experiment)
    network.load_state({name: torch.tensor(array) for name, array in weights.items()})
    return network


def difference(old, weights, new):
    """Return how far the grown network's outputs lie from the old one's, relative to the largest of these."""
    inputs = torch.randn(200, 2, generator=torch.Generator().manual_seed(1)) * 3
    before = network_of(old, weights).forward(inputs)
    after = network_of(new, transfer_weights(weights, old, new)).forward(inputs)
    return float((after - before).abs().max() / before.abs().max().clamp(min=1e-3))


@settings(max_examples=60)
@given(layers=LAYERS, more=st.lists(st.integers(0, 7), min_size=4, max_size=4), seed=st.integers(0, 99))
def test_wider_networks_are_the_same_function(layers, more, seed):
    old = Experiment(seed=seed).with_hidden(layers)
    new = old.with_hidden(
        tuple(replace(layer, width=layer.width + extra) for layer, extra in zip(layers, more, strict=False))
    )
    assert difference(old, learned(old, 5), new) < 1e-5


@settings(max_examples=80)
@given(old=LAYERS, more=st.integers(0, 9), data=st.data())
def test_a_layer_added_where_it_can_pass_on_leaves_the_function_the_same(old, more, data):
    place = data.draw(st.integers(0, len(old)))
    read = old[place - 1] if place else Layer(2, "Identity")  # the inputs
    added = Layer(read.width * (1 if read.activation == "ReLU" else 2) + more, "ReLU")
    before = Experiment().with_hidden(old)
    after = before.with_hidden((*old[:place], added, *old[place:]))
    assert difference(before, learned(before, 5), after) < 1e-5


@settings(max_examples=80)
@given(old=LAYERS, new=LAYERS)
def test_any_layers_become_any_others_in_a_network_that_computes(old, new):
    before, after = Experiment().with_hidden(old), Experiment().with_hidden(new)
    grown = transfer_weights(learned(before, 3), before, after)
    network = network_of(after, grown)
    assert torch.isfinite(network.forward(torch.randn(20, 2))).all()
    assert all(not array.flags.writeable for array in grown.values())


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ([(5, "ReLU")], [(5, "ReLU"), (5, "ReLU")], True),  # what is never negative passes as it is
        ([(5, "ReLU")], [(5, "ReLU"), (4, "ReLU")], False),  # too narrow
        ([(5, "Tanh")], [(5, "Tanh"), (10, "ReLU")], True),  # of any sign: by pairs
        ([(5, "Tanh")], [(5, "Tanh"), (9, "ReLU")], False),
        ([(5, "ReLU")], [(5, "ReLU"), (10, "Softplus"), (5, "ReLU")], True),  # a pair adds no sign to what it carries
        ([(5, "ReLU")], [(5, "ReLU"), (10, "GELU"), (5, "ReLU")], True),
        ([(5, "Tanh")], [(5, "Tanh"), (10, "Softplus"), (5, "ReLU")], False),
        ([], [(4, "ReLU")], True),
        ([], [(3, "ReLU")], False),
        ([], [(4, "ReLU"), (4, "ReLU"), (8, "ReLU")], True),
        ([(5, "ReLU")], [(4, "ReLU"), (5, "ReLU")], True),
        ([(5, "ReLU")], [(5, "ReLU"), (20, "Tanh")], False),
        ([(5, "ReLU")], [(6, "ReLU")], True),
        ([(5, "ReLU")], [(4, "ReLU")], False),
        ([(5, "ReLU")], [(5, "Tanh")], False),
        ([(5, "ReLU")], [], False),
        ([(5, "ReLU"), (3, "ReLU")], [(3, "ReLU"), (5, "ReLU")], False),
        ([(5, "ReLU"), (5, "ReLU")], [(8, "ReLU"), (8, "ReLU"), (8, "ReLU")], True),
    ],
)
def test_the_function_is_kept_where_what_it_was_fits_in_and_nowhere_else(old, new, kept):
    before, after = (Experiment().with_hidden(tuple(Layer(*each) for each in layers)) for layers in (old, new))
    far = difference(before, learned(before, 60), after)
    assert (far < 1e-5) is kept, f"{far}"


def test_another_output_activation_is_another_function_of_the_same_weights():
    old, new = Experiment(width=4), Experiment(width=4, output_activation="ReLU")
    weights = learned(old)
    assert all(np.array_equal(array, weights[name]) for name, array in transfer_weights(weights, old, new).items())


def test_what_batch_normalisation_has_seen_goes_with_its_neurons():
    old = Experiment(depth=2, width=4, batch_norm="Yes")
    new = replace(old, width=6)
    weights = learned(old)
    before, after = network_of(old, weights), network_of(new, transfer_weights(weights, old, new))
    inputs = torch.randn(50, 2)
    for network in (before, after):
        network.evaluate()
    assert torch.allclose(before.forward(inputs), after.forward(inputs), atol=1e-5)
    assert not can_transfer_weights(old, replace(old, batch_norm="No"))


def test_with_batch_normalisation_an_added_layer_starts_as_in_a_new_network():
    old = Experiment(depth=2, width=4, batch_norm="Yes")
    new = replace(old, depth=3)
    grown, fresh = transfer_weights(learned(old), old, new), build_network(new).state()
    assert np.array_equal(grown["4.weight"], fresh["4.weight"].numpy())


def test_another_seed_keeps_nothing():
    old, new = Experiment(), Experiment(seed=1, width=30)
    assert can_transfer_weights(old, Experiment(width=30, learning_rate=0.5, batch_size=7))
    assert not can_transfer_weights(old, new)
    with pytest.raises(ValueError, match="cannot be kept where seed changes"):
        transfer_weights(learned(old), old, new)


def test_new_neurons_start_as_in_a_new_network_and_nothing_reads_them_yet():
    old, new = Experiment(depth=2, width=3), Experiment(depth=2, width=5)
    weights, fresh = learned(old), build_network(new).state()
    grown = transfer_weights(weights, old, new)
    assert np.array_equal(grown["0.weight"][:, :3], weights["0.weight"])
    assert np.array_equal(grown["0.weight"][:, 3:], fresh["0.weight"][:, 3:].numpy())
    assert np.array_equal(grown["2.bias"][3:], fresh["2.bias"][3:].numpy())
    assert not grown["2.weight"][3:, :3].any()
    assert not grown["4.weight"][3:].any()


@pytest.mark.parametrize("new", [Experiment(depth=2, width=9), Experiment(depth=3, width=9)])
def test_training_goes_on_in_all_of_the_grown_network(new):
    old = Experiment(depth=2, width=4)
    network = network_of(new, transfer_weights(learned(old), old, new))
    loss, inputs = minidl.LossMSE("sum"), torch.randn(50, 2)
    before = loss.forward(network.forward(inputs), torch.ones(50, 2))
    network.backward_parameters(loss.backward())
    last = network.param()[-2].gradient
    assert (last.abs().sum(1) > 0).sum() > 4, "what will read the new neurons learns"
    minidl.SGD(network.param(), 1e-4).step()
    assert loss.forward(network.forward(inputs), torch.ones(50, 2)) < before


def test_a_narrower_layer_loses_the_neurons_that_say_least():
    old, new = Experiment(depth=1, width=4), Experiment(depth=1, width=2)
    weights = dict(learned(old))
    weights["2.weight"] = np.array([[0.1, 0.1], [3, 0], [0, 0.2], [0, -2]], np.float32)
    grown = transfer_weights(weights, old, new)
    assert np.array_equal(grown["2.weight"], weights["2.weight"][[1, 3]])
    assert np.array_equal(grown["0.weight"], weights["0.weight"][:, [1, 3]])
    assert np.array_equal(grown["0.bias"], weights["0.bias"][[1, 3]])
    assert np.array_equal(grown["2.bias"], weights["2.bias"])


def test_how_much_a_neuron_says_is_the_euclidean_norm_of_its_outgoing_weights():
    old = Experiment(depth=1, width=3)
    weights = dict(learned(old))
    weights["2.weight"] = np.array([[4, 0], [3, 3], [2.5, 2.5]], np.float32)
    for kept in ([1], [0, 1]):
        narrower = transfer_weights(weights, old, replace(old, width=len(kept)))
        assert np.array_equal(narrower["2.weight"], weights["2.weight"][kept])


def test_numbers_whose_squares_are_too_large_are_compared_as_well():
    old, new = Experiment(depth=1, width=3), Experiment(depth=1, width=2)
    weights = dict(learned(old))
    weights["2.weight"] = np.array([[1e25, 0], [3e30, 0], [0, 2e30]], np.float32)
    assert np.array_equal(transfer_weights(weights, old, new)["2.weight"], weights["2.weight"][[1, 2]])


def test_neurons_that_nothing_reads_can_go_without_a_trace():
    narrow, wide = Experiment(depth=2, width=4), Experiment(depth=2, width=7)
    weights = learned(narrow)
    back = transfer_weights(transfer_weights(weights, narrow, wide), wide, narrow)
    assert all(np.array_equal(array, weights[name]) for name, array in back.items())


def test_where_a_layer_is_removed_the_others_keep_what_fits():
    start = Experiment(depth=3, width=4)
    old = start.with_hidden((Layer(4, "ReLU"), Layer(5, "ReLU"), Layer(6, "ReLU")))
    new = start.with_hidden((Layer(4, "ReLU"), Layer(6, "ReLU")))
    weights = learned(old)
    grown = transfer_weights(weights, old, new)
    assert np.array_equal(grown["0.weight"], weights["0.weight"])
    assert np.array_equal(grown["2.weight"], weights["4.weight"][:4])
    assert np.array_equal(grown["4.weight"], weights["6.weight"])


def test_moved_layers_keep_what_fits():
    start = Experiment(depth=3, width=4)
    old, new = (start.with_hidden(tuple(Layer(width, "ReLU") for width in widths)) for widths in ((4, 6), (6, 4)))
    weights = learned(old)
    grown = transfer_weights(weights, old, new)
    assert np.array_equal(grown["0.weight"], weights["2.weight"][:2])
    assert np.array_equal(grown["2.weight"][:2], weights["0.weight"])
    assert np.array_equal(grown["2.bias"], weights["0.bias"])
    assert np.array_equal(grown["4.weight"], weights["4.weight"][:4])


X = torch.linspace(-8, 8, 161, dtype=torch.float64)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda each: each.name)
def test_what_the_catalogue_says_of_activations_is_true(activation):
    f = getattr(minidl, activation.name)().forward
    if activation.gain is not None:
        assert torch.allclose(f(X[X >= 0]), activation.gain * X[X >= 0])
    if activation.gain_of_pair is not None:
        assert torch.allclose(f(X) - f(-X), activation.gain_of_pair * X)
    assert (f(X) >= 0).all() == activation.never_negative
    assert (f(X) > 0).all() == activation.never_zero
