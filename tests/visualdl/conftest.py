"""A reproduction of the paper that nobody trained: numbers of which it is known what they should become."""

import numpy as np
import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.paper.results import Outcome, Reproduction


@pytest.fixture
def made_up():
    """Return a maker of reproductions of so many runs, whose errors in percent lie around 7, 33 and 7.1."""

    def make(runs=12, seed=0, epochs=10):
        chance = np.random.default_rng(0)
        timed = min(runs, 10)

        def outcome(error, deviation, time):
            train, test = (chance.normal(error, deviation, (2, runs)).clip(1, 60)).round(1)
            curves = np.linspace(np.full(timed, 50), train[:timed], epochs + 1, axis=1)
            return Outcome(train, test, np.full(timed, time), np.full(timed, time + 1), curves)

        return Reproduction(
            experiment=Experiment(seed=seed),
            epochs=epochs,
            samples=1000,
            seeds=tuple(range(seed, seed + runs)),
            timed=timed,
            minidl=outcome(7, 2, 20.0),
            torch_mean=outcome(33, 2, 82.0),
            torch_sum=outcome(7.1, 2, 80.0),
        )

    return make
