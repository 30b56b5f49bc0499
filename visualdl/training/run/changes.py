"""Changes in words: what an event has changed in a run, and the marks that all of them leave on its curves."""

from typing import NamedTuple

from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.network_choices import OF_EACH_LAYER
from visualdl.training.model.layer_matching import Layers, are_reordered, origins_of
from visualdl.training.values.events import Event, ExperimentChanged, NumberSet
from visualdl.training.values.snapshot import Change
from visualdl.training.values.topology import Topology

MOST_MARKS = 50


class Wording(NamedTuple):
    """A change in words: what changed, from what to what; both are empty where the label says all."""

    label: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.label} {self.before} → {self.after}" if self.after else self.label


class ChangeMarks:
    """The latest marks that the events of a run leave, which begins with an `experiment`.

    They follow from the events alone. What goes on, as while a slider is dragged, is one mark, at its beginning.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._marks: list[tuple[float, Wording]] = []

    def add(self, event: Event, epoch: float) -> None:
        """Take note of an event, which acted after so many passes over the data."""
        for wording in self._wordings(event):
            before, last = self._marks[-1] if self._marks else (0.0, None)
            if not (event.continues and last and last.label == wording.label and wording.after):
                self._marks.append((epoch, wording))
            elif last.before == wording.after:
                self._marks.pop()
            else:
                self._marks[-1] = before, last._replace(after=wording.after)
        del self._marks[:-MOST_MARKS]

    def all(self) -> tuple[Change, ...]:
        """Return the marks, in order."""
        return tuple(Change(epoch, str(wording)) for epoch, wording in self._marks)

    def _wordings(self, event: Event) -> list[Wording]:
        if isinstance(event, ExperimentChanged):
            before, self._experiment = self._experiment, event.experiment
            return changes_of(before, event.experiment)
        if isinstance(event, NumberSet):
            label = f"{Topology.of(self._experiment).parameter_name(event.index)}:"
            return [Wording(label, f"{event.before:.3g}", f"{event.value:.3g}")]
        return []


def changes_of(old: Experiment, new: Experiment) -> list[Wording]:
    """Say what changed from `old` to `new`."""
    hidden = {"depth", *OF_EACH_LAYER}
    counted = {"samples"} if new.data.own is not None else set()  # it follows from the points
    alike = old.network.hidden != new.network.hidden and not (old.network.layers or new.network.layers)
    found = [
        Wording(CHOICES[name].label, _said(old.value(name)), _said(new.value(name)))
        for name in new.changes_from(old)
        if name in CHOICES and name not in counted and (alike or name not in hidden)
    ]
    if old.data.own is not None and new.data.own is not None and old.data.own != new.data.own:
        found.append(Wording("Own points", str(len(old.data.own)), str(len(new.data.own))))
    found += [] if alike else _layer_changes(old.network.hidden, new.network.hidden)
    return [*found, *_feature_changes(old, new)]


def _layer_changes(old: Layers, new: Layers) -> list[Wording]:
    if are_reordered(old, new):
        return [Wording("Layers reordered")]
    origins = origins_of(old, new)
    found = [Wording(f"Layer {place + 1} removed") for place in range(len(old)) if place not in origins]
    for number, (layer, origin) in enumerate(zip(new, origins, strict=True), start=1):
        if origin is None:
            found.append(Wording(f"Layer {number} added"))
            continue
        before = old[origin]
        if layer.width != before.width:
            found.append(Wording(f"Layer {number}: width", str(before.width), str(layer.width)))
        if layer.activation != before.activation:
            found.append(Wording(f"Layer {number}:", before.activation, layer.activation))
    return found


def _feature_changes(old: Experiment, new: Experiment) -> list[Wording]:
    if old.network.features != new.network.features and set(old.network.features) == set(new.network.features):
        return [Wording("Inputs reordered")]
    removed = [Wording(f"Input {each.symbol} removed") for each in old.network.inputs if each not in new.network.inputs]
    return [
        *removed,
        *(Wording(f"Input {each.symbol} added") for each in new.network.inputs if each not in old.network.inputs),
    ]


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
