"""Runs that differ in their seed: each does what a single of its seed does."""

from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
import torch

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import ACTIVATIONS
from visualdl.experiment.training_choices import OPTIMIZERS
from visualdl.training.samples.samples import PART
from visualdl.training.seeds.seed_runs import SeedRuns
from visualdl.training.torch_reference.reference import TorchReference

STEPS = 20  # one epoch: for so long rounding does not matter


def test_each_run_does_what_a_run_of_its_seed_does() -> None:
    experiment = Experiment(width=8, seed=5)
    runs = SeedRuns(experiment, 3)
    singles = [Watched(replace(experiment, seed=seed)) for seed in (5, 6, 7)]
    for _ in range(STEPS):
        runs.advance()
        for single in singles:
            single.advance()
    snapshots = [single.snapshot() for single in singles]
    assert (runs.seeds, runs.epoch, runs.step) == ((5, 6, 7), 1, STEPS)
    expected = np.array([astuple(snapshot.evaluation) for snapshot in snapshots]).T
    np.testing.assert_allclose(runs.evaluate(), expected, rtol=1e-4, atol=1.1e-3)  # one sample's error at most
    share = np.mean([snapshot.boundary.outputs > 0 for snapshot in snapshots], axis=0)
    assert np.mean(np.abs(runs.agreement(65).shares - share) > 1e-6) < 0.01
    single = runs.networks()[1].state()
    for name, weight in snapshots[1].weights.items():
        np.testing.assert_allclose(single[name], weight, rtol=1e-3, atol=1e-5)


def test_of_many_samples_each_run_learns_from_all_and_is_evaluated_on_a_part() -> None:
    experiment = Experiment(width=4, depth=1, dataset="Rings", samples=9000, noise=10, batch_size=1000)
    runs, single = SeedRuns(experiment, 2), Watched(replace(experiment, seed=1))
    for _ in range(5):
        runs.advance()
        single.advance()
    assert (runs.epoch, single.epoch) == (1, 1)
    assert runs.inputs.shape == (2, 2 * PART, 2)
    expected = astuple(single.snapshot(exact=False).evaluation)
    np.testing.assert_allclose(runs.evaluate()[:, 1], expected, rtol=1e-4, atol=1e-3)


def test_runs_keep_their_data() -> None:
    with pytest.raises(ValueError, match="Only new runs can take over dataset"):
        SeedRuns(Experiment(width=4), 2).change(Experiment(width=4, dataset="XOR"))


CHOICES = [
    *({"optimizer": name, "learning_rate": 0.001} for name in OPTIMIZERS),
    *({"hidden_activation": name, "output_activation": name, "learning_rate": 0.001} for name in ACTIVATIONS),
    {"initialization": "He normal", "penalty": "L1"},
    {"penalty": "L2", "penalty_rate": 1.0},
    {"dropout": 0.4},
    {"batch_norm": "Yes", "dropout": 0.2, "batch_size": 333},  # the last batch is a single point
    {"schedule": "Cosine", "schedule_epochs": 1},
]


@pytest.mark.parametrize("choices", CHOICES, ids=str)
def test_whatever_is_chosen_runs_single_runs_and_torch_learn_the_same_in_the_first_epoch(
    choices: dict[str, Any],
) -> None:
    experiment = Experiment(width=6, depth=2, seed=5, **choices)
    runs = SeedRuns(experiment, 2)
    singles = [Watched(replace(experiment, seed=seed)) for seed in (5, 6)]
    twins = [TorchReference(network, each.experiment) for network, each in zip(runs.networks(), singles, strict=True)]
    start = runs.evaluate()
    while runs.epoch == 0:
        before = runs.step, runs.exact_epoch
        for twin, inputs, targets in zip(twins, *runs.advance(), strict=True):
            twin.learn(inputs, targets, *before)
        for single in singles:
            single.advance()
    reached = runs.evaluate()
    assert np.abs(reached - start).max() > 0.1, "they have learned"
    expected = np.array([astuple(single.snapshot().evaluation) for single in singles]).T
    np.testing.assert_allclose(reached, expected, rtol=1e-3, atol=2.1e-3)
    outputs = torch.stack([twin.outputs(inputs) for twin, inputs in zip(twins, runs.inputs, strict=True)])
    np.testing.assert_allclose(runs.evaluate_outputs(outputs), reached, rtol=1e-2, atol=5e-3)


def test_a_change_acts_on_every_run_between_two_batches() -> None:
    experiment = Experiment(width=4)
    runs, single = SeedRuns(experiment, 2), Watched(replace(experiment, seed=1))
    other = replace(experiment, learning_rate=0.002, batch_size=100)
    for each, changed in ((runs, other), (single, replace(other, seed=1))):
        each.advance()
        each.change(changed)
        each.advance()
    np.testing.assert_allclose(runs.evaluate()[:, 1], astuple(single.snapshot().evaluation), rtol=1e-4)
    with pytest.raises(ValueError, match="Only new runs can take over width"):
        runs.change(replace(other, width=5))


def test_a_run_that_diverges_leaves_the_others_alone() -> None:
    runs = SeedRuns(Experiment(width=4), 2)
    runs._network.modules[0].weight[0].fill_(float("nan"))
    for _ in range(STEPS):
        runs.advance()
    losses = runs.evaluate()[0]
    assert np.isnan(losses[0])
    assert losses[1] < 2


@pytest.mark.parametrize(
    ("seed", "count", "message"),
    [(0, 0, "Runs must be at least 1, not 0."), (999_999, 2, "Seed must be a whole number from 0 to 999999, not 1000")],
)
def test_runs_that_cannot_be_are_refused(seed: int, count: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SeedRuns(Experiment(seed=seed), count)


def test_torch_learns_the_same_from_the_same_batches() -> None:
    runs = SeedRuns(Experiment(), 2)
    twins = [TorchReference(network, runs.experiment) for network in runs.networks()]
    for _ in range(STEPS):
        for twin, inputs, targets in zip(twins, *runs.advance(), strict=True):
            twin.learn(inputs, targets)
    outputs = torch.stack([twin.outputs(inputs) for twin, inputs in zip(twins, runs.inputs, strict=True)])
    np.testing.assert_allclose(runs.evaluate_outputs(outputs), runs.evaluate(), rtol=1e-2, atol=5e-3)


def test_the_mean_as_loss_takes_smaller_steps() -> None:
    runs = SeedRuns(Experiment(), 1)
    twin = TorchReference(runs.networks()[0], Experiment(), "mean")
    before = twin.outputs(runs.inputs)
    for inputs, targets in zip(*runs.advance(), strict=True):
        twin.learn(inputs, targets)
    moved = (twin.outputs(runs.inputs) - before).abs().mean()
    ours = (runs.networks()[0].forward(runs.inputs[0]) - before[0]).abs().mean()
    assert 20 < ours / moved < 500  # a hundred elements a batch
    twin.change(Experiment(learning_rate=1e-5))
    before = twin.outputs(runs.inputs)
    twin.learn(inputs, targets)
    assert (twin.outputs(runs.inputs) - before).abs().mean() < moved / 100
