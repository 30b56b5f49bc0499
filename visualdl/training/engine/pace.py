"""A pace says when the next step is due, and how fast the steps really come."""

import math
from collections import deque
from collections.abc import Callable

from visualdl.experiment.playback import DEFAULT_SPEED, speed_limit

Clock = Callable[[], float]
"""Gives seconds from some moment on."""

LONGEST_DELAY = 0.25
"""Seconds of lateness that are made up for; what is later than that is dropped rather than hurried after."""

METER_SPAN = 2.0
"""Seconds over which the shown speed is averaged."""


class Pace:
    """So many steps a second, from `begin` on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._steps_per_second = DEFAULT_SPEED
        self._due = 0.0
        self._steps = 0
        self._readings: deque[tuple[float, int]] = deque()

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace; from SPEED's maximum on there is no limit."""
        self._steps_per_second = speed_limit(steps_per_second)
        self._due = self._clock()

    def begin(self) -> None:
        """Let the next step be due now, and measure the speed anew."""
        self._due = self._clock()
        self._readings.clear()

    @property
    def is_unlimited(self) -> bool:
        """Say whether the next step is always due now."""
        return math.isinf(self._steps_per_second)

    def seconds_until_due(self) -> float:
        """Return how long until the next step is due, 0 if it is."""
        return 0.0 if self.is_unlimited else max(0.0, self._due - self._clock())

    def plan_next(self) -> None:
        """Say when the step after the one that is due will be due."""
        self._due = max(self._due, self._clock() - LONGEST_DELAY) + 1 / self._steps_per_second

    def count(self, steps: int) -> None:
        """Take note of steps that were taken."""
        self._steps += steps

    def measured(self) -> float:
        """Return the speed of late, in steps per second; it is measured from one call to the next."""
        now = self._clock()
        self._readings.append((now, self._steps))
        while now - self._readings[0][0] > METER_SPAN:
            self._readings.popleft()
        (start, first), (end, last) = self._readings[0], self._readings[-1]
        return (last - first) / (end - start) if end > start else 0.0
