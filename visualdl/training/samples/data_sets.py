"""The data sets that a run can learn from: by their names, with what each of them takes."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from minidl.datasets import (
    MOST_CLASSES,
    checkerboard,
    circle,
    disk,
    gaussians,
    moons,
    multi_gaussian,
    plane,
    rings,
    spiral,
    xor,
)


@dataclass(frozen=True)
class DataSet:
    """A data set: how it is drawn, and up to how many classes it can have.

    `draw` is a function of `minidl.datasets`. It takes `classes` if `most_classes` is above 2. A `regression` has
    values instead of labels, and 0 classes.
    """

    name: str
    draw: Callable[..., tuple[Tensor, Tensor]]
    most_classes: int = 2
    regression: bool = False


DATA_SETS = {
    data_set.name: data_set
    for data_set in (
        DataSet("Disk", disk),
        DataSet("Circle", circle),
        DataSet("XOR", xor),
        DataSet("Gaussians", gaussians, MOST_CLASSES),
        DataSet("Spiral", spiral, MOST_CLASSES),
        DataSet("Moons", moons),
        DataSet("Rings", rings, MOST_CLASSES),
        DataSet("Checkerboard", checkerboard),
        DataSet("Plane", plane, most_classes=0, regression=True),
        DataSet("Multi-Gaussian", multi_gaussian, most_classes=0, regression=True),
    )
}
"""The name that the window shows -> the data set."""


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
    if data_set.most_classes > 2:
        return data_set.draw(samples, generator, classes=classes, noise=noise)
    if classes != 2 and not data_set.regression:
        raise ValueError(f"{name} has 2 classes, not {classes!r}.")
    return data_set.draw(samples, generator, noise=noise)
