"""Playback: how fast one watches and how many seeds stand side by side; neither is a choice of the experiment."""

import math

from visualdl.experiment.choices import Range

SPEED = Range(
    "Speed",
    1,
    10_000,
    "How fast training goes. At the upper end nothing holds it back.",
    "steps/s",
    logarithmic=True,
)
"""The pace of watching, in steps per second: not a choice of the experiment, for it changes no result."""


DEFAULT_SPEED = 50.0
"""The paper's 10 epochs, 200 steps, last 4 seconds."""


SEED_COUNT = Range(
    "Seeds",
    1,
    100,
    "How many seeds of the experiment train at once: its own seed and those that follow.",
    integer=True,
    logarithmic=True,
)
"""How many runs stand beside each other: not a choice of the experiment, for none of them knows of the others."""


DEFAULT_SEED_COUNT = 10
"""As many as there are in the paper's Table II."""


def speed_limit(speed: float) -> float:
    """Return how many steps a second `speed` allows: infinitely many from the upper end of its range on."""
    return math.inf if speed >= SPEED.maximum else speed
