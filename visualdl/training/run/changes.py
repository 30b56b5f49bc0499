"""What changed between two experiments: which layer of one is which of the other, and how to say it."""

from typing import NamedTuple

from visualdl.experiment.experiment import CHOICES, OF_HIDDEN_LAYERS, Experiment
from visualdl.training.model.layer_matching import Layers, are_reordered, origins_of


class Wording(NamedTuple):
    """A change in words: what changed, from what to what; both are empty where the label says all."""

    label: str
    before: str = ""
    after: str = ""


def changes_of(old: Experiment, new: Experiment) -> list[Wording]:
    """Say what changed from `old` to `new`."""
    hidden = {"depth", *OF_HIDDEN_LAYERS}
    counted = {"samples"} if new.own is not None else set()  # it follows from the points
    alike = old.hidden != new.hidden and not (old.layers or new.layers)
    found = [
        Wording(CHOICES[name].label, _said(getattr(old, name)), _said(getattr(new, name)))
        for name in new.changes_from(old)
        if name in CHOICES and name not in counted and (alike or name not in hidden)
    ]
    if old.own is not None and new.own is not None and old.own != new.own:
        found.append(Wording("Own points", str(len(old.own)), str(len(new.own))))
    found += [] if alike else _layer_changes(old.hidden, new.hidden)
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
    if old.features != new.features and set(old.features) == set(new.features):
        return [Wording("Inputs reordered")]
    removed = [Wording(f"Input {each.symbol} removed") for each in old.inputs if each not in new.inputs]
    return [*removed, *(Wording(f"Input {each.symbol} added") for each in new.inputs if each not in old.inputs)]


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
