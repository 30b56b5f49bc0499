"""What changed between two experiments: which layer of one is which of the other, and how to say it."""

from collections import Counter
from itertools import combinations
from typing import NamedTuple

from visualdl.experiment import CHOICES, OF_HIDDEN_LAYERS, Experiment, Layer

Layers = tuple[Layer, ...]


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


def origins_of(old: Layers, new: Layers) -> tuple[int | None, ...]:
    """Return for each of the `new` layers which of the `old` ones it is, by its place there; None for an added one.

    Layers that are the same in another order have been moved. Otherwise they keep their order, and those were added or
    removed that leave the others most alike; of layers that all are alike, the last.
    """
    if _moved(old, new):
        places = {layer: [place for place, each in enumerate(old) if each == layer] for layer in old}
        return tuple(places[layer].pop(0) for layer in new)
    shorter, longer = sorted((old, new), key=len)
    kept = min(
        combinations(range(len(longer)), len(shorter)),
        key=lambda places: sum(map(_difference, shorter, [longer[place] for place in places])),
    )
    if len(new) <= len(old):
        return kept
    return tuple(kept.index(place) if place in kept else None for place in range(len(new)))


def _moved(old: Layers, new: Layers) -> bool:
    return old != new and Counter(old) == Counter(new)


def _difference(one: Layer, other: Layer) -> int:
    return (one.width != other.width) + (one.activation != other.activation)


def _layer_changes(old: Layers, new: Layers) -> list[Wording]:
    if _moved(old, new):
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
