"""The scheduler shares the time of the engine's thread between jobs: who is due comes first, and else who had less."""

from collections.abc import Iterator
from contextlib import contextmanager

from visualdl.training.engine.job import Job
from visualdl.training.engine.pace import Clock


class Scheduler:
    """Holds the jobs that there are; none of them knows of another."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seconds: dict[Job, float] = {}  # how much time each has had while others waited, too

    def add(self, job: Job) -> None:
        """Let a job have its turns from now on."""
        self._seconds[job] = 0.0
        self.share_anew()

    def remove(self, job: Job) -> None:
        """Give a job no more turns; one that is not there is no fault."""
        self._seconds.pop(job, None)

    def share_anew(self) -> None:
        """Forget who has had how much time: what was left to others while it was not needed is not owed."""
        self._seconds = dict.fromkeys(self._seconds, 0.0)

    def seconds_until_due(self) -> float | None:
        """Return how long until there is work: 0 if there is some now, None if there is none until a command comes."""
        return min(self._waits().values(), default=None)

    def work(self) -> None:
        """Let the job work that has been due longest; of those that are due alike, the one that has had less time."""
        waits = self._waits()
        if not waits:
            return
        if len(waits) == 1:
            self.share_anew()
        soonest = min(waits.values())
        job = min((each for each, wait in waits.items() if wait == soonest), key=self._seconds.__getitem__)
        with self.charged_to(job):
            job.work()

    @contextmanager
    def charged_to(self, job: Job) -> Iterator[None]:
        """Count the time that passes meanwhile as the job's."""
        start = self._clock()
        try:
            yield
        finally:
            if job in self._seconds:
                self._seconds[job] += self._clock() - start

    def _waits(self) -> dict[Job, float]:
        found = {job: job.seconds_until_due() for job in self._seconds}
        return {job: wait for job, wait in found.items() if wait is not None}
