"""The run's job: playing at a pace, a single step, or up to the end of an epoch at full speed."""

from visualdl.training.engine.pace import Clock, Pace
from visualdl.training.run.present import Present
from visualdl.training.values.frame import Playback

BURST = 0.002
"""Seconds for which steps at full speed may follow each other before somebody else has a turn."""


class RunJob:
    """Advances the run that is `present`, or another that takes its place, unless it has a problem or a `refusal`."""

    def __init__(self, present: Present, clock: Clock) -> None:
        self.present = present
        self.refusal = ""  # why it may not advance, in a sentence
        self.pace = Pace(clock)
        self._clock = clock
        self._playing = False
        self._goal: int | None = None  # the epoch to reach, at full speed
        self._burst = 1  # so many steps take about BURST

    @property
    def advancing(self) -> bool:
        """Whether there is more to come."""
        return self._playing or self._goal is not None

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._goal = None
        self._playing = True
        self.pace.begin()

    def pause(self) -> None:
        """Stop advancing."""
        self._goal = None
        self._playing = False

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self.pause()
        self._advance(1)

    def advance_epochs(self, count: int = 1) -> None:
        """Advance at full speed to the end of the epoch, or of the `count`-th from here, then pause.

        Asked again before it is there, it adds to the goal.
        """
        start = self.present.run.epoch if self._goal is None else self._goal
        self.pause()
        self.pace.begin()
        self._goal = start + count

    def drop_goal(self) -> None:
        """Forget the epoch to reach: it was that of another run."""
        self._goal = None

    def changed(self) -> None:
        """Take note that how long a step takes is not known any more."""
        self._burst = 1

    def playback(self) -> Playback:
        """Return whether the run is being advanced, and how fast."""
        return Playback(True, self.pace.measured()) if self.advancing else Playback()

    def seconds_until_due(self) -> float | None:
        """Return how long until the next step."""
        if self._goal is not None:
            return 0.0
        return self.pace.seconds_until_due() if self._playing else None

    def work(self) -> None:
        """Take the step that is due; at full speed, as many as there is time for, and no more than the epoch has."""
        self.pace.plan_next()
        at_full_speed = self._goal is not None or self.pace.is_unlimited
        self._advance(min(self._burst, self.present.run.batches_left) if at_full_speed else 1)
        if self._goal is not None and self.present.run.epoch >= self._goal:
            self.pause()

    def _advance(self, most: int) -> None:
        if not (self.refusal or self.present.problem):
            start, before = self._clock(), self.present.run.step
            self.present.run.advance(most)
            steps, seconds = self.present.run.step - before, self._clock() - start
            self.pace.count(steps)
            if seconds > 0:
                self._burst = max(1, round(BURST * steps / seconds))
        if self.present.problem or self.refusal or self.present.run.stopped:
            self.pause()
