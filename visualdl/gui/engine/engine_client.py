"""The trainer keeps the window and the training thread in step: wishes go down once a frame, one snapshot comes up."""

import atexit
import time
from dataclasses import replace
from operator import methodcaller

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from visualdl.experiment.experiment import OF_STEPS, Experiment
from visualdl.experiment.playback import DEFAULT_SPEED
from visualdl.gui.engine.engine_thread import Command, EngineThread
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import Checkpoint
from visualdl.training.values.seeds import Seeds
from visualdl.training.values.snapshot import Snapshot
from visualdl.training.values.snapshot_request import GRID, ONLY_THE_RUN, SnapshotRequest

FRAME = 16  # milliseconds between two looks at the training, at the least: most screens show no more pictures

LIGHT_FRAME = FRAME / 2
"""Milliseconds. Who takes longer to draw a frame gets every second one: meanwhile Python cannot train."""


PATIENCE = 2
"""After a picture finer than usual, training has so many times as long as it took: else pictures would slow it down."""

LONGEST_PATIENCE = 1.0
"""Seconds; even the finest picture of the largest network is to be seen to move."""

MANY_MAPS = 64
"""The maps of so many neurons can be had with each frame: a picture of more costs training some twenty steps."""

MANY_MAPS_EVERY = 0.025
"""Seconds from one picture of more to the next, at the least: every second frame."""

KEPT_PACE = 0.9
"""Training that has no less than this share of the speed that is wanted has time for all the pictures it can give."""


class EngineClient(QObject):
    """Owns the thread. Commands act in the order they are given; of the wishes between two frames the last one counts.

    `arrived` carries each new Snapshot of the latest run, `failed` an error's text and details, `refused` why something
    cannot be, in one sentence. While nothing changes, nothing is asked. `look` is what the snapshots show beside the
    run; another one is seen from the next frame on, at rest too. With `keep_weights`, a wish that needs a new network
    keeps what was learned, where it can. Whoever makes a trainer calls `start`, and `close` in the end.
    """

    arrived = Signal(object)
    failed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.run = 0
        self.keep_weights = False
        self._look = ONLY_THE_RUN
        self._shown_run = 0  # that of the latest snapshot: what can be touched
        self._sent = experiment
        self._wanted: Experiment | None = None  # asked for, not yet handed to the thread
        self._advancing = False  # the run or the seeds
        self._in_flight = False  # a snapshot was asked for and has not come
        self._leave_out = False  # whether to leave the next frame out
        self._out_of_date = True  # something happened that no snapshot shows yet
        self._unanswered = False  # the latest question failed; of that, `failed` comes next
        self._failed = False  # a command may have been lost in an error
        self._speed = DEFAULT_SPEED
        self._asked = 0.0  # when, in seconds, the latest picture was asked for
        self._wait_until = 0.0  # when the next one may be
        self._thread = EngineThread(experiment)
        self._thread.snapshot_ready.connect(self._receive)
        self._thread.snapshot_failed.connect(self._give_up_snapshot)
        self._thread.failed.connect(self._fail)
        self._thread.refused.connect(self.refused)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.setInterval(FRAME)
        self._clock.timeout.connect(self._tick)
        self._closed = False

    def start(self) -> None:
        """Start the thread, if it does not run, and unless the trainer is closed.

        It loads torch first: seconds of competing with whatever else there is to do. Then comes what was asked before.
        """
        if self._closed:
            return
        atexit.register(self._thread.stop)  # also if nobody ever closes the window
        self._thread.start()
        self._clock.start()

    def close(self) -> None:
        """Stop the clock, then the thread, and wait until it has ended."""
        self._closed = True
        self._clock.stop()
        self._thread.stop()
        atexit.unregister(self._thread.stop)

    def is_running(self) -> bool:
        """Say whether the thread lives."""
        return self._thread.isRunning()

    @property
    def look(self) -> SnapshotRequest:
        """What the snapshots show beside the run."""
        return self._look

    @look.setter
    def look(self, look: SnapshotRequest) -> None:
        if look != self._look:
            self._look = look
            self._out_of_date = True

    def want(self, experiment: Experiment) -> None:
        """Go on with `experiment` from the next frame, or the next command, on; as a new run if it needs one."""
        self.experiment = self._wanted = experiment

    def begin(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin a new run of `experiment`, from a checkpoint or from the initial weights."""
        self.run += 1
        self.experiment, self._sent, self._wanted = experiment, experiment, None
        self._give(methodcaller("apply", experiment, self.run, checkpoint))

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._command(methodcaller("play"))

    def pause(self) -> None:
        """Stop advancing."""
        self._command(methodcaller("pause"))

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self._command(methodcaller("advance_step"))

    def advance_epochs(self, count: int) -> None:
        """Advance by whole epochs at full speed, then pause."""
        self._command(methodcaller("advance_epochs", count))

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of playing."""
        self._speed = steps_per_second
        self._thread.give(methodcaller("set_speed", steps_per_second))

    def set_number(self, place: ParameterIndex, value: float) -> None:
        """Set a weight or bias of the network on show; if another has taken its place meanwhile, nothing happens."""
        self._command(methodcaller("set_number", place, value, self._shown_run))

    def set_locked(self, place: ParameterIndex, locked: bool) -> None:
        """Keep a weight or bias of the network on show from learning, or let it learn again."""
        self._command(methodcaller("set_locked", place, locked, self._shown_run))

    def begin_seeds(self, count: int, with_torch: bool) -> None:
        """Train `count` seeds of the experiment beside the run, from their initial weights on; with torch.nn, too."""
        self._command(methodcaller("begin_seeds", count, with_torch))

    def play_seeds(self) -> None:
        """Let the seeds advance at the set speed from now on."""
        self._command(methodcaller("play_seeds"))

    def pause_seeds(self) -> None:
        """Stop the seeds."""
        self._command(methodcaller("pause_seeds"))

    def open_seed(self, index: int, seeds: Seeds) -> None:
        """Go on with one of the `seeds` on show as a new run, from where it is."""
        self._flush()  # what steers the steps acts on the seeds, too
        steering = {name: getattr(self.experiment, name) for name in OF_STEPS}
        self.experiment = self._sent = replace(seeds.experiment, seed=seeds.seeds[index], **steering)
        self.run += 1
        self._give(methodcaller("open_seed", self.experiment, self.run))

    def _command(self, command: Command) -> None:
        if self._failed:  # the thread may not have what was wished: wish again
            self._failed, self._wanted = False, self.experiment
        self._flush()
        self._give(command)

    def _give(self, command: Command) -> None:
        self._thread.give(command)
        self._out_of_date = True

    def is_at_rest(self) -> bool:
        """Say whether everything that was asked for has happened and has been shown."""
        return self.is_up_to_date() and not self._advancing

    def is_up_to_date(self) -> bool:
        """Say whether the latest snapshot shows all that was asked for; training may still go on."""
        return not (self._in_flight or self._out_of_date or self._wanted)

    def _flush(self) -> None:
        if self._wanted is not None:
            if self._wanted.needs_new_network(self._sent):
                self.run += 1
            self._sent = self._wanted
            self._give(methodcaller("apply", self._wanted, self.run, None, self.keep_weights))
            self._wanted = None

    def _tick(self) -> None:
        if self._in_flight:
            return
        if self._leave_out:
            self._leave_out = False
            return
        self._flush()
        if self._out_of_date or (self._advancing and time.perf_counter() >= self._wait_until):
            self._in_flight, self._out_of_date = True, False
            self._asked = time.perf_counter()
            self._thread.ask_for_snapshot(self._look)

    def _receive(self, snapshot: Snapshot) -> None:
        self._in_flight = False
        if snapshot.run < self.run:
            self._out_of_date = True
            return
        self._shown_run = snapshot.run
        self._advancing = snapshot.advancing or (snapshot.seeds is not None and snapshot.seeds.advancing)
        start = time.perf_counter()
        self._wait_until = start + self._patience(snapshot, start - self._asked)
        self.arrived.emit(snapshot)
        self._leave_out = (time.perf_counter() - start) * 1000 > LIGHT_FRAME

    def _patience(self, snapshot: Snapshot, seconds: float) -> float:
        """Return how long to leave the training alone after a snapshot that took so many `seconds`."""
        if snapshot.steps_per_second >= KEPT_PACE * self._speed:
            return 0.0
        if self._look.resolution > GRID:
            return min(PATIENCE * seconds, LONGEST_PATIENCE)
        maps = 0 if snapshot.neurons is None else sum(map(len, snapshot.neurons.levels))
        return max(0.0, MANY_MAPS_EVERY - seconds) if maps > MANY_MAPS else 0.0

    def _give_up_snapshot(self) -> None:
        self._in_flight = False
        self._unanswered = True

    def _fail(self, text: str, details: str) -> None:
        self._failed = True
        self._advancing = False
        self._out_of_date = not self._unanswered  # a snapshot that failed would fail again
        self._unanswered = False
        self.failed.emit(text, details)
