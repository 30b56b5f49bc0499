"""What was done to a window, as far as it helps to find out what broke it."""

from collections import deque
from collections.abc import Callable

REMEMBERED = 12
"""How many of the latest acts are remembered."""


class Journal:
    """Counts acts and remembers the latest: `acts` is how many there were."""

    def __init__(self) -> None:
        self.acts = 0
        self._latest: deque[str] = deque(maxlen=REMEMBERED)

    def keep(self, act: Callable[[], str]) -> str:
        """Let `act` happen, take down what it says of itself, and return that; one that raises counts, too."""
        self.acts += 1
        done = "what raised this"
        try:
            done = act()
        finally:
            self._latest.append(f"  {self.acts}. {done}")
        return done

    def told(self) -> str:
        """Return the latest acts with their numbers, a line each."""
        return "\n".join(self._latest)
