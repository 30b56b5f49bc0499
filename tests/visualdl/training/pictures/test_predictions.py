"""Answers: each sample is counted once, at its true class and the class that the network says."""

from dataclasses import replace

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import SOFTMAX
from visualdl.training.samples.samples import PART
from visualdl.training.values.pictures import Confusion, PredictedValues
from visualdl.training.values.snapshot_request import SnapshotRequest

RINGS = Experiment(dataset="Rings", samples=300, noise=20, depth=1, width=5)


def answered(experiment, *, exact=True, steps=8):
    run = Watched(experiment)
    for _ in range(steps):
        run.advance()
    return run, run.snapshot(SnapshotRequest(predictions=True), exact=exact)


@pytest.mark.parametrize("choices", [{}, {"classes": 3}, {"classes": 6, "loss": SOFTMAX}], ids=str)
def test_counts_are_numpys(choices):
    run, snapshot = answered(replace(RINGS, **choices))
    samples = run._samples
    outputs = run._network.forward(samples.inputs).numpy()
    truth, said = samples.truth.numpy(), outputs.argmax(1)
    classes = len(snapshot.experiment.class_names)
    confusion = snapshot.predictions
    assert isinstance(confusion, Confusion)
    for part, counts in ((slice(150), confusion.train), (slice(150, None), confusion.test)):
        expected = np.zeros((classes, classes), int)
        np.add.at(expected, (truth[part], said[part]), 1)
        assert np.array_equal(counts, expected)
        assert not counts.flags.writeable
    wrong = 1 - np.trace(confusion.test) / confusion.test.sum()
    assert wrong == pytest.approx(snapshot.evaluation.test_error)


def test_of_many_samples_they_count_what_the_error_counts():
    large = replace(RINGS, samples=6000)
    for exact, count in ((False, PART), (True, 3000)):
        _, snapshot = answered(large, exact=exact)
        assert snapshot.predictions.train.sum() == count
        wrong = 1 - np.trace(snapshot.predictions.train) / count
        assert wrong == pytest.approx(snapshot.evaluation.train_error)


def test_values_stand_beside_those_predicted():
    run, snapshot = answered(Experiment(samples=100).choose("dataset", "Plane"))
    assert isinstance(snapshot.predictions, PredictedValues)
    np.testing.assert_array_equal(snapshot.predictions.train[:, 0], snapshot.data.train.labels)
    outputs = run._network.forward(run._samples.inputs)[:, 0].numpy()
    np.testing.assert_array_equal(snapshot.predictions.test[:, 1], outputs[50:])
    assert np.abs(snapshot.predictions.train[:, 0]).max() <= snapshot.predictions.scale


def test_nobody_who_does_not_ask_gets_them():
    run, _ = answered(RINGS)
    assert run.snapshot().predictions is None
