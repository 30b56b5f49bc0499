"""Schedules: the learning rate as a function of time, to be assigned before each step or epoch.

Time is the number of steps, or of epochs, done so far: whichever the caller counts, a part of an epoch too. A schedule
remembers nothing, so any moment of a run can be resumed: `optimizer.lr = schedule(time)`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from minidl.checks import at_least, share

Schedule = Callable[[float], float]


@dataclass(frozen=True)
class StepDecay:
    """lr(t) = lr factor^floor(t / every).

    Raises ValueError if `lr` is negative or not finite, `factor` outside 0 to 1, or `every` below 1.
    """

    lr: float
    every: int
    factor: float = 0.1

    def __post_init__(self) -> None:
        at_least(type(self).__name__, "learning rate", self.lr)
        share("StepDecay", "factor", self.factor)
        at_least(type(self).__name__, "time between two steps", self.every, 1)

    def __call__(self, time: float) -> float:
        """Return the learning rate at `time`. Raises ValueError if it is negative or not finite."""
        at_least(type(self).__name__, "time", time)
        return self.lr * self.factor ** math.floor(time / self.every)


@dataclass(frozen=True)
class Cosine:
    """lr(t) = final + (lr - final) (1 + cos(pi t / duration)) / 2, and `final` after `duration`.

    Raises ValueError if `lr` or `final` is negative or not finite, or if `duration` is below 1.
    Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, without restarts.
    """

    lr: float
    duration: int
    final: float = 0.0

    def __post_init__(self) -> None:
        at_least(type(self).__name__, "learning rate", self.lr)
        at_least(type(self).__name__, "final learning rate", self.final)
        at_least(type(self).__name__, "duration", self.duration, 1)

    def __call__(self, time: float) -> float:
        """Return the learning rate at `time`. Raises ValueError if it is negative or not finite."""
        at_least(type(self).__name__, "time", time)
        part = min(time / self.duration, 1.0)
        return self.final + (self.lr - self.final) * (1 + math.cos(math.pi * part)) / 2


@dataclass(frozen=True)
class WarmUp:
    """A straight line from `start` after(0) to after(0) over `duration`, then after(t - duration).

    `after` is the schedule that follows; `start` is a share of its first learning rate. Raises ValueError if
    `duration` is below 1, `start` is negative or not finite, or `after` cannot be called.
    """

    after: Schedule
    duration: int
    start: float = 0.0

    def __post_init__(self) -> None:
        at_least(type(self).__name__, "duration", self.duration, 1)
        at_least(type(self).__name__, "start", self.start)
        if not callable(self.after):
            raise ValueError(f"WarmUp needs a schedule that follows, not {self.after!r}.")

    def __call__(self, time: float) -> float:
        """Return the learning rate at `time`. Raises ValueError if it is negative or not finite."""
        at_least(type(self).__name__, "time", time)
        if time >= self.duration:
            return self.after(time - self.duration)
        return self.after(0) * (self.start + (1 - self.start) * time / self.duration)
