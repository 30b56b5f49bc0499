"""Edits of single numbers act at once, and a locked number stays exactly what it is."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import minidl
from visualdl.training.run.weight_edits import Edits
from visualdl.training.values.parameter_index import LARGEST, ParameterIndex
from visualdl.training.values.topology import Topology

OPTIMIZERS = [
    lambda parameters: minidl.SGD(parameters, 0.1, momentum=0.9, weight_decay=0.1),
    lambda parameters: minidl.Adam(parameters, 0.1),
]
TOPOLOGY = Topology(("x₁", "x₂"), (3,), ("outside", "inside"))


def make_network():
    generator = torch.Generator().manual_seed(0)
    return minidl.Sequential(
        minidl.Linear(2, 3, generator=generator), minidl.Tanh(), minidl.Linear(3, 2, generator=generator)
    )


@pytest.mark.parametrize("make_optimizer", OPTIMIZERS)
def test_a_locked_number_stays_exactly_however_the_optimiser_moves_and_the_others_learn(make_optimizer):
    network = make_network()
    optimizer, edits = make_optimizer(network.param()), Edits(network.tensors(), TOPOLOGY)
    locked = [ParameterIndex("0.weight", (1, 2)), ParameterIndex("0.weight", (0, 0)), ParameterIndex("2.bias", (1,))]
    for place in locked:
        edits.set_locked(place, True)
    before = {place: edits.number(place) for place in locked}
    start = network.state()
    for _ in range(20):
        network.forward(torch.randn(5, 2))
        network.backward_parameters(torch.randn(5, 2))
        optimizer.step()
        edits.restore()
    assert {place: edits.number(place) for place in locked} == before
    moved = {name: tensor != start[name] for name, tensor in network.tensors().items()}
    assert sum(int(each.sum()) for each in moved.values()) == 3 * 2 + 3 + 3 * 2 + 2 - len(locked)


def test_edits_and_locks_leave_the_flat_buffers_as_they_are():
    network = make_network()
    optimizer = minidl.SGD(network.param(), 0.1)
    edits = Edits(network.tensors(), TOPOLOGY)
    addresses = [tensor.data_ptr() for tensor in network.tensors().values()]
    edits.set_number(ParameterIndex("2.weight", (2, 1)), 0.5)
    edits.set_locked(ParameterIndex("2.weight", (2, 1)), True)
    edits.restore()
    assert [tensor.data_ptr() for tensor in network.tensors().values()] == addresses
    assert network.tensors()["2.weight"][2, 1] == 0.5
    network.forward(torch.ones(1, 2))
    network.backward_parameters(torch.ones(1, 2))
    before = network.state()
    optimizer.step()
    assert not torch.equal(network.tensors()["0.weight"], before["0.weight"])


def test_a_locked_number_can_be_set_and_is_held_at_its_new_value():
    edits = Edits((tensors := make_network().tensors()), TOPOLOGY)
    place = ParameterIndex("0.bias", (1,))
    edits.set_locked(place, True)
    edits.set_number(place, 2.5)
    tensors["0.bias"] += 1
    edits.restore()
    assert edits.number(place) == 2.5
    edits.set_locked(place, False)
    tensors["0.bias"] += 1
    edits.restore()
    assert edits.number(place) == 3.5
    assert edits.locked == frozenset()


def test_unlocking_what_is_not_locked_and_locking_twice_do_no_harm():
    edits = Edits(make_network().tensors(), TOPOLOGY)
    place = ParameterIndex("0.bias", (1,))
    edits.set_locked(place, False)
    edits.set_locked(place, True)
    edits.set_locked(place, True)
    assert edits.locked == {place}


@given(
    edits=st.lists(
        st.tuples(st.tuples(st.integers(0, 2), st.integers(0, 1)), st.floats(-LARGEST, LARGEST, width=32)), max_size=8
    )
)
def test_what_is_set_is_what_stands_there(edits):
    tensors = make_network().tensors()
    expected, touched = tensors["2.weight"].numpy().copy(), Edits(tensors, TOPOLOGY)
    for position, value in edits:
        expected[position] = value
        touched.set_number(ParameterIndex("2.weight", position), value)
    assert np.array_equal(tensors["2.weight"].numpy(), expected)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (ParameterIndex("9.weight", (0, 0)), "no '9.weight'; it has 0.weight, 0.bias"),
        (ParameterIndex("0.weight", (2, 0)), r"0.weight has the shape \(2, 3\), so there is no position \(2, 0\)"),
        (ParameterIndex("0.weight", (0, -1)), r"no position \(0, -1\)"),
        (ParameterIndex("0.weight", (0,)), r"no position \(0,\)"),
        (ParameterIndex("0.bias", (0, 0)), r"0.bias has the shape \(3,\)"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(place, says):
    network = make_network()
    edits, before = Edits(network.tensors(), TOPOLOGY), network.state()
    for act in (lambda: edits.set_number(place, 1), lambda: edits.set_locked(place, True), lambda: edits.number(place)):
        with pytest.raises(ValueError, match=says):
            act()
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.tensors().items())
    assert not edits.locked


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e300, -1.1e6])
def test_a_value_out_of_bounds_is_refused(value):
    edits = Edits(make_network().tensors(), TOPOLOGY)
    before = edits.number(ParameterIndex("0.bias", (0,)))
    with pytest.raises(ValueError, match=r"must lie between -1e\+06 and 1e\+06, not"):
        edits.set_number(ParameterIndex("0.bias", (0,)), value)
    assert edits.number(ParameterIndex("0.bias", (0,))) == before
