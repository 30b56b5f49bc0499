"""What must hold whenever the window is at rest: each sentence that this finds is a fault."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel

from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.gui.controls.experiment_panel import ExperimentPanel
from visualdl.gui.controls.transport import Transport
from visualdl.gui.engine.engine_client import EngineClient
from visualdl.gui.views.bars.readouts import Readouts
from visualdl.gui.views.network.headers import Headers
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.run.observer import Observer
from visualdl.training.run.run import Run
from visualdl.training.values.frame import Frame

MOST_STEPS = 400
"""How many steps a run is made again for, between two checks: more would take longer than what is checked."""


def faults_of(window: MainWindow) -> Iterator[str]:
    """Say what the window shows that is not so. It must show all that was asked for, and train no more."""
    frame = window.frame
    snapshot = frame.snapshot
    refused = bool(snapshot.problem)
    if snapshot.experiment != window.experiment and not refused:
        changed = ", ".join(snapshot.experiment.changes_from(window.experiment))
        yield f"The network trains with another {changed} than was asked for."
    yield from _faults_of_controls(window, window.experiment)
    transport = window.findChild(Transport)
    if transport.is_training() != frame.playback.advancing:
        yield f"The button says {transport.train_button.text()}, and training goes on: {frame.playback.advancing}."
    yield from _faults_of_readouts(window, frame)
    if not all(np.isfinite(array).all() for array in snapshot.weights.values()):
        yield "A weight on show is not finite."
    if not snapshot.evaluation.is_finite():
        yield f"The evaluation on show is not finite: {snapshot.evaluation}."
    if not window.findChild(EngineClient).is_running():
        yield "The training thread has ended."
    if not window.findChild(EngineClient).is_at_rest():
        yield "The window rests, but not all that was asked for has been shown."


def _faults_of_controls(window: MainWindow, wanted: Experiment) -> Iterator[str]:
    panel = window.findChild(ExperimentPanel)
    if panel.experiment() != wanted:
        yield f"The panel has another {', '.join(panel.experiment().changes_from(wanted))} than was asked for."
    if window.findChild(Headers).experiment != wanted:
        yield "The headers of the network show other layers than were asked for."
    shown: dict[str, object] = {}
    for kind, read in ((QAbstractSpinBox, lambda box: box.value()), (QComboBox, lambda box: box.currentText())):
        shown |= {box.accessibleName(): read(box) for box in panel.findChildren(kind)}
    for name, choice in CHOICES.items():
        value = getattr(wanted, name) if name != "classes" else len(wanted.class_names) or 2  # see ExperimentPanel
        is_mixed = name == "hidden_activation" and len({layer.activation for layer in wanted.network.hidden}) > 1
        if choice.label in shown and shown[choice.label] != ("" if is_mixed else value):
            yield f"{choice.label} is shown as {shown[choice.label]!r}, and {value!r} was asked for."


def _faults_of_readouts(window: MainWindow, frame: Frame) -> Iterator[str]:
    """Compare the numbers on show with the frame's, in as many digits as are shown."""
    snapshot = frame.snapshot
    for label in window.findChild(Readouts).findChildren(QLabel):
        name, text = label.accessibleName(), label.text()
        number = {
            "Epoch": snapshot.epoch,
            "Steps per second": frame.playback.steps_per_second,
            "Train loss": snapshot.evaluation.train_loss,
            "Test loss": snapshot.evaluation.test_loss,
            "Train error": 100 * snapshot.evaluation.train_error,
            "Test error": 100 * snapshot.evaluation.test_error,
        }.get(name)
        text = text.removesuffix(" %")
        if number is not None and abs(float(text) - number) > 0.501 * _last_digit(text):
            yield f"{name} is shown as {text}, and is {number}."


def _last_digit(text: str) -> float:
    """Return what a one more in the last digit of a number is worth: 0.01 in 1.25, 1000 in 3e+03."""
    mantissa, _, exponent = text.partition("e")
    return float(10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2])))


class CleanRun:
    """Makes a run again from its experiment alone, as far as the window has come; the two must be the same.

    `begin` says that the window's run has just begun from its initial weights, `end` that something has acted on it.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._again: Run | None = None
        self.compared = 0  # steps in all

    @property
    def number(self) -> int | None:
        """Which run is made again; None while none is."""
        return self._number

    def begin(self, number: int) -> None:
        """Make the run of this number again from now on."""
        self._number, self._again = number, None

    def end(self) -> None:
        """Compare the present run no more."""
        self._number = None

    def faults(self, frame: Frame) -> Iterator[str]:
        """Say in what the window's run is another than the one made again."""
        snapshot = frame.snapshot
        if frame.run != self._number or snapshot.problem:
            return
        if self._again is None:
            self._again = Run(snapshot.experiment)
        steps = snapshot.step - self._again.step
        if steps > MOST_STEPS:
            self.end()
            return
        for _ in range(steps):
            self._again.advance()
        self.compared += steps
        again = Observer().observe(self._again.state())
        if (again.step, again.epoch) != (snapshot.step, snapshot.epoch):
            yield f"The same run from a clean start is at step {again.step}, and not at {snapshot.step}."
        if again.evaluation != snapshot.evaluation:
            yield f"The same run from a clean start has {again.evaluation}, and not {snapshot.evaluation}."
        for name, array in again.weights.items():
            if not np.array_equal(array, snapshot.weights[name]):
                yield f"The same run from a clean start has another {name} at step {again.step}."
