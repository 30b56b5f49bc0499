"""The one bridge between the engine and the window: it carries commands to the engine, and frames back."""

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
    """Runs an engine. `give` and `ask_for_frame` may be called from the window's thread; they return at once.

    Every `ask_for_frame` is answered once: by `frame_ready` with a Frame, or by `frame_failed`. An exception never ends
    the thread: it pauses the engine, its seeds too, and is reported by `failed`, with its text and its traceback. What
    the user's own choices make impossible is no failure: `refused` carries why, in one sentence.
    """

    frame_ready = Signal(object)
    frame_failed = Signal()
    failed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.setObjectName("training")
        self._experiment = experiment
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()

    def give(self, command: Command) -> None:
        """Have the engine carry out a command, after those given before."""
        self._commands.put(command)

    def ask_for_frame(self, request: SnapshotRequest = ONLY_THE_RUN) -> None:
        """Ask for one frame with what `request` asks for, made after all commands given so far."""
        self._commands.put(lambda engine: self._answer(engine, request))

    def stop(self) -> None:
        """End the thread and wait until it has ended: after the step or frame it is in."""
        self._commands.put(None)
        self.wait()

    def run(self) -> None:
        """Carry out commands as they come, and let the engine work whenever that is due and no command waits."""
        engine: Engine | None = None  # made by the first command, so that a failure to make it answers that command
        while True:
            command = self._next_command(None if engine is None else engine.seconds_until_due())
            if command is None:
                return
            try:
                if engine is None:
                    engine = self._make_engine()
                command(engine)
            except UnusableFeatureError as refusal:
                self.refused.emit(str(refusal))
            except Exception as error:
                self._report(engine, error)

    def _make_engine(self) -> "Engine":
        with without_collecting():
            import torch  # here rather than above: the window is on the screen before torch is loaded

            from visualdl.training.engine.engine import Engine

        torch.set_num_threads(1)  # holds for this thread only; more make small networks slower
        return Engine(self._experiment, time.perf_counter)

    def _answer(self, engine: "Engine", request: SnapshotRequest) -> None:
        try:
            frame = engine.frame(request)
        except Exception:
            self.frame_failed.emit()
            raise
        self.frame_ready.emit(frame)

    def _next_command(self, seconds_until_due: float | None) -> Command | None:
        """Return the next command; the work itself if none comes before that is due. None is the end."""
        try:
            if seconds_until_due == 0:
                return self._commands.get_nowait()
            return self._commands.get(timeout=seconds_until_due)
        except queue.Empty:
            return methodcaller("work")

    def _report(self, engine: "Engine | None", error: Exception) -> None:
        if engine is None:
            self.frame_failed.emit()  # if that was the command, it has not even begun
        else:
            engine.pause()
            engine.pause_seeds()
        self.failed.emit(f"{type(error).__name__}: {error}", traceback.format_exc())
