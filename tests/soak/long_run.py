"""The long run: one tiny network for millions of steps in the window, which is to answer in the end as at first."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from PySide6.QtCore import QSettings

from tests.soak.complaints import listening, told
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.gui.application import interrupts_calling, make_application
from visualdl.gui.measuring.cases import memory
from visualdl.gui.measuring.gauges import live, live_until, response
from visualdl.gui.measuring.results import median
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.run.changes import MOST_MARKS
from visualdl.training.run.thinned_series import CAPACITY
from visualdl.training.values.snapshot import Curves

TINY = Experiment(depth=0, samples=50, training_share=90, batch_size=1, learning_rate=0.001)
"""It steps about as fast as any, and its epochs of 45 steps make a long history."""

RESPONSES = 10
LATEST_ANSWER = 500.0  # milliseconds
LARGEST_GROWTH = 20.0  # megabytes, after the first look
LOOKS = 20


@dataclass(frozen=True)
class Stage:
    """How far the run is, and what it is like then: `moments` of its curves, `memory` in megabytes, and the
    milliseconds that the window takes to `answer` a control."""

    seconds: float
    steps: int
    epochs: int
    moments: int
    memory: float
    answer: float

    def line(self) -> str:
        """Return the stage as a line of text."""
        return (
            f"{self.seconds:6.0f} s {self.steps:12,} steps {self.epochs:9,} epochs {self.moments:6,} moments"
            f" {self.memory:7.1f} MB {self.answer:7.1f} ms to an answer"
        )


def run_long(steps: int, tell: Callable[[Stage], object]) -> tuple[str, ...]:
    """Train for so many steps, and `tell` of each stage. Return what was wrong, in sentences.

    Raises KeyboardInterrupt on Ctrl-C. Needs no display.
    """
    make_application()
    torch.set_num_threads(1)
    interruptions: list[None] = []
    with (
        TemporaryDirectory(prefix="visualdl-") as folder,
        interrupts_calling(lambda: interruptions.append(None)),
        listening() as complaints,
    ):
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(TINY, settings=settings)
        try:
            window.show()
            complaints += _train(window, steps, tell, lambda: bool(complaints or interruptions))
        except Exception as error:  # whatever it is, it is what is looked for
            complaints.append(told(error))
        finally:
            window.close()
    if interruptions:
        raise KeyboardInterrupt
    return tuple(complaints)


def _train(window: MainWindow, steps: int, tell: Callable[[Stage], object], must_end: Callable[[], bool]) -> list[str]:
    live_until(window, lambda _frame: True)
    window.set_speed(SPEED.maximum)
    window.set_training(True)
    stages: list[Stage] = []
    start = time.monotonic()
    for look in range(1, LOOKS + 1):
        while not must_end() and window.snapshot.step < steps * look / LOOKS:
            live(0.1)
        if must_end():
            return []
        answer = median([response(window, change) for change in range(RESPONSES)])
        snapshot = window.snapshot
        moments = len(window.frame.curves.epochs)
        stages.append(Stage(time.monotonic() - start, snapshot.step, snapshot.epoch, moments, memory(), answer))
        tell(stages[-1])
    return [*_faults_of_curves(window.frame.curves), *_faults_of_stages(stages)]


def _faults_of_curves(curves: Curves) -> list[str]:
    faults = []
    if len(curves.epochs) > CAPACITY + 1:
        faults.append(f"The curves have {len(curves.epochs):,} moments, and at most {CAPACITY + 1:,} are to be kept.")
    if len(curves.changes) > MOST_MARKS:
        faults.append(f"The curves have {len(curves.changes):,} changes, and at most {MOST_MARKS} are to be kept.")
    if curves.epochs[0] != 0 or not (np.diff(curves.epochs) > 0).all():
        faults.append("The curves do not go from the first epoch to the last one.")
    return faults


def _faults_of_stages(stages: list[Stage]) -> list[str]:
    faults = []
    if stages[-1].answer > LATEST_ANSWER:
        faults.append(f"A control is answered after {stages[-1].answer:.0f} ms; {LATEST_ANSWER:.0f} ms are allowed.")
    growth = stages[-1].memory - stages[0].memory
    if growth > LARGEST_GROWTH:
        faults.append(f"Memory has grown by {growth:.1f} MB since the first look.")
    return faults
