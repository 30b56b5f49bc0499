"""Torch twins that learn at once: each does what a twin alone does."""

import pytest
import torch

import minidl
from visualdl.experiment.experiment import Experiment
from visualdl.training.seeds.seed_runs import SeedRuns
from visualdl.training.torch_reference.reference import TorchReference, TorchReferences

STEPS = 20  # one epoch: for so long rounding does not matter


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_twins_at_once_learn_what_each_learns_alone(reduction):
    runs = SeedRuns(Experiment(width=8, seed=3), 3)
    networks = runs.networks()
    together = TorchReferences(networks, 0.01, reduction)
    alone = [TorchReference(network, Experiment(), reduction) for network in networks]
    start = together.outputs(runs.inputs)
    for _ in range(STEPS):
        inputs, targets = runs.advance()
        together.learn(inputs, targets)
        for twin, batch, target in zip(alone, inputs, targets, strict=True):
            twin.learn(batch, target)
    outputs = together.outputs(runs.inputs)
    expected = torch.stack([twin.outputs(each) for twin, each in zip(alone, runs.inputs, strict=True)])
    torch.testing.assert_close(outputs, expected, rtol=1e-3, atol=2e-4)
    assert not outputs.requires_grad
    moved = (outputs - start).abs().mean()
    assert moved > 0.01
    assert (outputs - expected).abs().mean() < 1e-3 * moved


def test_their_start_is_a_copy_of_the_networks():
    networks = SeedRuns(Experiment(width=4), 2).networks()
    before = [network.state() for network in networks]
    twins = TorchReferences(networks, 1.0)
    twins.learn(torch.ones(2, 5, 2), -torch.ones(2, 5, 2))
    for network, state in zip(networks, before, strict=True):
        assert all(torch.equal(value, state[name]) for name, value in network.state().items())


def test_what_has_no_twins_is_refused():
    with pytest.raises(ValueError, match="at least 1 network, not 0"):
        TorchReferences([], 0.01)
    with pytest.raises(ValueError, match="no torch twin of Sequential"):
        TorchReferences([minidl.Sequential(minidl.Sequential())], 0.01)
