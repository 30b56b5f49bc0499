"""How long the program takes to open: a process of its own, from the command to its first pictures.

Run as a module, with a folder for settings, it is that process: it opens the window, trains, prints three moments and
ends.
"""

import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from visualdl.gui.measuring.results import Start, median
from visualdl.process.loading import without_collecting

LONGEST = 120.0
"""Seconds after which a window does not come any more."""


def measure_start(tries: int) -> Start:
    """Open the window `tries` times, after once for whatever the disk has to fetch."""
    times = [open_once() for _ in range(tries + 1)][1:]
    window, first, trained = map(median, zip(*times, strict=True))
    return Start(window, first, trained, tries)


def open_once() -> tuple[float, float, float]:
    """Return the seconds from the start of a process to its window, and to the first and the first trained network."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.time()
        command = [sys.executable, "-m", "visualdl.gui.measuring.start", folder]
        printed = subprocess.run(
            command, capture_output=True, text=True, check=True, env=dict(os.environ), timeout=LONGEST
        ).stdout
    window, first, trained = (float(moment) - start for moment in printed.split())
    return window, first, trained


def _main(folder: str) -> None:
    with without_collecting():  # as the command does
        from visualdl.gui.application import make_application, without_offscreen_warnings
        from visualdl.gui.window.main_window import MainWindow

        application = make_application()
        from PySide6.QtCore import QSettings

    moments: list[float] = []

    def take(frame: Any) -> None:
        if len(moments) == 1:
            moments.append(time.time())
            window.set_training(True)
        elif frame.snapshot.step and len(moments) == 2:
            moments.append(time.time())
            window.close()
            application.quit()

    with without_offscreen_warnings():
        with without_collecting():
            window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
            window.show()
        while not window.windowHandle().isExposed():
            application.processEvents()
        window.repaint()  # torch is not loaded before: a timer's turn has not come yet
        moments.append(time.time())
        window.drawn.connect(take)
        if window.frame is not None:
            take(window.frame)
        application.exec()
    sys.stdout.write(" ".join(map(str, moments)))


if __name__ == "__main__":
    _main(sys.argv[1])
