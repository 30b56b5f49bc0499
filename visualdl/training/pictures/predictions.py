"""What a network answers to the samples: a confusion matrix, or predicted values beside the true ones."""

import torch
from torch import Tensor

from visualdl.training.model.objective import predicted_classes
from visualdl.training.samples.samples import Samples
from visualdl.training.values.pictures import Confusion, PredictedValues, Predictions
from visualdl.training.values.read_only import frozen


def predictions_of(outputs: Tensor, samples: Samples, classes: int) -> Predictions:
    """Return what the `outputs` (samples, outputs) answer to the samples; 0 `classes` are values."""
    count = samples.training
    parts = (slice(None, count), slice(count, None))
    if not classes:
        shown = len(samples.data.train.labels), len(samples.data.test.labels)
        pairs = torch.stack([samples.truth, outputs[:, 0]], dim=1)
        train, test = (frozen(pairs[part][:most]) for part, most in zip(parts, shown, strict=True))
        return PredictedValues(train, test, samples.data.scale)
    said = predicted_classes(outputs)
    train, test = (frozen(_counts(samples.truth[part], said[part], classes)) for part in parts)
    return Confusion(train, test)


def _counts(truth: Tensor, said: Tensor, classes: int) -> Tensor:
    return torch.bincount(truth * classes + said, minlength=classes * classes).reshape(classes, classes)
