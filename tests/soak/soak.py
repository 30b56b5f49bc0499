"""The soak: a random user at the window for as long as is wanted, and every so often a look at the resting window."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import torch
from PySide6.QtCore import QSettings

from tests.soak.complaints import listening, told
from tests.soak.idle_state import IdleState
from tests.soak.journal import Journal
from tests.soak.random_user import RandomUser
from tests.soak.resource_usage import ResourceUsage, faults_of
from tests.soak.waiting import wait_until
from visualdl.experiment.playback import SPEED
from visualdl.gui.application import interrupts_calling, make_application
from visualdl.gui.measuring.gauges import live
from visualdl.gui.window.main_window import MainWindow

LOOK_EVERY = 20.0
"""Seconds between two looks, at the most; a short soak has two dozen of them all the same."""

LOOKS = 24
WARM_UP = 60.0
"""Seconds that come first, in which what is needed for the first time is loaded: only later may nothing grow."""

BETWEEN_ACTS = (0.0, 0.01, 0.03, 0.1)
"""Seconds that the user leaves between two acts."""


def soak(seconds: float, seed: int, tell: Callable[[ResourceUsage], object]) -> tuple[str, ...]:
    """Let a user act on a window for so long, after the warm-up; `tell` is told each level. Return what was wrong.

    It ends with the first complaint, which the latest acts come before, and raises KeyboardInterrupt on Ctrl-C. Needs
    no display.
    """
    make_application()
    torch.set_num_threads(1)
    interruptions: list[None] = []
    journal = Journal(seed)
    with (
        TemporaryDirectory(prefix="visualdl-") as folder,
        interrupts_calling(lambda: interruptions.append(None)),
        listening() as complaints,
    ):
        window = MainWindow(settings=QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat))
        window.failed.connect(lambda text, details: complaints.append(f"{text}\n{details}"))
        try:
            window.show()
            levels = _live_through(
                window,
                WARM_UP + seconds,
                RandomUser(window, Random(seed), Path(folder), paced=False),
                journal,
                tell,
                lambda: bool(complaints or interruptions),
            )
        except Exception as error:  # whatever it is, it is what is looked for
            complaints.append(told(error))
        finally:
            journal.note("close the window")
            window.close()
    if interruptions:
        raise KeyboardInterrupt
    if complaints:
        return (journal.text(), *complaints)
    return faults_of(levels, WARM_UP)


def _live_through(
    window: MainWindow,
    seconds: float,
    user: RandomUser,
    journal: Journal,
    tell: Callable[[ResourceUsage], object],
    must_end: Callable[[], bool],
) -> list[ResourceUsage]:
    """Act and look in turns; return all levels."""
    wait_until(lambda: window.snapshot is not None, "show its first picture")
    if not must_end():
        _load_everything(window)
    window.set_speed(SPEED.maximum)
    rest, chance = IdleState(window), Random(0)
    levels: list[ResourceUsage] = []
    while not must_end() and rest.seconds < seconds:
        until = min(seconds, rest.seconds + min(LOOK_EVERY, seconds / LOOKS))
        window.set_training(True)
        while not must_end() and rest.seconds < until:
            journal.record(user.act)
            live(chance.choice(BETWEEN_ACTS))
        if not must_end():
            journal.note("look at the resting window")
            levels.append(rest.level(journal.acts))
            tell(levels[-1])
    return levels


def _load_everything(window: MainWindow) -> None:
    """Have loaded at once what is otherwise loaded when it is first needed: torch.nn and its optimisers, 130 MB."""
    window.begin_seeds(1, with_torch=True)
    wait_until(lambda: window.frame.seeds is not None and window.frame.seeds.step > 0, "train seeds")
    window.play_seeds(False)
