"""What a network may learn from: the catalogue of data sets, and what an experiment chooses of data."""

from dataclasses import dataclass, field
from typing import Any

from visualdl.data.own_data import FEWEST_ROWS, OwnData
from visualdl.data.table import MOST_ROWS, shown
from visualdl.experiment.choices import Choices, Names, Range, chosen
from visualdl.sentences import quoted


@dataclass(frozen=True)
class DataSet:
    """A data set: the name that a user reads, and the name of the function of `minidl.datasets` that draws it.

    It can have up to `most_classes`, or values instead of any; class 1 of a `round` one is inside something.
    """

    name: str
    drawn_by: str
    most_classes: int = 2
    round: bool = False

    @property
    def is_regression(self) -> bool:
        """Whether its points carry values instead of classes."""
        return self.most_classes == 0


DATA_SETS = {
    data_set.name: data_set
    for data_set in (
        DataSet("Disk", "disk", round=True),
        DataSet("Circle", "circle", round=True),
        DataSet("XOR", "xor"),
        DataSet("Gaussians", "gaussians", 6),
        DataSet("Spiral", "spiral", 6),
        DataSet("Moons", "moons"),
        DataSet("Rings", "rings", 6),
        DataSet("Checkerboard", "checkerboard"),
        DataSet("Plane", "plane", 0),
        DataSet("Multi-Gaussian", "multi_gaussian", 0),
    )
}
"""The data sets that are drawn by chance, by name."""

OWN = "Own"  # the user's own points
LAST_SEED = 999_999
LAST_DRAW = 999_999


def _without_choice_of_classes(experiment: Any) -> str:
    data_set = DATA_SETS.get(experiment.data.dataset)
    if data_set is not None and data_set.most_classes > 2:
        return ""
    if experiment.task.is_regression:
        return f"{experiment.data.dataset} has values instead of classes."
    many = [name for name, each in DATA_SETS.items() if each.most_classes > 2]
    return f"{experiment.data.dataset} has two classes: {', '.join(many[:-1])} and {many[-1]} can have more."


def _counted(experiment: Any) -> str:
    if experiment.data.own is None:
        return ""
    return "Own points are as many as there are: edit them, or import others."


DATASET = Names("Dataset", (*DATA_SETS, OWN), "How the points lie in the square, and which class, or value, each has.")

CLASSES = Range(
    "Classes",
    2,
    6,
    "How many classes the points have. Another number builds a new network: it takes as many outputs.",
    integer=True,
    idle=_without_choice_of_classes,
)

SAMPLES = Range(
    "Samples",
    50,
    100_000,
    "How many points there are, to learn from and to test on together.",
    "points",
    integer=True,
    logarithmic=True,
    idle=_counted,
)

NOISE = Range(
    "Noise",
    0,
    50,
    "How far chance moves the points, or the places that say their classes: the classes mix.",
    "%",
    integer=True,
)

TRAINING_SHARE = Range(
    "Training share",
    10,
    90,
    "How much of the data the network learns from. It is tested on the rest.",
    "%",
    integer=True,
)

SEED = Range(
    "Seed",
    0,
    LAST_SEED,
    "The start of all chance: the points, the initial weights and the order of the batches.",
    integer=True,
)

DATA_DRAW = Range(
    "Data draw",
    0,
    LAST_DRAW,
    "Which draw of points it is that the seed gives: other points, the same initial weights.",
    integer=True,
)


@dataclass(frozen=True)
class DataChoices(Choices):
    """What is learned from and tested on. The data set OWN are the points in `own`, as many as they are.

    `classes` means nothing to a data set that cannot have more than two. Raises ValueError, in a sentence, for own
    points that no network can learn from.
    """

    dataset: str = chosen("Disk", DATASET)
    classes: int = chosen(2, CLASSES)
    samples: int = chosen(2000, SAMPLES)
    noise: int = chosen(0, NOISE)
    training_share: int = chosen(50, TRAINING_SHARE)
    data_draw: int = chosen(0, DATA_DRAW)
    own: OwnData | None = field(default=None)

    def __post_init__(self) -> None:
        if self.own is None:
            if self.dataset == OWN:
                raise ValueError(f"The dataset {OWN} needs points: import them, or edit those of another data set.")
            super().__post_init__()
            return
        self._expect_learnable(self.own)
        object.__setattr__(self, "classes", len(self.own.classes))
        object.__setattr__(self, "samples", int(SAMPLES.minimum))  # which own points may fall short of, or exceed
        super().__post_init__()
        object.__setattr__(self, "samples", len(self.own))  # frozen from here on

    @property
    def training_samples(self) -> int:
        """How many of the samples the network learns from; of own points at least one of each class, but never all."""
        usual = round(self.samples * self.training_share / 100)
        return usual if self.own is None else min(max(usual, len(self.own.classes)), self.samples - 1)

    def _expect_learnable(self, own: OwnData) -> None:
        if self.dataset != OWN:
            raise ValueError(f"Own points belong to the dataset {OWN}, not to {quoted(self.dataset)}.")
        if not FEWEST_ROWS <= len(own) <= MOST_ROWS:
            raise ValueError(f"Own data must have {FEWEST_ROWS} to {MOST_ROWS:,} points, not {len(own):,}.")
        for name, count in zip(own.classes, own.counts, strict=True):
            if count == 0:
                raise ValueError(f"Own data must have a point of each class, and has none of {shown(name)}.")
