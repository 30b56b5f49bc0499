"""The engine's client keeps the window in step with it: wishes go down once a frame, one frame comes up."""

import atexit
import time
from dataclasses import replace
from operator import methodcaller
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import DEFAULT_SPEED
from visualdl.gui.engine.engine_thread import EngineThread
from visualdl.training.values.frame import Frame
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.run_state import RunState
from visualdl.training.values.seeds import Seeds
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

    `arrived` carries each new Frame that shows what was asked for, `failed` an error's text and details, `refused` why
    something cannot be, in one sentence. While nothing changes, nothing is asked. `request` is what frames show beside
    the run; another one is seen from the next frame on, at rest too. With `keep_weights`, a wish that needs a new
    network keeps what was learned, where it can. Whoever makes a client calls `start`, and `close` in the end.
    """

    arrived = Signal(object)
    failed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.keep_weights = False
        self._request = ONLY_THE_RUN
        self._shown_network = 0  # that of the latest frame: what can be touched
        self._wanted: Experiment | None = None  # asked for, not yet handed to the thread
        self._command = 0  # the number of the latest command: older frames show what is over
        self._advancing = False  # the run or the seeds
        self._in_flight = False  # a frame was asked for and has not come
        self._leave_out = False  # whether to leave the next frame out
        self._out_of_date = True  # something happened that no frame shows yet
        self._unanswered = False  # the latest question failed; of that, `failed` comes next
        self._failed = False  # a command may have been lost in an error
        self._speed = DEFAULT_SPEED
        self._asked = 0.0  # when, in seconds, the latest frame was asked for
        self._wait_until = 0.0  # when the next one may be
        self._thread = EngineThread(experiment)
        self._thread.frame_ready.connect(self._receive)
        self._thread.frame_failed.connect(self._give_up_frame)
        self._thread.failed.connect(self._fail)
        self._thread.refused.connect(self.refused)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.setInterval(FRAME)
        self._clock.timeout.connect(self._tick)
        self._closed = False

    def start(self) -> None:
        """Start the thread, if it does not run, and unless the client is closed.

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
    def request(self) -> SnapshotRequest:
        """What the frames show beside the run."""
        return self._request

    @request.setter
    def request(self, request: SnapshotRequest) -> None:
        if request != self._request:
            self._request = request
            self._out_of_date = True

    def want(self, experiment: Experiment) -> None:
        """Go on with `experiment` from the next frame, or the next command, on; as a new run if it needs one."""
        self.experiment = self._wanted = experiment

    def begin(self, experiment: Experiment, state: RunState | None = None) -> None:
        """Begin a new run of `experiment`, from a state or from the initial weights."""
        self.experiment, self._wanted = experiment, None
        self._give("begin", experiment, state)

    def play(self) -> None:
        """Advance at the set speed from now on."""
        self._do("play")

    def pause(self) -> None:
        """Stop advancing."""
        self._do("pause")

    def advance_step(self) -> None:
        """Advance by one mini-batch, then pause."""
        self._do("advance_step")

    def advance_epochs(self, count: int) -> None:
        """Advance by whole epochs at full speed, then pause."""
        self._do("advance_epochs", count)

    def set_speed(self, steps_per_second: float) -> None:
        """Set the pace of playing."""
        self._speed = steps_per_second
        self._thread.give(methodcaller("set_speed", steps_per_second))

    def set_number(self, index: ParameterIndex, value: float) -> None:
        """Set a weight or bias of the network on show; if another has taken its place meanwhile, nothing happens."""
        self._do("set_number", index, value, self._shown_network)

    def set_locked(self, index: ParameterIndex, locked: bool) -> None:
        """Keep a weight or bias of the network on show from learning, or let it learn again."""
        self._do("set_locked", index, locked, self._shown_network)

    def begin_seeds(self, count: int, with_torch: bool) -> None:
        """Train `count` seeds of the experiment beside the run, from their initial weights on; with torch.nn, too."""
        self._do("begin_seeds", count, with_torch)

    def play_seeds(self) -> None:
        """Let the seeds advance at the set speed from now on."""
        self._do("play_seeds")

    def pause_seeds(self) -> None:
        """Stop the seeds."""
        self._do("pause_seeds")

    def open_seed(self, index: int, seeds: Seeds) -> None:
        """Go on with one of the `seeds` on show as a new run, from where it is."""
        self._flush()  # what steers the steps acts on the seeds, too
        steering = {"training": self.experiment.training, "stopping": self.experiment.stopping}
        self.experiment = replace(seeds.experiment, seed=seeds.seeds[index], **steering)
        self._give("open_seed", self.experiment)

    def is_at_rest(self) -> bool:
        """Say whether everything that was asked for has happened and has been shown."""
        return self.is_up_to_date() and not self._advancing

    def is_up_to_date(self) -> bool:
        """Say whether the latest frame shows all that was asked for; training may still go on."""
        return not (self._in_flight or self._out_of_date or self._wanted)

    def _do(self, name: str, *arguments: Any) -> None:
        """Give a command, after what is wished for."""
        if self._failed:  # the thread may not have what was wished: wish again
            self._failed, self._wanted = False, self.experiment
        self._flush()
        self._give(name, *arguments)

    def _give(self, name: str, *arguments: Any, **options: Any) -> None:
        """Have the engine carry out its method of this name; a frame that came before is no answer."""
        self._command += 1
        self._thread.give(methodcaller("carry_out", self._command, methodcaller(name, *arguments, **options)))
        self._out_of_date = True

    def _flush(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._give("change", wanted, keep_weights=self.keep_weights)

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
            self._thread.ask_for_frame(self._request)

    def _receive(self, frame: Frame) -> None:
        self._in_flight = False
        if frame.command < self._command:
            self._out_of_date = True
            return
        self._shown_network = frame.network
        self._advancing = frame.playback.advancing or (frame.seeds is not None and frame.seeds.advancing)
        start = time.perf_counter()
        self._wait_until = start + self._patience(frame, start - self._asked)
        self.arrived.emit(frame)
        self._leave_out = (time.perf_counter() - start) * 1000 > LIGHT_FRAME

    def _patience(self, frame: Frame, seconds: float) -> float:
        """Return how long to leave the training alone after a frame that took so many `seconds`."""
        if frame.playback.steps_per_second >= KEPT_PACE * self._speed:
            return 0.0
        if frame.request.resolution > GRID:
            return min(PATIENCE * seconds, LONGEST_PATIENCE)
        neurons = frame.snapshot.neurons
        maps = 0 if neurons is None else sum(map(len, neurons.levels))
        return max(0.0, MANY_MAPS_EVERY - seconds) if maps > MANY_MAPS else 0.0

    def _give_up_frame(self) -> None:
        self._in_flight = False
        self._unanswered = True

    def _fail(self, text: str, details: str) -> None:
        self._failed = True
        self._advancing = False
        self._out_of_date = not self._unanswered  # a question that failed would fail again
        self._unanswered = False
        self.failed.emit(text, details)
