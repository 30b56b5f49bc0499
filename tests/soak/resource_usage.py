"""Levels of a window at rest, again and again: what is to stay where it is however long the window lives."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LARGEST_GROWTH = 20.0
"""Megabytes by which memory may grow after the warm-up."""

LARGEST_LOSS = 0.2
"""References to None or True that may be lost with each picture: where any are, it is one or more each time."""

FEWEST_LOST = 300
"""References whose loss says something: so many come and go with what a library keeps, and what it does not."""

LARGEST_SLOWDOWN = 1.5
"""How many times as long a picture may take in the end as after the warm-up."""


@dataclass(frozen=True)
class ResourceUsage:
    """What one look at the resting window finds, so many `seconds` and `acts` after the start, `pictures` drawn.

    `memory` is resident, in megabytes, once the allocator has given back what it can (all but the free ends of heaps,
    of up to 8 MiB each); `none_references` and `true_references` are what the interpreter counts; `handles` are open
    files; `picture` is what drawing one takes of the window's thread, in milliseconds.
    """

    seconds: float
    acts: int
    pictures: int
    memory: float
    none_references: int
    true_references: int
    threads: int
    timers: int
    handles: int
    widgets: int
    picture: float


LARGEST_RISE = {"threads": 1, "timers": 4, "handles": 2, "widgets": 30}
"""How many more of each there may be after the warm-up, for libraries make some when they first need them."""


def faults_of(levels: Sequence[ResourceUsage], warm_up: float) -> tuple[str, ...]:
    """Say what has grown, shrunk or slowed down between the end of the warm-up, in seconds, and the last level.

    Each end is the median of three levels, or of as many as there are: one look alone may meet a library at its work.
    Raises ValueError for fewer than two levels after the warm-up.
    """
    warm = [level for level in levels if level.seconds >= warm_up]
    if len(warm) < 2:
        raise ValueError(f"Growth needs at least 2 levels after the warm-up, not {len(warm)}.")
    span = min(3, len(warm) // 2)

    def ends(read: Callable[[ResourceUsage], float]) -> tuple[float, float]:
        first, last = warm[:span], warm[-span:]
        return statistics.median(map(read, first)), statistics.median(map(read, last))

    faults = []
    before, after = ends(lambda level: level.memory)
    if after - before > LARGEST_GROWTH:
        faults.append(f"Memory has grown by {after - before:.1f} MB, from {before:.1f} to {after:.1f} MB.")
    pictures = warm[-1].pictures - warm[0].pictures
    for what, read in (
        ("None", lambda level: level.none_references),
        ("True", lambda level: level.true_references),
    ):
        before, after = ends(read)
        if before - after > max(FEWEST_LOST, LARGEST_LOSS * pictures):
            faults.append(f"{before - after:,.0f} references to {what} have been lost in {pictures:,} pictures.")
    for name, rise in LARGEST_RISE.items():
        before, after = ends(lambda level, name=name: float(getattr(level, name)))  # type: ignore[misc]
        if after - before > rise:
            faults.append(f"There are {after - before:g} more {name} at rest than after the warm-up, {after:g} in all.")
    before, after = ends(lambda level: level.picture)
    if after > LARGEST_SLOWDOWN * before:
        faults.append(
            f"A picture takes {after:.1f} ms of the window's thread; after the warm-up it was {before:.1f} ms."
        )
    return tuple(faults)


def line_of(level: ResourceUsage) -> str:
    """Return a level as a line under the HEADING."""
    minutes, seconds = divmod(round(level.seconds), 60)
    return (
        f"{minutes:5}:{seconds:02}{level.acts:9,}{level.pictures:10,}{level.memory:9.1f}{level.none_references:10,}"
        f"{level.true_references:8,}{level.threads:9}{level.timers:8}{level.handles:8}{level.widgets:9,}"
        f"{level.picture:9.2f}"
    )


HEADING = (
    f"{'time':>8}{'acts':>9}{'pictures':>10}{'MB':>9}{'None':>10}{'True':>8}{'threads':>9}{'timers':>8}{'files':>8}"
    f"{'widgets':>9}{'ms':>9}"
)
"""The names of a level's figures: files are open handles, ms what a picture takes of the window's thread."""
