"""A run that is watched: what a test does to it are events, and what it sees of it is its present."""

from dataclasses import replace

import numpy as np

from visualdl.training.run.present import Present
from visualdl.training.run.run import Run
from visualdl.training.values.events import NumberLocked, NumberSet, event_of
from visualdl.training.values.frame import Frame
from visualdl.training.values.snapshot import Curves
from visualdl.training.values.snapshot_request import ONLY_THE_RUN


class Watched:
    """Has all that a Run has, and a snapshot of it whenever that is wanted."""

    def __init__(self, experiment=None, *, state=None):
        self.run = Run(experiment) if state is None else Run.resume(state)
        self._present = Present(self.run)
        self.snapshot = self._present.snapshot

    def __getattr__(self, name):
        return getattr(self.run, name)

    @property
    def problem(self):
        return self._present.problem

    def change(self, experiment, *, continues=False):
        """Go on with another experiment, in the same run."""
        self.run.apply(event_of(self.step, self.experiment, experiment, continues=continues))

    def set_number(self, index, value, *, continues=False):
        self.run.apply(NumberSet(self.step, index, value, self.run.number(index), continues=continues))

    def set_locked(self, index, locked):
        self.run.apply(NumberLocked(self.step, index, locked))

    def curves(self):
        self.snapshot()
        return self._present.curves

    def frame(self, request=ONLY_THE_RUN):
        """Return what the window would get of this moment."""
        return Frame(request, self.snapshot(request), self.curves())


def frame_of(snapshot, **changes):
    """Return a frame of a snapshot, in which some fields are others, be they its own, the snapshot's or playback's."""
    nothing = np.zeros(0)
    frame = Frame(ONLY_THE_RUN, snapshot, Curves(nothing, nothing, nothing, nothing, nothing, ()))
    return changed(frame, **changes)


def changed(frame, **changes):
    """Return the frame with other fields, be they its own, the snapshot's or playback's."""
    for part in ("snapshot", "playback"):
        whole = getattr(frame, part)
        own = {name: changes.pop(name) for name in vars(whole) if name in changes}
        frame = replace(frame, **{part: replace(whole, **own)})
    return replace(frame, **changes)
