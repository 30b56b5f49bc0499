"""Pictures of a network as frozen arrays: its output over the square, each neuron's, and the plane of two neurons.

"The square" is the unit square of all inputs, in data coordinates. Pictures hold values, not colours on a screen.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualdl.training.values.by_value import ByValue
from visualdl.training.values.parameter_index import Neuron

Floats = NDArray[np.float32] | NDArray[np.float64]
Labels = NDArray[np.int64]

SHADES = 42
"""How many shades each class has in a picture of more than two: those of six fit into a byte."""


LEVELS = (-0.75, -0.5, -0.25, 0.25, 0.5, 0.75)
"""The outputs for which there are level lines."""


class LevelLines(NamedTuple):
    """The lines on which an output is `level`, each (points, 2) in data coordinates."""

    level: float
    lines: tuple[Floats, ...]


@dataclass(frozen=True, eq=False)
class Boundary(ByValue):
    """What the network's outputs say over the unit square.

    `outputs` (rows, columns): how sure they are of one of two classes, so that +1 is a sure class 1, the disk's
    "inside", and -1 a sure class 0; row i stands at x2 = i / (rows - 1), column j at x1 = j / (columns - 1).
    `contour`: the lines on which they decide for another class, each (points, 2) in data coordinates; `levels`: those
    of each of LEVELS, of which the full colour is 1, or nothing unless they are asked for.

    Of more than two classes `predicted_classes` (rows, columns) is the one they say, `outputs` the confidence in it,
    and `shades`, uint8, the same as colours to be: predicted class SHADES + strength, of 0, pale, to SHADES - 1.
    Of a regression `outputs` are its values, of which `scale` has the full colour.
    """

    outputs: Floats
    contour: tuple[Floats, ...]
    levels: tuple[LevelLines, ...] = ()
    scale: float = 1.0
    predicted_classes: Labels | None = None
    shades: NDArray[np.uint8] | None = None

    def at(self, x1: float, x2: float) -> float:
        """Return the output at a point of the unit square, interpolated between the grid's four nearest points."""
        rows, columns = self.outputs.shape
        row, column = self._place(x1, x2)
        i, j = min(int(row), rows - 2), min(int(column), columns - 2)
        down, right = row - i, column - j
        (a, b), (c, d) = self.outputs[i : i + 2, j : j + 2].tolist()
        return float((a * (1 - right) + b * right) * (1 - down) + (c * (1 - right) + d * right) * down)

    def predicted_class_at(self, x1: float, x2: float) -> tuple[int, float] | None:
        """Return which of more than two classes wins at the grid's nearest point, and how sure it is."""
        if self.predicted_classes is None:
            return None
        place = tuple(map(round, self._place(x1, x2)))
        return int(self.predicted_classes[place]), float(self.outputs[place])

    def _place(self, x1: float, x2: float) -> tuple[float, float]:
        rows, columns = self.outputs.shape
        return min(max(x2, 0.0), 1.0) * (rows - 1), min(max(x1, 0.0), 1.0) * (columns - 1)


@dataclass(frozen=True, eq=False)
class NeuronMaps(ByValue):
    """What every neuron says over the unit square, as colours to be.

    `levels` has for each layer, from the inputs on, (neurons, side, side) uint8, each the value at a pixel's middle: 1
    is -scale, 128 is 0, 255 is +scale, and 0 is left to whoever needs a level for nothing. The first row is the lowest
    of the square, the first column the leftmost. `scales` has each neuron's scale, (neurons,): its largest absolute
    value in its map, but no less than a share of its layer's largest, nor than a small number.
    """

    levels: tuple[NDArray[np.uint8], ...]
    scales: tuple[Floats, ...]


@dataclass(frozen=True, eq=False)
class NeuronPicture(ByValue):
    """One neuron's value over the unit square, to be drawn in the boundary's place.

    `boundary.outputs` are its values divided by `scale`, so that they lie within -1 and +1.
    """

    neuron: Neuron
    boundary: Boundary
    scale: float


@dataclass(frozen=True, eq=False)
class HiddenPlane(ByValue):
    """The plane of two neurons of one layer: where the unit square and the data lie in it.

    `grid` (side, side, 2) are the values of the two neurons over an even grid of the square, rows and columns as in
    `Boundary`. `points` (samples, 2) are those of the training points, `labels` (samples,) their classes, or values.
    """

    neurons: tuple[Neuron, Neuron]
    grid: Floats
    points: Floats
    labels: Labels | Floats


@dataclass(frozen=True, eq=False)
class Confusion(ByValue):
    """How many samples of each true class, by row, the network says are of each class, by column."""

    train: Labels
    test: Labels


@dataclass(frozen=True, eq=False)
class PredictedValues(ByValue):
    """The true values of a regression's samples beside those that the network predicts, (samples, 2) each.

    They are those of the points that a run's `Data` shows; `scale` is as in `Boundary`.
    """

    train: Floats
    test: Floats
    scale: float


Predictions = Confusion | PredictedValues
"""What a network answers to the samples."""
