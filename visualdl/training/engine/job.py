"""A job is work that lasts: the scheduler gives it turns on the engine's thread."""

from typing import Protocol


class Job(Protocol):
    """Work in pieces, each of some milliseconds at the most."""

    def seconds_until_due(self) -> float | None:
        """Return how long until there is a piece of work: 0 if there is one now, None if there is none to wait for."""

    def work(self) -> None:
        """Do a piece of work that is due."""
