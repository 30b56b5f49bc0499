"""The one bridge between the session and the window: it carries commands to a player, and snapshots back."""

import queue
import time
import traceback
from collections.abc import Callable
from operator import methodcaller
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread, Signal

from visualdl.data.features import UnusableFeatureError
from visualdl.experiment.experiment import Experiment
from visualdl.process.loading import without_collecting
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest

if TYPE_CHECKING:
    from visualdl.training.engine.engine import Engine

Command = Callable[["Engine"], object]


class EngineThread(QThread):
    """Runs a player. `give` and `ask_for_snapshot` may be called from the window's thread; they return at once.

    Every `ask_for_snapshot` is answered once: by `snapshot_ready` with a Snapshot, or by `snapshot_failed`. An
    exception never ends the thread: it pauses the player, its seeds too, and is reported by `failed`, with its text and
    its traceback. What the user's own choices make impossible is no failure: `refused` carries why, in one sentence.
    """

    snapshot_ready = Signal(object)
    snapshot_failed = Signal()
    failed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.setObjectName("training")
        self._experiment = experiment
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()

    def give(self, command: Command) -> None:
        """Have the player carry out a command, after those given before."""
        self._commands.put(command)

    def ask_for_snapshot(self, look: SnapshotRequest = ONLY_THE_RUN) -> None:
        """Ask for one snapshot with what `look` asks for, taken after all commands given so far."""
        self._commands.put(lambda player: self._answer(player, look))

    def stop(self) -> None:
        """End the thread and wait until it has ended: after the step or snapshot it is in."""
        self._commands.put(None)
        self.wait()

    def run(self) -> None:
        """Carry out commands as they come, and advance the player whenever that is due and no command waits."""
        player: Engine | None = None  # made by the first command, so that a failure to make it answers that command
        while True:
            command = self._next_command(None if player is None else player.seconds_until_due())
            if command is None:
                return
            try:
                if player is None:
                    player = self._make_player()
                command(player)
            except UnusableFeatureError as refusal:
                self.refused.emit(str(refusal))
            except Exception as error:
                self._report(player, error)

    def _make_player(self) -> "Engine":
        with without_collecting():
            import torch  # here rather than above: the window is on the screen before torch is loaded

            from visualdl.training.engine.engine import Engine

        torch.set_num_threads(1)  # holds for this thread only; more make small networks slower
        return Engine(self._experiment, time.perf_counter)

    def _answer(self, player: "Engine", look: SnapshotRequest) -> None:
        try:
            snapshot = player.snapshot(look)
        except Exception:
            self.snapshot_failed.emit()
            raise
        self.snapshot_ready.emit(snapshot)

    def _next_command(self, seconds_until_due: float | None) -> Command | None:
        """Return the next command; the work itself if none comes before that is due. None is the end."""
        try:
            if seconds_until_due == 0:
                return self._commands.get_nowait()
            return self._commands.get(timeout=seconds_until_due)
        except queue.Empty:
            return methodcaller("work")

    def _report(self, player: "Engine | None", error: Exception) -> None:
        if player is None:
            self.snapshot_failed.emit()  # if that was the command, it has not even begun
        else:
            player.pause()
            player.pause_seeds()
        self.failed.emit(f"{type(error).__name__}: {error}", traceback.format_exc())
