"""The runs in a file that any spreadsheet reads, without loss."""

import csv
import io

import numpy as np
import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.files.seeds_csv import seeds_csv
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.values.seeds import Agreement, SeedCurves, Seeds


def rows(seeds):
    return list(csv.DictReader(io.StringIO(seeds_csv(seeds))))


@pytest.mark.parametrize("with_torch", [False, True])
def test_every_run_has_a_line_that_reads_back_as_it_is(with_torch):
    training = SeedsJob(Experiment(depth=1, width=2, seed=7, batch_size=250), 3, with_torch, lambda: 0.0)
    for _ in range(6):
        training.work()
    seeds = training.snapshot()
    lines = rows(seeds)
    assert [line["seed"] for line in lines] == ["7", "8", "9"]
    assert {line["epoch"] for line in lines} == {"1.5"}
    for framework in ("minidl", "torch") if with_torch else ("minidl",):
        for name in ("train_error", "test_error", "train_loss", "test_loss"):
            read = [float(line[f"{framework}_{name}"]) for line in lines]
            assert read == getattr(getattr(seeds, framework), name)[-1].tolist()
    assert any(name.startswith("torch") for name in lines[0]) == with_torch


def test_what_is_not_finite_is_written_as_it_is():
    numbers = np.array([[1.0, 2.0], [np.nan, np.inf]])
    curves = SeedCurves(np.array([0.0, 1.0]), numbers, numbers, numbers, numbers, 1.0)
    seeds = Seeds(Experiment(), (0, 1), 20, 1, curves, None, Agreement(np.zeros((33, 33))), False, 0.0)
    assert [line["minidl_test_loss"] for line in rows(seeds)] == ["nan", "inf"]


def test_a_regression_has_unexplained_variance_in_the_errors_place():
    experiment = Experiment(depth=0, batch_size=250).choose("dataset", "Plane")
    seeds = SeedsJob(experiment, 2, False, lambda: 0.0).snapshot()
    read = [float(line["minidl_test_unexplained_variance"]) for line in rows(seeds)]
    assert read == seeds.minidl.test_error[-1].tolist()
    assert not any("error" in name for name in rows(seeds)[0])
