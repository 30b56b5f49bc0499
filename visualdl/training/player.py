"""The player decides when a session advances: playing at a pace, a single step, or up to the end of an epoch."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from visualdl.experiment import DEFAULT_SPEED, Experiment, speed_limit
from visualdl.training.session import Session
from visualdl.training.snapshot import Snapshot, Weights

LONGEST_DELAY = 0.25
"""Seconds of lateness that are made up for; what is later than that is dropped rather than hurried after."""

DRAG_PAUSE = 1.0
"""Seconds without a change after which the next one is another change, not more of the same drag of a slider."""

METER_SPAN = 2.0
"""Seconds over which the shown speed is averaged."""


class Player:
    """Carries commands out on the current session and says how long it may rest. `clock` gives seconds.

    A run is a session; `apply` begins a new one where the experiment or the run number asks for it.
    """

    def __init__(self, experiment: Experiment, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._session = Session(experiment)
        self._playing = False
        self._goal: int | None = None  # the epoch to reach, at full speed
        self._steps_per_second = DEFAULT_SPEED
        self._due = 0.0
        self._steps = 0
        self._last_change = -math.inf
        self._readings: deque[tuple[float, int]] = deque()

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._goal = None
        self._playing = True
        self._due = self._clock()

    def pause(self) -> None:
        """Stop advancing."""
        self._goal = None
        self._playing = False
        self._readings.clear()

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self.pause()
        self._advance()

    def advance_epochs(self, count: int = 1) -> None:
        """Advance at full speed to the end of the epoch, or of the `count`-th from here, then pause.

        Asked again before it is there, it adds to the goal.
        """
        start = self._session.epoch if self._goal is None else self._goal
        self.pause()
        self._goal = start + count

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of playing; from SPEED's maximum on there is no limit."""
        self._steps_per_second = speed_limit(steps_per_second)
        self._due = self._clock()

    def apply(self, experiment: Experiment, run: int, weights: Weights | None = None) -> None:
        """Go on with `experiment`; as a new run if its number or what changed asks for one. Playing goes on playing.

        A new run starts from `weights`, or from the initial ones.
        """
        session = self._session
        if run != session.run or experiment.needs_new_network(session.experiment):
            self._session = Session(experiment, run, weights)
            self._goal = None
        elif experiment != session.experiment:
            now = self._clock()
            session.change(experiment, continues=now - self._last_change < DRAG_PAUSE)
            self._last_change = now

    def seconds_until_due(self) -> float | None:
        """Return how long until there is work: 0 if there is some now, None if there is none until a command comes."""
        if self._goal is not None:
            return 0.0
        if not self._playing:
            return None
        return 0.0 if math.isinf(self._steps_per_second) else max(0.0, self._due - self._clock())

    def work(self) -> None:
        """Advance by one step, which was due."""
        self._due = max(self._due, self._clock() - LONGEST_DELAY) + 1 / self._steps_per_second
        self._advance()
        if self._goal is not None and self._session.epoch >= self._goal:
            self.pause()

    def snapshot(self) -> Snapshot:
        """Return the session's snapshot, and at which speed it is advancing."""
        snapshot = self._session.snapshot()
        if snapshot.problem:
            self.pause()
        advancing = self._playing or self._goal is not None
        return replace(snapshot, advancing=advancing, steps_per_second=self._measured_speed() if advancing else 0.0)

    def _advance(self) -> None:
        before = self._session.step
        self._session.advance()
        self._steps += self._session.step - before
        if self._session.problem:
            self.pause()

    def _measured_speed(self) -> float:
        now = self._clock()
        self._readings.append((now, self._steps))
        while now - self._readings[0][0] > METER_SPAN:
            self._readings.popleft()
        (start, first), (end, last) = self._readings[0], self._readings[-1]
        return (last - first) / (end - start) if end > start else 0.0
