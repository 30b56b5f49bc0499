"""The monkey: whatever its user does, it brings the window to rest and looks whether all is as it should be."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import torch
from PySide6.QtCore import QSettings

from tests.soak.checks import CleanRun, faults_of
from tests.soak.complaints import listening, told
from tests.soak.journal import Journal
from tests.soak.random_user import RandomUser
from tests.soak.waiting import wait_until
from visualdl.gui.application import interrupts_calling, make_application, without_offscreen_warnings
from visualdl.gui.editing.edit_history import EditHistory
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.measuring.gauges import live
from visualdl.gui.views.network.page import NetworkPage
from visualdl.gui.window.main_window import MainWindow

REOPEN = 0.01
"""How often the window is closed, and another one opened."""

TELL_EVERY = 20.0  # seconds

KEEPS_ITS_STATE = "open the weights"


class Monkey:
    """Acts at random from `seed` on; `folder` is for settings and files. Whoever makes one calls `close`."""

    def __init__(self, seed: int, folder: Path) -> None:
        self._chance, self._folder = Random(seed), folder
        self._journal = Journal(seed)
        self._clean = CleanRun()
        self._since: set[str] = set()  # what was done since the run was last looked at
        self._open()

    @property
    def acts(self) -> int:
        """How many things it did."""
        return self._journal.acts

    @property
    def steps_compared(self) -> int:
        """How many steps of training were made again from a clean start."""
        return self._clean.compared

    def act(self) -> str:
        """Do one thing and look; return what is wrong, with what was done before, or ""."""
        with listening() as complaints:
            try:
                faults = self._act_and_look()
            except Exception as error:  # whatever it is, it is what is looked for
                faults = [told(error)]
        faults = [*complaints, *faults]
        if not faults:
            return ""
        return "\n".join((self._journal.text(), *faults))

    def close(self) -> None:
        """Close the window."""
        self._window.close()

    def _open(self) -> None:
        settings = QSettings(str(self._folder / "settings.ini"), QSettings.Format.IniFormat)
        self._window = MainWindow(settings=settings)
        self._client = self._window.findChild(EngineClient)
        self._user = RandomUser(self._window, self._chance, self._folder, paced=True)
        network, history = self._window.findChild(NetworkPage), self._window.findChild(EditHistory)
        for signal in (network.number_wanted, network.lock_wanted, history.undo.triggered, history.redo.triggered):
            signal.connect(self._clean.end)
        self._window.show()
        wait_until(lambda: self._window.snapshot is not None, "show its first picture")
        self._wait_for_rest()
        self._seen = self._window.frame.run, self._window.experiment
        self._clean.begin(self._window.frame.run)

    def _act_and_look(self) -> list[str]:
        if self._chance.random() < REOPEN:
            return self._reopen()
        done = self._journal.record(self._user.act)
        self._since.add(done)
        live(self._chance.choice((0, 0, 0.02, 0.06)))
        was_training = self._is_busy()
        if was_training and self._chance.random() < 0.5:
            return []
        if was_training:
            self._window.set_training(False)
            self._window.play_seeds(False)
        self._wait_for_rest()
        self._follow()
        faults = [*faults_of(self._window), *self._clean.faults(self._window.frame)]
        if was_training and self._chance.random() < 0.5:
            self._window.set_training(True)
        return faults

    def _follow(self) -> None:
        """Take note of a run that has begun since the last call, and of what has acted on it."""
        run, experiment = self._window.frame.run, self._window.experiment
        if run != self._seen[0]:
            curves = self._window.frame.curves
            keeps = self._client.keep_weights or KEEPS_ITS_STATE in self._since
            is_clean = not (curves.changes or curves.epochs[0] or keeps)
            self._clean.begin(run) if is_clean else self._clean.end()
        elif experiment != self._seen[1]:
            self._clean.end()
        self._seen = run, experiment
        self._since.clear()

    def _reopen(self) -> list[str]:
        self._journal.record(self._close_to_open_another)
        faults = ["The training thread outlives the window."] if self._client.is_running() else []
        self._window.deleteLater()
        self._open()
        return faults

    def _close_to_open_another(self) -> str:
        self._window.close()
        return "close the window, to open another"

    def _wait_for_rest(self) -> None:
        wait_until(self._client.is_at_rest, "come to rest")

    def _is_busy(self) -> bool:
        return not self._client.is_at_rest()


def check_for(seconds: float, seed: int, tell: Callable[[str], object]) -> str:
    """Let a monkey act for so long, and `tell` now and then how far it is; return the first fault, or "".

    Raises KeyboardInterrupt on Ctrl-C. Needs no display.
    """
    make_application()
    torch.set_num_threads(1)  # the runs that are made again are as the window's
    interruptions: list[None] = []
    start = told = time.monotonic()
    with (
        TemporaryDirectory(prefix="visualdl-") as folder,
        interrupts_calling(lambda: interruptions.append(None)),
        without_offscreen_warnings(),
    ):
        monkey, fault = Monkey(seed, Path(folder)), ""
        while not (fault or interruptions) and time.monotonic() - start < seconds:
            fault = monkey.act()
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                tell(f"{told - start:6.0f} s, {monkey.acts:,} acts, {monkey.steps_compared:,} steps made again")
        monkey.close()
    if interruptions:
        raise KeyboardInterrupt
    return fault
