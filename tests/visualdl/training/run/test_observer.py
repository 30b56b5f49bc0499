"""The observer looks at any state, in any order, and keeps nothing that could be seen."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from visualdl.experiment.experiment import Experiment
from visualdl.training.model.networks import build_network
from visualdl.training.model.objective import loss_of
from visualdl.training.run.observer import NotFiniteError, Observer
from visualdl.training.run.run import Run
from visualdl.training.samples.samples import samples_of
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest

EXPERIMENTS = (
    Experiment(depth=1, width=4),
    Experiment(depth=2, width=3, dataset="Spiral", classes=3, loss="Softmax cross-entropy", batch_norm="Yes"),
    Experiment(depth=1, width=4, samples=9000),
    Experiment(depth=0, dataset="Plane", output_activation="Identity"),
)
EVERYTHING = SnapshotRequest(
    neurons=(9,), focus=Neuron(1, 0), plane=(Neuron(1, 0), Neuron(1, 0)), predictions=True, level_lines=True
)


def states():
    """Return states of several runs, two of each."""
    found = []
    for experiment in EXPERIMENTS:
        run = Run(replace(experiment, learning_rate=0.001))
        for _ in range(2):
            run.advance(7)
            found.append(run.state())
    return found


@pytest.mark.parametrize("asked", [ONLY_THE_RUN, EVERYTHING])
def test_a_past_state_is_seen_as_it_was_whatever_was_looked_at_before(asked):
    one, found = Observer(), states()
    for state in (*found, *reversed(found), *found[::3]):
        one.observe(state, exact=False, evaluated=False)
        seen = one.observe(state, asked)
        assert seen == Observer().observe(state, asked)
        assert (seen.step, seen.experiment) == (state.step, state.experiment)


def test_an_equal_state_looks_the_same():
    run = Run(EXPERIMENTS[0])
    run.advance(3)
    assert Observer().observe(run.state(), EVERYTHING) == Observer().observe(run.state(), EVERYTHING)


@pytest.mark.parametrize("evaluated", [True, False])
@pytest.mark.parametrize(
    ("name", "value", "what"), [("2.bias", math.nan, "the loss"), ("0.bias", math.inf, "a number of the network")]
)
def test_what_is_not_finite_is_found_whether_it_is_evaluated_or_not(name, value, what, evaluated):
    run = Run(Experiment(depth=1, width=4, hidden_activation="Tanh"))
    observer = Observer()
    before = run.state()
    seen = observer.observe(before)
    run.advance()
    sound = run.state()
    array = sound.weights[name].copy()
    array[0] = value
    broken = replace(sound, weights={**sound.weights, name: array})
    with pytest.raises(NotFiniteError, match=f"^{what}$"):
        observer.observe(broken, evaluated=evaluated)
    assert observer.observe(broken, finite=False).step == 1
    assert observer.observe(before) == seen


def test_what_need_not_be_evaluated_has_the_evaluation_of_the_latest_moment_that_was():
    run, observer = Run(EXPERIMENTS[0]), Observer()
    first = observer.observe(run.state())
    run.advance()
    quick = observer.observe(run.state(), evaluated=False)
    assert (quick.evaluated, quick.evaluation) == (False, first.evaluation)
    assert not np.array_equal(quick.boundary.outputs, first.boundary.outputs)
    run.advance()
    assert observer.observe(run.state()).evaluation != first.evaluation


def test_nothing_is_dropped_or_normalized_by_batch_when_a_state_is_looked_at():
    run = Run(Experiment(depth=2, width=8, dropout=0.5, batch_norm="Yes", learning_rate=0.001))
    run.advance(7)
    seen = Observer().observe(run.state())
    assert Observer().observe(run.state()) == seen
    network = build_network(run.state().experiment)
    for name, tensor in network.tensors().items():
        tensor.copy_(torch.tensor(run.state().weights[name]))
    network.evaluate()
    samples = samples_of(run.state().experiment)
    outputs = network.forward(samples.inputs[samples.training :])
    loss = loss_of(run.state().experiment.task).forward(outputs, samples.targets[samples.training :])
    assert seen.evaluation.test_loss == pytest.approx(loss.item() / len(outputs), rel=1e-5)
