"""Gauges of a living window: its pictures, its event loop, and how soon it shows what a control asked for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QAbstractSpinBox

from visualdl.gui.window.main_window import MainWindow
from visualdl.training.values.frame import Frame

PATIENCE = 10.0  # seconds after which what was waited for does not come any more


class StalledError(Exception):
    """The window did not do in time what it was waited for."""


def live(seconds: float) -> None:
    """Let the event loop run for a while."""
    _run(QEventLoop(), seconds)


def live_until(window: MainWindow, fits: Callable[[Frame], bool]) -> float:
    """Let the event loop run until a frame that `fits` is on show; return how many seconds that took.

    Raises StalledError if none is within PATIENCE.
    """
    if window.frame is not None and fits(window.frame):
        return 0.0
    loop, start = QEventLoop(), time.perf_counter()
    found: list[float] = []

    def look(frame: Frame) -> None:
        if not found and fits(frame):
            found.append(time.perf_counter() - start)
            loop.quit()

    with _connected(window, look):
        _run(loop, PATIENCE)
    if not found:
        raise StalledError(f"The window did not show within {PATIENCE:g} s what was asked for.")
    return found[0]


def rates(window: MainWindow, step_of: Callable[[Frame], int], seconds: float) -> tuple[float, float]:
    """Let the window live for a while; return steps and drawn pictures per second, from the first picture to the last.

    Both are 0 if fewer than two pictures are drawn.
    """
    drawn: list[tuple[float, int]] = []
    with _connected(window, lambda frame: drawn.append((time.perf_counter(), step_of(frame)))):
        live(seconds)
    if len(drawn) < 2:
        return 0.0, 0.0
    (start, first), (end, last) = drawn[0], drawn[-1]
    return (last - first) / (end - start), (len(drawn) - 1) / (end - start)


def gaps(seconds: float) -> list[float]:
    """Let the event loop run for a while; return the milliseconds between its passes, of which it has one in each."""
    times: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(1)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    timer.start()
    live(seconds)
    timer.stop()
    return [(after - before) * 1000 for before, after in pairwise(times)]


def response(window: MainWindow, change: int) -> float:
    """Change the learning rate by its box, a little up or down; return the milliseconds until a picture shows it."""
    box = next(box for box in window.findChildren(QAbstractSpinBox) if box.accessibleName() == "Learning rate")
    before = window.experiment.training.learning_rate
    box.setValue(before * (1.1 if change % 2 == 0 else 1 / 1.1))
    wanted = window.experiment.training.learning_rate
    return 1000 * live_until(window, lambda frame: frame.snapshot.experiment.training.learning_rate == wanted)


@contextmanager
def _connected(window: MainWindow, look: Callable[[Frame], object]) -> Iterator[None]:
    window.drawn.connect(look)
    try:
        yield
    finally:
        window.drawn.disconnect(look)


def _run(loop: QEventLoop, seconds: float) -> None:
    """Let the loop run until it is quit, for so long at the most."""
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)  # without a context, PySide loses 54 bytes a time
    loop.exec()
