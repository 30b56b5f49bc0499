"""The window's cost: training with and without it, interleaved in one process, and the time until it can be used.

Run as a file: python tests/benchmarks/bench_window.py
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import visualdl.gui  # noqa: F401  # isort: skip - before numpy: it says how many threads numpy may have

import torch
from PySide6.QtCore import QEventLoop, QSettings, QTimer

from visualdl.experiment import SPEED, Experiment
from visualdl.gui.application import make_application, without_size_hint_warnings
from visualdl.gui.main_window import MainWindow
from visualdl.training.session import Session
from visualdl.training.snapshot import Snapshot

ROUNDS = 5
SECONDS = 2.0

Live = Callable[[MainWindow], tuple[float, float]]

FIRST_PICTURE = """
import time; start = time.perf_counter()
from visualdl.gui.application import make_application, without_size_hint_warnings
from visualdl.gui.main_window import MainWindow
application = make_application()
from PySide6.QtCore import QSettings
import tempfile
folder = tempfile.TemporaryDirectory()
window = MainWindow(settings=QSettings(folder.name + "/settings.ini", QSettings.Format.IniFormat))
shown = []
def drawn(snapshot):
    if not shown:
        shown.append(time.perf_counter() - start)
        window.set_training(True)
    elif snapshot.step:
        print(shown[0], time.perf_counter() - start)
        window.close()
        application.quit()
window.drawn.connect(drawn)
with without_size_hint_warnings():
    window.show()
    application.exec()
"""


def without_window(experiment: Experiment) -> float:
    """Steps per second of a session alone, its curves recorded."""
    session = Session(experiment)
    start = time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        for _ in range(20):
            session.advance()
    return session.step / (time.perf_counter() - start)


def with_window(window: MainWindow) -> tuple[float, float]:
    """Steps and drawn pictures per second with the whole window, at unlimited speed."""
    window.reset()
    wait(0.3)
    window.set_training(True)
    wait(0.3)
    pictures = watch(window, lambda snapshot: snapshot.step)
    window.set_training(False)
    wait(0.1)
    return pictures


def with_seeds(window: MainWindow) -> tuple[float, float]:
    """Steps of ten seeds and drawn pictures per second, at unlimited speed; the run rests."""
    window.reset()
    window.begin_seeds(10, with_torch=False)
    wait(0.6)
    pictures = watch(window, lambda snapshot: snapshot.seeds.step)
    window.play_seeds(False)
    wait(0.1)
    return pictures


def watch(window: MainWindow, step_of: Callable[[Snapshot], int]) -> tuple[float, float]:
    """Let the window live for a while; return steps and drawn pictures per second."""
    steps: list[int] = []
    count = lambda snapshot: steps.append(step_of(snapshot))  # noqa: E731
    window.drawn.connect(count)
    start = time.perf_counter()
    wait(SECONDS)
    seconds = time.perf_counter() - start
    window.drawn.disconnect(count)
    return (steps[-1] - steps[0]) / seconds, len(steps) / seconds


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


CASES = (
    ("the paper's, Network", Experiment(), "Network", with_window),
    ("the paper's, Hidden plane", Experiment(), "Hidden plane", with_window),
    ("the paper's, no page", Experiment(), None, with_window),
    ("6 x 8, Network", Experiment(depth=6, width=8), "Network", with_window),
    ("8 x 128, Network", Experiment(depth=8, width=128, learning_rate=1e-4), "Network", with_window),
    ("the paper's, Seeds", Experiment(), "Seeds", with_window),
    ("the paper's, ten seeds", Experiment(), "Seeds", with_seeds),
)


def measure(window: MainWindow, case: str, experiment: Experiment, page: str | None, live: Live) -> None:
    """Print one row: a session without a window and the window take turns."""
    window.want(experiment)
    window.show_page(page)
    wait(1.0)
    alone, together, frames = [], [], []
    for _ in range(ROUNDS):
        alone.append(without_window(experiment))
        steps, pictures = live(window)
        together.append(steps)
        frames.append(pictures)
    ratio = statistics.median(b / a for a, b in zip(alone, together, strict=True))
    medians = (statistics.median(each) for each in (alone, together))
    print(f"{case:28}" + "".join(f"{each:10,.0f}" for each in medians), end="")
    print(f"{ratio:8.2f}{statistics.median(frames):10.1f}", flush=True)


def main() -> None:
    """Print the tables."""
    torch.set_num_threads(1)
    make_application()
    with without_size_hint_warnings(), tempfile.TemporaryDirectory() as folder:
        window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window.show()
        window.set_speed(SPEED.maximum)
        wait(1.5)
        print(f"{window.width()}x{window.height()}, unlimited speed, medians of {ROUNDS} rounds of {SECONDS:g} s")
        print(f"{'':28}{'alone':>10}{'window':>10}{'ratio':>8}{'pictures':>10}    (steps and pictures a second)")
        for case in CASES:
            measure(window, *case)
        window.close()
    firsts = [
        tuple(map(float, subprocess.check_output([sys.executable, "-c", FIRST_PICTURE], text=True).split()))
        for _ in range(5)
    ]
    print(f"  seconds to the first picture       {statistics.median(first for first, _ in firsts):10.2f}")
    print(f"  seconds to a trained picture       {statistics.median(trained for _, trained in firsts):10.2f}")


if __name__ == "__main__":
    main()
