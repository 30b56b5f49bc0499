"""Waiting in the event loop: for a while, or until something is so."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from visualdl.gui.measuring.gauges import StalledError

LOOK_EVERY = 5  # milliseconds
PATIENCE = 60.0  # seconds after which what was waited for does not come any more


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Let the event loop run until something is so; raise StalledError, which says `what`, if it never comes."""
    if is_so():
        return
    loop, timer, end = QEventLoop(), QTimer(), time.monotonic() + PATIENCE

    def look() -> None:
        if is_so() or time.monotonic() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_EVERY)
    loop.exec()
    timer.stop()
    if not is_so():
        raise StalledError(f"Within {PATIENCE:g} s the window did not {what}.")
