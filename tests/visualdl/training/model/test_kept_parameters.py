"""A locked number stays locked in a grown network as long as it means the same there, and its value is what it was."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.model.weight_transfer import kept_parameters, transfer_weights
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.topology import Topology

LAYERS = st.lists(st.builds(Layer, st.integers(1, 6), st.sampled_from(["ReLU", "Tanh"])), max_size=3).map(tuple)


def experiment_of(*layers):
    return Experiment().with_hidden(tuple(Layer(*layer) for layer in layers))


def all_places(experiment):
    """Return the place of every weight and bias."""
    shapes = Topology.of(experiment).shapes
    return [ParameterIndex(name, at) for name, shape in shapes.items() for at in np.ndindex(shape)]


def weights_of(experiment):
    """Weights of which no two are equal, so that each says where it came from."""
    numbers = iter(range(1, 10_000))
    shapes = {name: array.shape for name, array in Watched(experiment).snapshot().weights.items()}
    return {
        name: np.array([next(numbers) for _ in range(int(np.prod(shape)))], np.float32).reshape(shape)
        for name, shape in shapes.items()
    }


@settings(max_examples=60, deadline=None)
@given(old=LAYERS, new=LAYERS)
def test_a_kept_number_is_the_same_one_and_no_two_become_one(old, new):
    before, after = Experiment().with_hidden(old), Experiment().with_hidden(new)
    weights = weights_of(before)
    grown = transfer_weights(weights, before, after)
    taken = set()
    for place in all_places(before):
        for kept in kept_parameters([place], weights, before, after):
            assert grown[kept.name][kept.position] == weights[place.name][place.position]
            assert kept not in taken
            taken.add(kept)


R = "ReLU"


@pytest.mark.parametrize(
    ("old", "new", "place", "kept"),
    [
        pytest.param([(3, R)], [(5, R)], ("0.weight", 1, 2), ("0.weight", 1, 2), id="wider"),
        pytest.param([(3, R)], [(5, R)], ("2.weight", 2, 1), ("2.weight", 2, 1), id="wider, from it"),
        pytest.param([(3, R)], [(2, R)], ("0.bias", 2), ("0.bias", 1), id="narrower: the first one goes"),
        pytest.param([(3, R)], [(2, R)], ("2.weight", 1, 0), ("2.weight", 0, 0), id="narrower, from it"),
        pytest.param([(3, R)], [(2, R)], ("0.weight", 1, 0), None, id="narrower: gone"),
        pytest.param([(3, R)], [(3, R), (4, R)], ("0.weight", 1, 2), ("0.weight", 1, 2), id="deeper: before"),
        pytest.param([(3, R)], [(3, R), (4, R)], ("2.bias", 1), ("4.bias", 1), id="deeper: outputs"),
        pytest.param([(3, R)], [(3, R), (4, R)], ("2.weight", 1, 1), None, id="deeper: from another neuron now"),
        pytest.param([(3, R)], [(4, R), (3, R)], ("0.weight", 1, 1), None, id="deeper: behind the added one"),
        pytest.param([(3, R)], [(4, R), (3, R)], ("2.weight", 1, 1), ("4.weight", 1, 1), id="deeper: after both"),
        pytest.param([(3, R), (4, R)], [(3, R)], ("0.weight", 1, 1), ("0.weight", 1, 1), id="shallower: before"),
        pytest.param([(3, R), (4, R)], [(3, R)], ("4.bias", 1), ("2.bias", 1), id="shallower: outputs"),
        pytest.param([(3, R), (4, R)], [(3, R)], ("4.weight", 1, 1), None, id="shallower: from another neuron now"),
        pytest.param([(3, R), (4, R)], [(3, R)], ("2.weight", 1, 1), None, id="shallower: gone"),
        pytest.param([(3, R), (4, R)], [(4, R), (3, R)], ("2.bias", 3), ("0.bias", 3), id="moved"),
        pytest.param([(3, R)], [(3, "Tanh")], ("0.weight", 1, 1), ("0.weight", 1, 1), id="another activation"),
    ],
)
def test_locks_go_where_their_numbers_go(old, new, place, kept):
    before, after = experiment_of(*old), experiment_of(*new)
    place, kept = (each and ParameterIndex(each[0], each[1:]) for each in (place, kept))
    found = kept_parameters([place], weights_of(before), before, after)
    assert found == (frozenset({kept}) if kept else frozenset())


@pytest.mark.parametrize("new", [[(6, R)], [(3, R)], [(4, R), (4, R)], []])
def test_a_locked_number_stays_out_of_training_in_the_grown_network(new):
    run = Watched(experiment_of((4, R)))
    run.advance()
    for place in all_places(run.experiment):
        run.set_locked(place, True)
    run.change(experiment_of(*new))
    before = run.snapshot()
    assert before.locked
    for _ in range(10):
        run.advance()
    after = run.snapshot()
    for name, at in before.locked:
        assert after.weights[name][at] == before.weights[name][at]


def test_only_the_places_asked_for_take_memory():
    before, after = Experiment(depth=8, width=128), Experiment(depth=8, width=120)
    weights = Watched(before).snapshot().weights
    place = ParameterIndex("0.bias", (3,))
    tracemalloc.start()
    try:
        assert kept_parameters([place], weights, before, after) == {place}
        assert tracemalloc.get_traced_memory()[1] < 2e6, "and not all of the network's"
    finally:
        tracemalloc.stop()
