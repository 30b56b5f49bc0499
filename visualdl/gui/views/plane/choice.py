"""Which two neurons are shown: those asked for, or the nearest that the network has and a word on the difference."""

from typing import NamedTuple

LAST_HIDDEN, OUTPUTS = -2, -1


class PlaneChoice(NamedTuple):
    """A layer and two of its neurons, from 0 on.

    A wish names the outputs as OUTPUTS, for their number changes with the network, and may name LAST_HIDDEN.
    """

    layer: int
    across: int
    up: int


DEFAULT = PlaneChoice(LAST_HIDDEN, 0, 1)


def nearest(wish: PlaneChoice, sizes: tuple[int, ...]) -> PlaneChoice:
    """Return the choice nearest to `wish` in a network with `sizes` neurons in its layers, from inputs to outputs.

    A hidden layer that is not there becomes the last hidden one, or the outputs where there is none. The two neurons
    differ, unless the layer has but one.
    """
    outputs = len(sizes) - 1
    layer = wish.layer
    if layer == OUTPUTS:
        layer = outputs
    elif layer != 0 and not 0 < layer < outputs:
        layer = outputs - 1 or outputs
    last = sizes[layer] - 1
    across, up = min(wish.across, last), min(wish.up, last)
    if across == up and last > 0:
        other = up - 1 if up else 1
        both_gone = min(wish.across, wish.up) > last  # then their order stays; else the one that is gone gives way
        across, up = (across, other) if (wish.up >= wish.across) != both_gone else (other, up)
    return PlaneChoice(layer, across, up)


def difference(wish: PlaneChoice, sizes: tuple[int, ...]) -> str:
    """Say what of a wish the network does not have, and what is shown in its place; "" if it has all."""
    shown = nearest(wish, sizes)
    if wish.layer == LAST_HIDDEN and shown.layer == len(sizes) - 1:
        return "There is no hidden layer: these are the outputs."
    if wish.layer > 0 and wish.layer != shown.layer:
        instead = "these are the outputs" if shown.layer == len(sizes) - 1 else f"this is layer {shown.layer}"
        return f"There is no layer {wish.layer} now: {instead}."
    size = sizes[shown.layer]
    if size == 1:
        outputs = len(sizes) - 1
        who = {0: "There is one input", outputs: "There is one output"}.get(
            shown.layer, f"Layer {shown.layer} has one neuron"
        )
        return f"{who}: it is on both axes."
    gone = [number + 1 for number in (wish.across, wish.up) if number >= size]
    if gone:
        there_is = f"There is no neuron {' and no '.join(map(str, gone))} now"
        return f"{there_is}: these are {shown.across + 1} and {shown.up + 1}."
    return ""
