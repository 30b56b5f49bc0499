"""Layer matching: which hidden layer of one network is which of another."""

from collections import Counter
from itertools import combinations

from visualdl.experiment.network_choices import Layer

Layers = tuple[Layer, ...]


def origins_of(old: Layers, new: Layers) -> tuple[int | None, ...]:
    """Return for each of the `new` layers which of the `old` ones it is, by its place there; None for an added one.

    Layers that are the same in another order have been moved. Otherwise they keep their order, and those were added or
    removed that leave the others most alike; of layers that all are alike, the last.
    """
    if are_reordered(old, new):
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


def are_reordered(old: Layers, new: Layers) -> bool:
    return old != new and Counter(old) == Counter(new)


def _difference(one: Layer, other: Layer) -> int:
    return (one.width != other.width) + (one.activation != other.activation)
