"""Events: what was done to a run. A run is its first state and its events, so that replaying them makes it again."""

from dataclasses import dataclass, field

from visualdl.experiment.experiment import Experiment
from visualdl.training.values.parameter_index import ParameterIndex


@dataclass(frozen=True)
class Event:
    """It acted before the mini-batch that follows `step` of them.

    `continues` says that it is one with the event before, as while a slider is dragged.
    """

    step: int
    continues: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class ExperimentChanged(Event):
    """From here on the run follows another `experiment`, which steers its steps or stops it in another way."""

    experiment: Experiment


@dataclass(frozen=True)
class DataReplaced(ExperimentChanged):
    """From here on the run learns from other points, those of `experiment`; the epoch under way begins anew."""


@dataclass(frozen=True)
class NetworkGrown(ExperimentChanged):
    """From here on another network learns, that of `experiment`, which keeps of the weights what it can."""


@dataclass(frozen=True)
class NumberSet(Event):
    """A weight or bias was set to a `value`; `before` is what it was."""

    index: ParameterIndex
    value: float
    before: float


@dataclass(frozen=True)
class NumberLocked(Event):
    """A weight or bias was kept from learning from here on, or, unless it is `locked`, lets itself be moved again."""

    index: ParameterIndex
    locked: bool


def event_of(step: int, before: Experiment, after: Experiment, *, continues: bool = False) -> ExperimentChanged:
    """Return the event that takes a run from one experiment to the other."""
    if after.needs_new_network(before):
        return NetworkGrown(step, after, continues=continues)
    kind = DataReplaced if after.needs_new_data(before) else ExperimentChanged
    return kind(step, after, continues=continues)
