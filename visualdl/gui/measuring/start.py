"""How long the program takes to open: a process of its own, from the command to its first pictures.

Run as a module it is that process: it opens the window, trains, prints two moments and ends.
"""

import os
import subprocess
import sys
import time

from visualdl.bench.results import Start, median


def measure_start(tries: int) -> Start:
    """Open the window `tries` times, after once for whatever the disk has to fetch."""
    times = [open_once() for _ in range(tries + 1)][1:]
    first, trained = ([each[moment] for each in times] for moment in (0, 1))
    return Start(median(first), median(trained), tries)


def open_once() -> tuple[float, float]:
    """Return the seconds from the start of a process to its first picture, and to the first of a trained network."""
    start = time.time()
    command = [sys.executable, "-m", "visualdl.gui.measuring.start"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout
    first, trained = map(float, printed.split())
    return first - start, trained - start


def _main() -> None:
    import tempfile

    from visualdl.gui.application import make_application, without_size_hint_warnings
    from visualdl.gui.main_window import MainWindow

    application = make_application()
    from PySide6.QtCore import QSettings

    moments: list[float] = []

    def take(snapshot: object) -> None:
        if not moments:
            moments.append(time.time())
            window.set_training(True)
        elif snapshot.step and len(moments) == 1:
            moments.append(time.time())
            window.close()
            application.quit()

    with tempfile.TemporaryDirectory() as folder, without_size_hint_warnings():
        window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window.drawn.connect(take)
        window.show()
        application.exec()
    sys.stdout.write(f"{moments[0]} {moments[1]}\n")


if __name__ == "__main__":
    _main()
