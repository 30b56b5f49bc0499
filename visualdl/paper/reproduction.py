"""The whole reproduction: the first runs one by one for their times, all others many at once for their errors."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch

from visualdl.experiment.experiment import Experiment
from visualdl.paper.at_once import chunks, train_at_once
from visualdl.paper.one_by_one import TimedRun, train_in_turns
from visualdl.paper.printed import EPOCHS
from visualdl.paper.results import Outcome, Reproduction

MOST_TIMED = 10
"""As many as Table II has."""

Progress = Callable[[str, int, int], object]
"""Is told of the work: what, how much of it is done, and how much there is."""


def reproduce(experiment: Experiment, runs: int, on_progress: Progress, epochs: int = EPOCHS) -> Reproduction:
    """Train `runs` runs, from the experiment's seed on, in minidl and torch.nn; the same call finds the same errors.

    Raises ValueError for fewer than 1 run and for seeds beyond their range.
    """
    if runs < 1:
        raise ValueError(f"Runs must be at least 1, not {runs}.")
    experiments = [replace(experiment, seed=experiment.seed + run) for run in range(runs)]
    torch.set_num_threads(1)  # for networks as small as these, more cost more than they give
    timed = min(runs, MOST_TIMED)
    alone = _one_by_one(experiments[:timed], epochs, on_progress)
    together = _at_once(experiments[timed:], epochs, on_progress)
    minidl_outcome, torch_mean, torch_sum = map(_outcome, zip(*alone, strict=True), together)
    return Reproduction(
        experiment=experiment,
        epochs=epochs,
        samples=experiment.data.training_samples,
        seeds=tuple(each.seed for each in experiments),
        timed=timed,
        minidl=minidl_outcome,
        torch_mean=torch_mean,
        torch_sum=torch_sum,
    )


def _one_by_one(experiments: Sequence[Experiment], epochs: int, on_progress: Progress) -> list[tuple[TimedRun, ...]]:
    train_in_turns(experiments[0], 1)  # what the libraries set up at their first use is no part of any run
    runs: list[tuple[TimedRun, ...]] = []
    for done, experiment in enumerate(experiments, 1):
        runs.append(train_in_turns(experiment, epochs))
        on_progress("Runs one by one", done, len(experiments))
    return runs


def _at_once(experiments: Sequence[Experiment], epochs: int, on_progress: Progress) -> list[np.ndarray]:
    """Return the shares misclassified of each framework, (2, runs) each."""
    parts: list[tuple[np.ndarray, ...]] = [(np.empty((2, 0)),) * 3]
    for chunk in chunks(len(experiments)):

        def tell(epochs_done: int, chunk: range = chunk) -> None:
            done = chunk.start + len(chunk) * epochs_done // epochs
            on_progress("Runs many at once", done, len(experiments))

        parts.append(train_at_once(experiments[chunk.start], len(chunk), epochs, tell))
    return [np.concatenate(of_one, axis=1) for of_one in zip(*parts, strict=True)]


def _outcome(alone: Sequence[TimedRun], together: np.ndarray) -> Outcome:
    train, test = 100 * np.concatenate([np.array([run.errors[-1] for run in alone]).T, together], axis=1)
    return Outcome(
        train=_frozen(train),
        test=_frozen(test),
        wall=_frozen([run.wall for run in alone]),
        cpu=_frozen([run.cpu for run in alone]),
        train_curves=_frozen([100 * run.errors[:, 0] for run in alone]),
    )


def _frozen(values: Sequence[object] | np.ndarray) -> np.ndarray:
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array
