"""A frame is what the window gets: a moment with its pictures, the run so far, and what goes on beside it."""

from dataclasses import dataclass

from visualdl.training.values.by_value import ByValue
from visualdl.training.values.seeds import Seeds
from visualdl.training.values.snapshot import Curves, Snapshot
from visualdl.training.values.snapshot_request import SnapshotRequest


@dataclass(frozen=True)
class Playback:
    """Whether a run is being advanced, and at how many steps per second of late."""

    advancing: bool = False
    steps_per_second: float = 0.0


@dataclass(frozen=True, eq=False)
class Frame(ByValue):
    """The answer to a `request`, after the command number `command` and all before it have been carried out.

    `run` is the number of the run that the `snapshot` shows, and `network` that of the network in it: both count, from
    0 on, how many there have been. `curves` are the run so far. `seeds` are trained beside it, or None.
    """

    request: SnapshotRequest
    snapshot: Snapshot
    curves: Curves
    playback: Playback = Playback()
    seeds: Seeds | None = None
    run: int = 0
    network: int = 0
    command: int = 0
