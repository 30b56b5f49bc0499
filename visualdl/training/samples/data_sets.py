"""Drawing the data sets of the catalogue, by the names that a user reads."""

import torch
from torch import Tensor

from minidl import datasets
from visualdl.experiment.data_choices import DATA_SETS


def draw_data(
    name: str, samples: int, classes: int, noise: float, generator: torch.Generator | None
) -> tuple[Tensor, Tensor]:
    """Draw the data set `name`: points (samples, 2) and labels, int64, or values, float32, (samples,).

    `classes` means nothing to a regression. Raises ValueError, naming the value and what is allowed, for an unknown
    name, for classes that the data set cannot have, and for what `minidl.datasets` refuses.
    """
    if name not in DATA_SETS:
        raise ValueError(f"Dataset must be one of {', '.join(DATA_SETS)}, not {name!r}.")
    data_set = DATA_SETS[name]
    if classes != 2 and data_set.most_classes == 2:
        raise ValueError(f"{name} has 2 classes, not {classes!r}.")
    options = {"classes": classes} if data_set.most_classes > 2 else {}
    points, labels = getattr(datasets, data_set.drawn_by)(samples, generator, noise=noise, **options)
    return points, labels
