"""The bench: it opens a window of its own, with settings of its own, and measures one setting after the other."""

import tempfile
from collections.abc import Callable, Iterable

import torch
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from visualdl.experiment.playback import SPEED
from visualdl.gui.application import make_application, without_offscreen_warnings
from visualdl.gui.measuring.cases import Setting, measure, memory
from visualdl.gui.measuring.gauges import live, live_until
from visualdl.gui.measuring.results import Bench, Case
from visualdl.gui.measuring.start import measure_start
from visualdl.gui.window.main_window import MainWindow
from visualdl.process.machine import machine, versions

STARTS = 5


def run_bench(settings: Iterable[Setting], rounds: int, seconds: float, tell: Callable[[str | Case], object]) -> Bench:
    """Measure; `tell` is told of each setting before it is measured, and of its Case after. Needs no display."""
    torch.set_num_threads(1)  # the run without a window is as the window's thread
    make_application()
    tell("start")
    start = measure_start(STARTS)
    with without_offscreen_warnings(), tempfile.TemporaryDirectory() as folder:
        window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        try:
            window.show()
            live_until(window, lambda _snapshot: True)
            live(0.5)
            at_rest, size = memory(), (window.width(), window.height())
            window.set_speed(SPEED.maximum)
            cases = []
            for setting in settings:
                tell(setting.name)
                cases.append(measure(window, setting, rounds, seconds))
                tell(cases[-1])
        finally:
            window.close()
    platform = QGuiApplication.platformName()
    return Bench(machine(), versions(), platform, size, rounds, seconds, start, at_rest, tuple(cases))
