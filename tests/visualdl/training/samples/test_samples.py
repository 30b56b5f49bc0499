"""Samples are what an experiment says: which points, how many, dealt out how; and all of it from its seed."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from minidl import datasets
from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.experiment import Experiment
from visualdl.training.random_streams import generator
from visualdl.training.samples.samples import PART, samples_of


def test_the_papers_points_are_two_draws_from_the_seed():
    samples = samples_of(Experiment(seed=7))
    for points, purpose in ((samples.data.train, "points"), (samples.data.test, "test points")):
        positions, labels = datasets.disk(1000, generator(7, purpose))
        assert np.array_equal(points.positions, positions.numpy())
        assert np.array_equal(points.labels, labels.numpy())


@pytest.mark.parametrize("dataset", DATA_SETS)
@pytest.mark.parametrize(("count", "share", "training"), [(50, 10, 5), (400, 90, 360), (333, 50, 166)])
def test_every_data_set_is_dealt_out_as_the_share_says(dataset, count, share, training):
    samples = samples_of(Experiment(dataset=dataset, samples=count, training_share=share, noise=20))
    data = samples.data
    assert (len(samples.inputs), samples.training) == (count, training)
    assert (len(data.train.labels), len(data.test.labels)) == (training, count - training)
    labels = np.concatenate([data.train.labels, data.test.labels])
    assert np.array_equal(samples.truth.numpy(), labels)
    said = samples.targets[:, 0] if DATA_SETS[dataset].is_regression else samples.targets.argmax(1)
    assert np.array_equal(said.numpy(), labels)
    train = torch.tensor(data.train.positions)
    torch.testing.assert_close(samples.inputs[:training], (train - train.mean(0)) / train.std(0), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("dataset", ["Spiral", "Moons", "Rings"])
def test_no_point_to_learn_from_is_tested_on_even_where_points_lie_at_even_distances(dataset):
    data = samples_of(Experiment(dataset=dataset, samples=600)).data
    assert not set(map(tuple, data.train.positions.tolist())) & set(map(tuple, data.test.positions.tolist()))


@pytest.mark.parametrize("dataset", DATA_SETS)
def test_another_draw_or_seed_has_other_points_and_other_weights_have_the_same(dataset):
    experiment = Experiment(dataset=dataset, samples=100, noise=5)
    inputs = samples_of(experiment).inputs
    assert torch.equal(inputs, samples_of(replace(experiment, weight_draw=3)).inputs)
    assert not torch.equal(inputs, samples_of(replace(experiment, data_draw=1)).inputs)
    assert not torch.equal(inputs, samples_of(replace(experiment, seed=1)).inputs)


def test_noise_is_in_percent_and_reaches_the_data_set():
    positions, labels = datasets.moons(60, generator(0, "points"), noise=0.25)
    data = samples_of(Experiment(dataset="Moons", samples=60, noise=25)).data
    assert np.array_equal(np.concatenate([data.train.positions, data.test.positions]), positions.numpy())
    assert np.array_equal(np.concatenate([data.train.labels, data.test.labels]), labels.numpy())


def test_of_few_samples_the_part_is_all():
    samples = samples_of(Experiment(samples=2 * PART))
    assert samples.part() is samples


def test_of_many_samples_the_part_is_the_first_of_each_set_whose_points_are_shown():
    samples = samples_of(Experiment(samples=20_000, training_share=80))
    part = samples.part()
    assert (len(part.inputs), part.training) == (2 * PART, PART)
    assert torch.equal(part.inputs[:PART], samples.inputs[:PART])
    assert torch.equal(part.inputs[PART:], samples.inputs[16_000 : 16_000 + PART])
    for name, rows in (("train", slice(None, PART)), ("test", slice(PART, None))):
        points = getattr(part.data, name)
        normalized = samples.input_grid.feature_map.apply(torch.tensor(points.positions))
        assert torch.equal(part.inputs[rows], normalized)
        assert np.array_equal(part.truth[rows].numpy(), points.labels)


def test_samples_that_were_first_drawn_while_a_run_learned_are_ordinary_tensors():
    with torch.inference_mode():
        samples = samples_of(Experiment(seed=90210, samples=60))
    assert not samples.inputs.is_inference()
    assert not samples.targets.is_inference()
