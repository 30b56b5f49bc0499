"""The resting window: always the same experiment, page, size and switches, whatever was done before, to be measured."""

import gc
import sys
import time
from collections.abc import Callable

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from tests.soak.resource_usage import ResourceUsage
from tests.soak.waiting import wait_until
from visualdl.experiment.playback import SPEED
from visualdl.experiment.presets import collect
from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.measuring.gauges import live, live_until
from visualdl.gui.window.main_window import MainWindow
from visualdl.process.allocator import give_back

SECONDS = 1.5
"""For how long pictures are timed."""

SIZE = 1100, 700
SEEDS = 2  # there is no way back to none
LOOKS = 5  # at the memory, of which the smallest counts


class IdleState:
    """Brings `window` back to how it was when this was made, with the paper's experiment, and takes its level."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._pictures = 0
        self._start = time.monotonic()
        menus = window.menuBar().findChildren(QMenu)
        self._switches = {each: each.isChecked() for menu in menus for each in menu.actions() if each.isCheckable()}
        self._paper = next(iter(collect().presets))
        window.drawn.connect(self._count)

    @property
    def seconds(self) -> float:
        """How long ago this was made."""
        return time.monotonic() - self._start

    def level(self, acts: int) -> ResourceUsage:
        """Bring the window to rest and return its level, after so many acts."""
        self._come_back()
        picture = self._time_pictures()
        self._come_to_rest()
        gc.collect()
        QPixmapCache.clear()  # 64 MB that fill up slowly are no leak
        process = psutil.Process()
        give_back()  # what the C library keeps for later differs each time
        return ResourceUsage(
            acts=acts,
            pictures=self._pictures,
            memory=min(_look(lambda: process.memory_info().rss / 1e6) for _ in range(LOOKS)),
            none_references=sys.getrefcount(None),
            true_references=sys.getrefcount(True),
            threads=process.num_threads(),
            timers=sum(len(each.findChildren(QTimer)) for each in QApplication.topLevelWidgets()),
            handles=process.num_fds() if hasattr(process, "num_fds") else process.num_handles(),
            widgets=len(QApplication.allWidgets()),
            picture=picture,
            seconds=self.seconds,  # the last: looking takes its time
        )

    def _count(self) -> None:
        self._pictures += 1

    def _come_back(self) -> None:
        window = self._window
        window.set_training(False)
        for dialog in window.findChildren(QDialog):
            dialog.reject()
        for action, on in self._switches.items():
            if action.isChecked() != on:
                action.setChecked(on)
        window.set_theme_name("Light")
        window.show_page("Network")
        window.resize(*SIZE)
        window.show_preset(self._paper)
        window.set_speed(SPEED.maximum)
        window.begin_seeds(SEEDS, with_torch=False)
        window.play_seeds(False)
        window.findChild(EditHistory).forget(object)
        self._come_to_rest()

    def _time_pictures(self) -> float:
        """Return the milliseconds of the window's thread that a picture of training takes, events and all."""
        window = self._window
        window.set_training(True)
        live_until(window, lambda frame: frame.snapshot.step > 0)
        pictures, used = self._pictures, time.thread_time()
        live(SECONDS)
        pictures, used = self._pictures - pictures, time.thread_time() - used
        window.set_training(False)
        window.reset()
        return 1000 * used / max(1, pictures)

    def _come_to_rest(self) -> None:
        wait_until(self._window.findChild(EngineClient).is_at_rest, "come to rest")


def _look(read: Callable[[], float]) -> float:
    live(0.02)
    return read()
