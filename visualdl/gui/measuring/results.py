"""The figures of a bench: what one case took, how long the window takes to open, and the whole as JSON."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

PICTURE_EVERY = 1000 / 30
"""Milliseconds between two pictures at the 30 a second that the eye takes for smooth."""


@dataclass(frozen=True)
class Case:
    """What one network in the whole window does, at unlimited speed; all are medians unless they say else.

    `steps_alone` and `steps_with_window` are steps of training per second without a window and with it, in turns, and
    `share` the median of their ratios, turn by turn. `frames` are drawn per second. `gap_p99` and `gap_longest`
    (milliseconds) are between two passes of the event loop. `response_median` and `response_p95` (milliseconds) go by
    from the change of a control to the first picture of a network that was trained with it. `memory` is the process's,
    in megabytes.
    """

    name: str
    steps_alone: float
    steps_with_window: float
    share: float
    frames: float
    gap_p99: float
    gap_longest: float
    response_median: float
    response_p95: float
    memory: float


@dataclass(frozen=True)
class Start:
    """Seconds from the command to the first picture of the window, all in medians of `tries`; and of the network in it.

    `first_map` is the first picture of the network, which needs torch; `first_trained_map` the first one of it trained.
    """

    first_picture: float
    first_map: float
    first_trained_map: float
    tries: int


@dataclass(frozen=True)
class Bench:
    """All figures, with what they were measured on. `memory_at_rest` is the window's before it trains, in megabytes."""

    machine: dict[str, str]
    versions: dict[str, str]
    platform: str
    window: tuple[int, int]
    rounds: int
    seconds: float
    start: Start
    memory_at_rest: float
    cases: tuple[Case, ...]

    def to_json(self) -> bytes:
        """Return the figures as indented JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of `values` that at least `percent` % of them do not exceed; raise ValueError for none."""
    if not values:
        raise ValueError("A percentile needs at least 1 value, not 0.")
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * percent // 100) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return float(statistics.median(values))
