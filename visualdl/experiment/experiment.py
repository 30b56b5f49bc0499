"""An experiment is every choice of a run: a frozen value, from which the same run can be made again, bit for bit."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

import msgspec

from visualdl.data.features import PAPER_FEATURES, Feature, checked_features, feature_of
from visualdl.data.json_arrays import from_lists, to_lists
from visualdl.data.own_data import FEWEST_ROWS, OwnData
from visualdl.data.table import MOST_ROWS, shown
from visualdl.experiment import data_choices as data
from visualdl.experiment import learning_choices as learning
from visualdl.experiment.choices import Names, Range
from visualdl.experiment.task import LOSS, SQUARED, Task, changes_implied_by_data, implied_changes
from visualdl.sentences import quoted, sentence


def _choice(default: Any, choice: Range | Names, *, restarts: bool) -> Any:
    return field(default=default, metadata={"choice": choice, "restarts": restarts})


@dataclass(frozen=True)
class Layer:
    """A hidden layer: how many neurons it has, and the name of the function after it."""

    width: int
    activation: str

    def __post_init__(self) -> None:
        CHOICES["width"].check(self.width)
        CHOICES["hidden_activation"].check(self.activation)


@dataclass(frozen=True)
class Experiment:
    """All choices of a run; the defaults are the paper's Table I and section II.C.

    Hidden layers that are all alike are `depth` times `width` and `hidden_activation`, and `layers` is empty. Where
    they differ, `layers` says each, and the other three follow from it: their number, the widest, the first function.
    So an experiment is written in one way only. `hidden` gives the layers either way, `with_hidden` takes them.
    `features` are the names of the network's inputs, as `visualdl.data.features` knows them, in their order.
    The data set "Own" are the points in `own`, as many as they are; with any other there are none.

    `classes` means nothing to a data set that cannot have more than two.

    Raises ValueError, naming the value and what is allowed, for a value outside its choice, and for a loss that cannot
    measure what the data set's points carry.
    """

    dataset: str = _choice("Disk", data.DATASET, restarts=False)
    classes: int = _choice(2, data.CLASSES, restarts=False)
    samples: int = _choice(2000, data.SAMPLES, restarts=False)
    noise: int = _choice(0, data.NOISE, restarts=False)
    training_share: int = _choice(50, data.TRAINING_SHARE, restarts=False)
    depth: int = _choice(
        3, Range("Depth", 0, 8, "How many hidden layers the network has.", "hidden layers", integer=True), restarts=True
    )
    width: int = _choice(
        25,
        Range("Width", 1, 128, "How many neurons each hidden layer has.", "neurons", integer=True, logarithmic=True),
        restarts=True,
    )
    hidden_activation: str = _choice(
        "ReLU", Names("Hidden activation", learning.ACTIVATIONS, "The function after each hidden layer."), restarts=True
    )
    output_activation: str = _choice(
        "Tanh", Names("Output activation", learning.ACTIVATIONS, "The function after the last layer."), restarts=True
    )
    loss: str = _choice(SQUARED, LOSS, restarts=True)
    batch_size: int = _choice(
        50,
        Range(
            "Batch size",
            1,
            1000,
            "How many training points each step looks at. The loss is a sum over them, so a larger batch also "
            "takes larger steps.",
            "points",
            integer=True,
            logarithmic=True,
        ),
        restarts=False,
    )
    learning_rate: float = _choice(
        0.01,
        Range(
            "Learning rate",
            1e-5,
            10,
            "How far each step follows the gradient. Too low learns slowly, too high never settles.",
            logarithmic=True,
        ),
        restarts=False,
    )
    optimizer: str = _choice("SGD", learning.OPTIMIZER, restarts=False)
    schedule: str = _choice("Constant", learning.SCHEDULE, restarts=False)
    schedule_epochs: int = _choice(10, learning.SCHEDULE_EPOCHS, restarts=False)
    initialization: str = _choice("Paper", learning.INITIALIZATION, restarts=True)
    batch_norm: str = _choice("No", learning.BATCH_NORM, restarts=True)
    penalty: str = _choice("None", learning.PENALTY, restarts=False)
    penalty_rate: float = _choice(0.1, learning.PENALTY_RATE, restarts=False)
    dropout: float = _choice(0.0, learning.DROPOUT, restarts=False)
    stop_when: str = _choice("Never", learning.STOP_WHEN, restarts=False)
    stop_at: float = _choice(10.0, learning.STOP_AT, restarts=False)
    seed: int = _choice(0, data.SEED, restarts=True)
    data_draw: int = _choice(0, data.DATA_DRAW, restarts=False)
    weight_draw: int = _choice(0, data.WEIGHT_DRAW, restarts=True)

    layers: tuple[Layer, ...] = ()
    features: tuple[str, ...] = PAPER_FEATURES
    own: OwnData | None = field(default=None, metadata={"restarts": False})

    def __post_init__(self) -> None:
        _expect_learnable(self.dataset, self.own)
        object.__setattr__(self, "features", checked_features(self.features))
        if self.layers:
            alike = len(set(self.layers)) == 1
            for name, value in (
                ("depth", len(self.layers)),
                ("width", max(layer.width for layer in self.layers)),
                ("hidden_activation", self.layers[0].activation),
                ("layers", () if alike else self.layers),
            ):
                object.__setattr__(self, name, value)  # frozen from here on
        if self.own is not None:
            object.__setattr__(self, "samples", len(self.own))
            object.__setattr__(self, "classes", len(self.own.classes))
        for name, choice in CHOICES.items():
            if name != "samples" or self.own is None:
                choice.check(getattr(self, name))
        self.task.check()

    @property
    def task(self) -> Task:
        """What the network is trained for."""
        return Task(self.dataset, self.classes, self.loss, self.own.classes if self.own else ())

    @property
    def training_samples(self) -> int:
        """How many of the samples the network learns from; of own points at least one of each class, but never all."""
        usual = round(self.samples * self.training_share / 100)
        return usual if self.own is None else min(max(usual, len(self.own.classes)), self.samples - 1)

    @property
    def class_names(self) -> tuple[str, ...]:
        """What classes 0, 1, ... are called; by the colours of their points where the data set has no better names."""
        return self.task.class_names

    @property
    def inputs(self) -> tuple[Feature, ...]:
        """The network's inputs."""
        return tuple(map(feature_of, self.features))

    @property
    def has_batch_norm(self) -> bool:
        """Whether the sums of hidden neurons are normalised over the batch."""
        return self.batch_norm == "Yes"

    @property
    def hidden(self) -> tuple[Layer, ...]:
        """The hidden layers, from the input on."""
        return self.layers or (Layer(self.width, self.hidden_activation),) * self.depth

    def with_hidden(self, layers: tuple[Layer, ...]) -> "Experiment":
        """Return this experiment with other hidden layers."""
        return replace(self, depth=len(layers), layers=layers)

    def with_own(self, own: OwnData) -> "Experiment":
        """Return this experiment with the user's own points, where they are: no noise moves them."""
        wanted = Task(data.OWN, len(own.classes), self.loss, own.classes)
        return replace(self, dataset=data.OWN, own=own, noise=0, **changes_implied_by_data(self.task, wanted))

    def with_points_of(self, other: "Experiment", in_place_of: "Experiment") -> "Experiment":
        """Return this experiment with the data set that `other` has, own points included.

        Loss and output activation go along where they still are those that came with the data of `in_place_of`.
        """
        taken = {name: getattr(other, name) for name in ("dataset", "classes", "own", "samples", "noise")}
        taken.update(changes_implied_by_data(self.task, other.task._replace(loss=self.loss)))
        for name in ("loss", "output_activation"):
            if getattr(self, name) == getattr(in_place_of, name):
                taken[name] = getattr(other, name)
        return replace(self, **taken)

    def choose(self, name: str, value: Any) -> "Experiment":
        """Return this experiment with another value of a choice.

        A width or activation is that of all hidden layers; a depth adds layers like the last one, or drops the last.
        What to stop for brings a usual number to stop at. Data and loss bring what suits them: see `implied_changes`; a
        drawn data set leaves own points behind.
        """
        if name in CHOICES:
            CHOICES[name].check(value)
        if name == "stop_when" and value in learning.USUAL_STOPS:
            return replace(self, stop_when=value, stop_at=learning.USUAL_STOPS[value])
        if name in Task._fields:
            implied = implied_changes(self.task, name, value)
            if self.own is not None and implied.get("dataset", data.OWN) != data.OWN:
                implied.update(own=None, samples=max(self.samples, int(data.SAMPLES.minimum)))
            return replace(self, **implied)
        if not self.layers:
            return replace(self, **{name: value})
        if name == "depth":
            return self.with_hidden((self.layers + self.layers[-1:] * value)[:value])
        if name in OF_HIDDEN_LAYERS:
            return self.with_hidden(tuple(replace(layer, **{OF_HIDDEN_LAYERS[name]: value}) for layer in self.layers))
        return replace(self, **{name: value})

    def needs_new_network(self, other: "Experiment") -> bool:
        """Say whether going from `other` to this experiment starts a new run; if not, it acts between two batches."""
        without_hidden_layers = self.depth == other.depth == 0
        if self.task.outputs != other.task.outputs:  # values for classes: as many outputs have another loss
            return True
        return any(
            name not in LIVE and not (without_hidden_layers and name in OF_HIDDEN_LAYERS)
            for name in self.changes_from(other)
        )

    def needs_new_data(self, other: "Experiment") -> bool:
        """Say whether going from `other` to this experiment takes other points, or deals them out in another way."""
        return self.seed != other.seed or not OF_DATA.isdisjoint(self.changes_from(other))

    def changes_from(self, other: "Experiment") -> tuple[str, ...]:
        """Return the names of the fields in which this experiment differs from `other`."""
        return tuple(entry.name for entry in fields(self) if self._differs(other, entry.name))

    def _differs(self, other: "Experiment", name: str) -> bool:
        return bool(getattr(self, name) != getattr(other, name))

    def to_json(self) -> str:
        """Return the experiment as JSON, without loss."""
        return msgspec.json.encode(self, enc_hook=to_lists).decode()

    @classmethod
    def from_json(cls, text: str) -> "Experiment":
        """Return the experiment that `text` holds; a field that is absent has its default.

        Raises ValueError, in one sentence, for text that is no JSON, a wrong type, or a value outside its choice.
        """
        try:
            return msgspec.json.decode(text, type=cls, dec_hook=from_lists)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
            raise ValueError(f"This is not an experiment: {sentence(str(error))}") from error


CHOICES: dict[str, Range | Names] = {
    entry.name: entry.metadata["choice"] for entry in fields(Experiment) if "choice" in entry.metadata
}
"""Every field of an Experiment that is one number or name -> what it may be."""

LIVE = frozenset(entry.name for entry in fields(Experiment) if not entry.metadata.get("restarts", True))
"""The fields that act between two batches; the others need a new network."""

OF_DATA = frozenset({"dataset", "classes", "samples", "noise", "training_share", "data_draw", "own"})
"""The fields that, beside the seed, say what is learned from: LIVE, for a network can go on with other data."""

OF_STEPS = LIVE - OF_DATA
"""The fields that steer the steps from the next one on, whatever the data is."""

OF_HIDDEN_LAYERS = {"width": "width", "hidden_activation": "activation"}
"""The fields that mean nothing to a network without hidden layers -> what they are called in a Layer."""


def _expect_learnable(dataset: str, own: OwnData | None) -> None:
    """Raise ValueError, in one sentence, unless there are own points where the data set needs them, and good ones."""
    if dataset != data.OWN and own is not None:
        raise ValueError(f"Own points belong to the dataset {data.OWN}, not to {quoted(dataset)}.")
    if dataset != data.OWN:
        return
    if own is None:
        raise ValueError(f"The dataset {data.OWN} needs points: import them, or edit those of another data set.")
    if not FEWEST_ROWS <= len(own) <= MOST_ROWS:
        raise ValueError(f"Own data must have {FEWEST_ROWS} to {MOST_ROWS:,} points, not {len(own):,}.")
    for name, count in zip(own.classes, own.counts, strict=True):
        if count == 0:
            raise ValueError(f"Own data must have a point of each class, and has none of {shown(name)}.")
