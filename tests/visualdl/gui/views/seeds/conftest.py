"""What the tests of the page share: runs by hand and real ones."""

import time
from dataclasses import replace

import numpy as np
import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.values.seeds import Agreement, SeedCurves, Seeds

SMALL = Experiment(depth=1, width=3, batch_size=250)  # 4 steps an epoch


@pytest.fixture
def curves_of():
    """Make curves of errors and losses, (moments, runs): each of the four quantities is another multiple of them."""

    def make(values, seconds=1.0):
        numbers = np.atleast_2d(np.array(values, dtype=float))
        losses = (4 * numbers, 3 * numbers)
        return SeedCurves(np.arange(len(numbers), dtype=float), *losses, numbers, 2 * numbers, seconds)

    return make


@pytest.fixture
def seeds_of(curves_of):
    """Make the runs whose training errors are `values` (moments, runs); torch's are `compared`."""

    def make(values, compared=None, share=None, first=0, **changes):
        minidl = curves_of(values)
        runs = minidl.train_error.shape[1]
        seeds = Seeds(
            experiment=replace(SMALL, seed=first),
            seeds=tuple(range(first, first + runs)),
            step=4 * len(minidl.epochs) - 4,
            epoch=len(minidl.epochs) - 1,
            minidl=minidl,
            torch=None if compared is None else curves_of(compared, 7.6),
            agreement=Agreement(np.full((33, 33), 0.5) if share is None else np.array(share)),
            advancing=False,
            steps_per_second=0.0,
            start=1,
        )
        return replace(seeds, **changes)

    return make


@pytest.fixture(scope="session")
def moment():
    """A frame of a run, with nothing beside it."""
    return Watched(SMALL).frame()


@pytest.fixture
def trained(moment):
    """Train real runs, and return them in a frame."""

    def train(count, with_torch=False, steps=6):
        training = SeedsJob(SMALL, count, with_torch, time.perf_counter)
        for _ in range(steps):
            training.work()
        return replace(moment, seeds=training.snapshot())

    return train
