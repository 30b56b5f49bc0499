"""An experiment is every choice of a run: a frozen value, from which the same run can be made again, bit for bit."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from visualdl.data.json_arrays import from_lists, to_lists
from visualdl.data.own_data import OwnData
from visualdl.experiment.choices import Choices, Names, Range, choices_of
from visualdl.experiment.data_choices import OWN, SAMPLES, SEED, DataChoices
from visualdl.experiment.network_choices import Layer, NetworkChoices
from visualdl.experiment.task import Task, changes_implied_by_data, implied_changes
from visualdl.experiment.training_choices import USUAL_STOPS, StoppingChoices, TrainingChoices
from visualdl.sentences import quoted, sentence

PARTS: dict[str, type[Choices]] = {
    "data": DataChoices,
    "network": NetworkChoices,
    "training": TrainingChoices,
    "stopping": StoppingChoices,
}
"""The parts of an experiment, by name."""

PART_OF = {entry.name: part for part, kind in PARTS.items() for entry in fields(kind)}
"""The name of each choice -> that of its part. No two choices share a name: JSON and flags have no parts."""

CHOICES: dict[str, Range | Names] = {
    **{name: choice for kind in PARTS.values() for name, choice in choices_of(kind).items()},
    "seed": SEED,
}
"""The name of each choice that is one number or name -> what it may be."""


@dataclass(frozen=True, init=False)
class Experiment:
    """All choices of a run; the defaults are the paper's Table I and section II.C.

    `seed` is where all chance begins. A choice can be given, and read, by its own name as well as in its part:
    `Experiment(depth=2).depth` is `Experiment(network=NetworkChoices(depth=2)).network.depth`.
    Raises ValueError, naming the value and what is allowed, for a value outside its choice, and for a loss that cannot
    measure what the data set's points carry; TypeError for a name that is none of a choice.
    """

    data: DataChoices
    network: NetworkChoices
    training: TrainingChoices
    stopping: StoppingChoices
    seed: int

    def __init__(
        self,
        data: DataChoices | None = None,
        network: NetworkChoices | None = None,
        training: TrainingChoices | None = None,
        stopping: StoppingChoices | None = None,
        seed: int = 0,
        **choices: Any,
    ) -> None:
        of_part: dict[str, dict[str, Any]] = {}
        for name, value in choices.items():
            if name not in PART_OF:
                raise TypeError(f"An experiment has no choice {name!r}.")
            of_part.setdefault(PART_OF[name], {})[name] = value
        for name, given in (("data", data), ("network", network), ("training", training), ("stopping", stopping)):
            mine = of_part.get(name, {})
            part = PARTS[name](**mine) if given is None else replace(given, **mine) if mine else given
            object.__setattr__(self, name, part)  # frozen from here on
        SEED.check(seed)
        object.__setattr__(self, "seed", seed)
        self.task.check()

    if not TYPE_CHECKING:  # where types are checked, a choice is read in its part

        def __getattr__(self, name: str) -> Any:
            if name not in PART_OF:
                raise AttributeError(f"An experiment has no {name!r}.")
            return getattr(getattr(self, PART_OF[name]), name)

    def value(self, name: str) -> Any:
        """Return what is chosen, by the name of the choice."""
        return getattr(self if name == "seed" else getattr(self, PART_OF[name]), name)

    @property
    def task(self) -> Task:
        """What the network is trained for."""
        data = self.data
        return Task(data.dataset, data.classes, self.network.loss, data.own.classes if data.own else ())

    @property
    def class_names(self) -> tuple[str, ...]:
        """What classes 0, 1, ... are called; by the colors of their points where the data set has no better names."""
        return self.task.class_names

    def with_choices(self, **choices: Any) -> "Experiment":
        """Return this experiment with other values of some choices, and nothing else changed."""
        return replace(self, **choices)

    def with_hidden(self, layers: tuple[Layer, ...]) -> "Experiment":
        """Return this experiment with other hidden layers."""
        return replace(self, network=self.network.with_hidden(layers))

    def with_own(self, own: OwnData) -> "Experiment":
        """Return this experiment with the user's own points, where they are: no noise moves them."""
        wanted = Task(OWN, len(own.classes), self.network.loss, own.classes)
        return self.with_choices(dataset=OWN, own=own, noise=0, **changes_implied_by_data(self.task, wanted))

    def with_points_of(self, other: "Experiment", in_place_of: "Experiment") -> "Experiment":
        """Return this experiment with the data set that `other` has, own points included.

        Loss and output activation go along where they still are those that came with the data of `in_place_of`.
        """
        names = ("training_share", "data_draw")
        taken: dict[str, Any] = {"data": replace(other.data, **{name: getattr(self.data, name) for name in names})}
        taken.update(changes_implied_by_data(self.task, other.task._replace(loss=self.network.loss)))
        for name in ("loss", "output_activation"):
            if self.value(name) == in_place_of.value(name):
                taken[name] = other.value(name)
        return replace(self, **taken)

    def choose(self, name: str, value: Any) -> "Experiment":
        """Return this experiment with another value of a choice, and what that brings.

        What to stop for brings a usual number to stop at. Data and loss bring what suits them: see `implied_changes`; a
        drawn data set leaves own points behind. Of layers, see `NetworkChoices.choose`.
        """
        if name in CHOICES:
            CHOICES[name].check(value)
        if name == "stop_when" and value in USUAL_STOPS:
            return self.with_choices(stop_when=value, stop_at=USUAL_STOPS[value])
        if name in Task._fields:
            implied = implied_changes(self.task, name, value)
            if self.data.own is not None and implied.get("dataset", OWN) != OWN:
                implied.update(own=None, samples=max(self.data.samples, int(SAMPLES.minimum)))
            return self.with_choices(**implied)
        if PART_OF.get(name) == "network":
            return replace(self, network=self.network.choose(name, value))
        return self.with_choices(**{name: value})

    def needs_new_network(self, other: "Experiment") -> bool:
        """Say whether going from `other` to this experiment starts a new run; if not, it acts between two batches."""
        return (
            self.seed != other.seed
            or not self.network.is_built_like(other.network)
            or self.task.outputs != other.task.outputs  # values for classes: as many outputs have another loss
        )

    def needs_new_data(self, other: "Experiment") -> bool:
        """Say whether going from `other` to this experiment takes other points, or deals them out in another way."""
        return (self.seed, self.data) != (other.seed, other.data)

    def changes_from(self, other: "Experiment") -> tuple[str, ...]:
        """Return the names of the choices in which this experiment differs from `other`."""
        differing = [part for part in PARTS if getattr(self, part) != getattr(other, part)]
        names = [name for name, part in PART_OF.items() if part in differing]
        return tuple(name for name in (*names, "seed") if self.value(name) != other.value(name))

    def to_json(self) -> str:
        """Return the experiment as JSON, without loss: every choice by its name."""
        values = {name: self.value(name) for name in (*PART_OF, "seed")}
        return msgspec.json.encode(values, enc_hook=to_lists).decode()

    @classmethod
    def from_json(cls, text: str | bytes | msgspec.Raw) -> "Experiment":
        """Return the experiment that `text` holds; a choice that is absent has its default.

        Raises ValueError, in one sentence, for text that is no JSON, an unknown name, a wrong type, or a value outside
        its choice.
        """
        try:
            expect_known(text, (*PART_OF, "seed"))
            found = msgspec.json.decode(text, type=_file(), dec_hook=from_lists)
            values = {name: getattr(found, name) for name in found.__struct_fields__}
            return cls(**{name: value for name, value in values.items() if value is not msgspec.UNSET})
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            raise ValueError(f"This is not an experiment: {sentence(str(error))}") from error


def expect_known(text: str | bytes | msgspec.Raw, known: Iterable[str]) -> None:
    """Raise DecodeError, in a sentence, unless `text` is a JSON object without names that are unknown.

    A misspelt name would silently have its default.
    """
    for name in msgspec.json.decode(text, type=dict[str, msgspec.Raw]):
        if name not in known:
            raise msgspec.ValidationError(f"there is no {quoted(name)}, only {', '.join(known)}")


@cache
def _file() -> type[msgspec.Struct]:
    """Return what JSON of an experiment may hold: the type of each choice, by its name."""
    kinds = {name: hint for kind in PARTS.values() for name, hint in get_type_hints(kind).items()}
    entries = [(name, kind | msgspec.UnsetType, msgspec.UNSET) for name, kind in {**kinds, "seed": int}.items()]
    return msgspec.defstruct("Experiment", entries)
