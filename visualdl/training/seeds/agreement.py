"""Voting: what many networks say together of each place."""

import math

import torch
from torch import Tensor

from visualdl.experiment.task import Task
from visualdl.training.model.objective import predicted_classes, signed
from visualdl.training.pictures.boundary import shades_of
from visualdl.training.values.read_only import frozen
from visualdl.training.values.seeds import Agreement


def agreement_of(outputs: Tensor, task: Task, scale: float) -> Agreement:
    """Return the vote of K networks whose `outputs` (K, side * side, outputs) are those of a grid over the unit square.

    `scale` is that of a regression's values: networks whose value is not finite at a place are left out there, and
    where there are no others it is 0. Of classes that equally many say, the first one wins.
    """
    side = math.isqrt(outputs.shape[1])
    if task.is_regression:
        values = outputs[..., 0]
        median = values.where(values.isfinite(), math.nan).nanquantile(0.5, dim=0).nan_to_num(0)
        return Agreement(frozen(median.reshape(side, side)), scale=scale)
    if task.outputs <= 2:
        return Agreement(frozen((signed(outputs) > 0).float().mean(0).reshape(side, side)))
    said = predicted_classes(outputs)
    counts = torch.stack([(said == each).sum(0) for each in range(task.outputs)])  # (classes, side * side)
    most, predicted_class = counts.max(0)
    share = (most / len(outputs)).reshape(side, side)
    predicted_class = predicted_class.reshape(side, side)
    return Agreement(
        frozen(share), frozen(predicted_class), frozen(shades_of(share, predicted_class, 1 / task.outputs))
    )
