"""The window's cost: training with and without it, interleaved in one process, and the time until it can be used.

Run as a file: python tests/benchmarks/bench_window.py
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import torch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from visualdl.experiment import SPEED, Experiment
from visualdl.gui.application import make_application, without_size_hint_warnings
from visualdl.gui.main_window import MainWindow
from visualdl.training.session import Session

ROUNDS = 7
SECONDS = 2.0

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


def without_window() -> float:
    """Steps per second of a session alone, its curves recorded."""
    session = Session(Experiment())
    start = time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        for _ in range(20):
            session.advance()
    return session.step / (time.perf_counter() - start)


def with_window(window: MainWindow) -> tuple[float, float]:
    """Steps and drawn pictures per second with the whole window, at unlimited speed."""
    pictures: list[int] = []
    window.reset()
    wait(0.3)
    count = lambda snapshot: pictures.append(snapshot.step)  # noqa: E731
    window.set_training(True)
    wait(0.3)
    window.drawn.connect(count)
    start = time.perf_counter()
    wait(SECONDS)
    seconds = time.perf_counter() - start
    window.drawn.disconnect(count)
    window.set_training(False)
    wait(0.1)
    return (pictures[-1] - pictures[0]) / seconds, len(pictures) / seconds


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    make_application()
    with without_size_hint_warnings(), tempfile.TemporaryDirectory() as folder:
        window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window.show()
        window.set_speed(SPEED.maximum)
        wait(1.5)
        alone, together, frames = [], [], []
        for _ in range(ROUNDS):
            alone.append(without_window())
            steps, pictures = with_window(window)
            together.append(steps)
            frames.append(pictures)
        window.close()
    ratio = statistics.median(b / a for a, b in zip(alone, together, strict=True))
    print(f"paper's network, {window.width()}x{window.height()}, medians of {ROUNDS} rounds of {SECONDS:g} s")
    print(f"  steps per second without a window  {statistics.median(alone):10,.0f}")
    print(f"  steps per second with the window   {statistics.median(together):10,.0f}")
    print(f"  with / without, round by round     {ratio:10.2f}")
    print(f"  drawn pictures per second          {statistics.median(frames):10.1f}")
    firsts = [
        tuple(map(float, subprocess.check_output([sys.executable, "-c", FIRST_PICTURE], text=True).split()))
        for _ in range(5)
    ]
    print(f"  seconds to the first picture       {statistics.median(first for first, _ in firsts):10.2f}")
    print(f"  seconds to a trained picture       {statistics.median(trained for _, trained in firsts):10.2f}")


if __name__ == "__main__":
    main()
