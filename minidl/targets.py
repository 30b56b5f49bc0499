"""Targets: from the class of each sample to what a loss compares outputs with."""

import torch
from torch import Tensor

from minidl.checks import described, whole


def signed_targets(labels: Tensor, classes: int = 2) -> Tensor:
    """Return (samples, classes): +1 in the column of each label, -1 in the others. Source: the paper, section II.D.

    Raises ValueError for fewer than 1 class, for labels that are not int64 (samples,), and for a label outside
    0 ... classes - 1.
    """
    whole("signed_targets", "a class count", classes)
    if not isinstance(labels, Tensor) or labels.dtype != torch.int64 or labels.dim() != 1:
        raise ValueError(f"signed_targets needs labels of shape (samples,) and torch.int64, not {described(labels)}.")
    if labels.numel() and (labels.min() < 0 or labels.max() >= classes):
        raise ValueError(f"Labels must lie between 0 and {classes - 1}; they span {labels.min()} to {labels.max()}.")
    targets = torch.full((len(labels), classes), -1.0)
    targets[torch.arange(len(labels)), labels] = 1.0
    return targets


def one_hot_targets(labels: Tensor, classes: int = 2) -> Tensor:
    """Return (samples, classes): 1 in the column of each label, 0 in the others. Raises as `signed_targets` does."""
    return signed_targets(labels, classes).clamp(min=0)
