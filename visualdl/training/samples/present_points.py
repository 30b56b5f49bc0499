"""The present points of an experiment, for whoever edits or exports them before torch is loaded."""

from types import ModuleType

import numpy as np

from visualdl.data.own_data import OwnData
from visualdl.experiment.experiment import Experiment


def present_points(experiment: Experiment) -> OwnData:
    """Return the experiment's points as own ones; raise ValueError, in a sentence, if they have values."""
    if experiment.task.is_regression:
        raise ValueError(f"The points of {experiment.data.dataset} have values: only those of classes can be your own.")
    if experiment.data.own is not None and experiment.data.noise == 0:
        return experiment.data.own
    own: OwnData = _samples().present_points(experiment)
    return own


def present_values(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of a regression, (samples, 2), and their values, (samples,)."""
    points, values = _samples().present_values(experiment)
    return points, values


def _samples() -> ModuleType:
    import torch  # here rather than above: the window is on the screen before torch is loaded

    from visualdl.training.samples import samples

    torch.set_num_threads(1)  # holds for this thread only
    return samples
