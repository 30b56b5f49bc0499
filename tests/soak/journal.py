"""What was done to a window, as far as it helps to find out what broke it."""

from collections import deque
from collections.abc import Callable

REMEMBERED = 12
"""How many of the latest things are remembered."""


class Journal:
    """Counts the acts of the user of a `seed`, and remembers the latest: `acts` is how many there were."""

    def __init__(self, seed: int) -> None:
        self.acts = 0
        self._seed = seed
        self._latest: deque[str] = deque(maxlen=REMEMBERED)

    def record(self, act: Callable[[], str]) -> str:
        """Let `act` happen, remember what it says of itself, and return that; one that raises counts, too."""
        self.acts += 1
        done = "an act that raised"
        try:
            done = act()
        finally:
            self._latest.append(f"  {self.acts}. {done}")
        return done

    def note(self, what: str) -> None:
        """Remember something that is no act of the user's."""
        self._latest.append(f"  {what}")

    def text(self) -> str:
        """Return the seed, and the latest acts with their numbers, a line each."""
        return "\n".join((f"Seed {self._seed}, act {self.acts}:", *self._latest))
