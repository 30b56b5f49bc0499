"""A picture of the window after some epochs of training, made without a display."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QSettings

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.application import interrupts_calling, make_application, without_offscreen_warnings
from visualdl.gui.pictures.picture_file import write_picture
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.values.frame import Frame


class TrainingFailedError(Exception):
    """Training met an exception; says which."""


def train_and_picture(
    experiment: Experiment,
    *,
    preset: Preset | None = None,
    epochs: int,
    file: Path,
    size: tuple[int, int],
    theme: str,
    on_frame: Callable[[Frame], object],
) -> Frame:
    """Train in a window of its own, as fast as it goes, and write a picture of that window to `file`.

    `size` is in pixels; with a preset, the experiment is that one's, and its paragraph is shown. Returns the last
    frame, its speed being that of the whole training; it may carry a `problem`, if the loss was not finite, or have
    `stopped` for what the experiment stops for. The window's remembered options are neither read nor changed.
    Raises TrainingFailedError, OSError if the file cannot be written, and KeyboardInterrupt on Ctrl-C.
    """
    make_application()
    loop = QEventLoop()
    with (
        without_offscreen_warnings(),
        interrupts_calling(loop.quit) as interrupted,
        TemporaryDirectory(prefix="visualdl-") as folder,
    ):
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = MainWindow(experiment, settings=settings)
        try:
            if preset is not None:
                window.show_preset(preset)
            window.set_theme_name(theme)
            window.resize(*size)
            window.show()
            last = _train(window, epochs, on_frame, loop, interrupted)
            write_picture(window.grab(), file)
        finally:
            window.close()
            settings.sync()
    return last


def _train(
    window: MainWindow,
    epochs: int,
    on_frame: Callable[[Frame], object],
    loop: QEventLoop,
    interrupted: Callable[[], bool],
) -> Frame:
    """Train in `loop` until the epochs are done, or until something ends them before their time."""
    drawn: list[Frame] = []
    failures: list[str] = []
    start = 0.0

    def look(frame: Frame) -> None:
        nonlocal start
        if not drawn:  # the network is there: what comes now is training
            start = time.perf_counter()
            if epochs:
                window.train_epochs(epochs)
        drawn[:] = [frame]
        on_frame(frame)
        snapshot = frame.snapshot
        if snapshot.problem or snapshot.stopped or (snapshot.epoch >= epochs and not frame.playback.advancing):
            loop.quit()

    def fail(text: str, _details: str) -> None:
        failures.append(text)
        loop.quit()

    window.drawn.connect(look)
    window.failed.connect(fail)
    try:
        loop.exec()
    finally:
        window.drawn.disconnect(look)
        window.failed.disconnect(fail)
    if interrupted():
        raise KeyboardInterrupt
    if failures:
        raise TrainingFailedError(f"Training failed: {failures[0]}")
    speed = drawn[0].snapshot.step / (time.perf_counter() - start)
    return replace(drawn[0], playback=replace(drawn[0].playback, steps_per_second=speed))
