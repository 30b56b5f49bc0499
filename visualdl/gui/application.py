"""The application around the window: Qt's one object a process has, and how it ends."""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QSocketNotifier, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.window.main_window import MainWindow
from visualdl.process.allocator import keep_little
from visualdl.process.loading import without_collecting

INTERRUPTED = 130

OFFSCREEN_WARNINGS = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")
"""Of each window, and of each hint that comes up: what the offscreen platform says for want of a window manager."""

PAINT_ALONE = "QT_NO_GUI_THREADPOOL", "1"
"""Keeps Qt from cutting each small picture up for threads that take the training's core, 150 switches a frame."""

SWITCH_INTERVAL = 0.001
"""Seconds for which the window may keep the training thread waiting; Python's own 0.005 costs a tenth of the speed."""


def make_application() -> QApplication:
    """Return the process's application, under the program's name; make it if there is none yet.

    The process is set up for a window that shares its cores and its memory with training.
    """
    keep_little()
    os.environ.setdefault(*PAINT_ALONE)
    application = QApplication.instance() or QApplication(["visualdl"])
    application.setOrganizationName("visualdl")
    application.setApplicationName("visualdl")
    application.setDesktopFileName("visualdl")
    sys.setswitchinterval(SWITCH_INTERVAL)
    return application


def run_window(
    experiment: Experiment, *, preset: Preset | None = None, speed: float | None, train: bool, theme: str | None
) -> int:
    """Show the window until it is closed; return the exit code. What is None stays as the window remembers it.

    With a preset, the experiment is that one's, and its paragraph is shown.
    """
    application = make_application()
    with interrupts_calling(lambda: window.close()) as interrupted:
        with without_collecting():
            window = MainWindow(experiment)
            if preset is not None:
                window.show_preset(preset)
            if speed is not None:
                window.set_speed(speed)
            if theme is not None:
                window.set_theme_name(theme)
            window.show()
            if train:
                window.set_training(True)
        with unexpected_errors_shown_by(window.show_failure):
            exit_code = application.exec()
    return INTERRUPTED if interrupted() else exit_code


@contextmanager
def without_offscreen_warnings() -> Iterator[None]:
    """Keep OFFSCREEN_WARNINGS off the terminal: that there is no window manager is no fault of the program's."""

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message in OFFSCREEN_WARNINGS:
            return
        if handler_before:
            handler_before(kind, context, message)
        else:
            sys.stderr.write(f"{message}\n")

    handler_before = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(handler_before)


@contextmanager
def unexpected_errors_shown_by(show: Callable[[str, str], object]) -> Iterator[None]:
    """Meanwhile hand exceptions that nothing caught to `show`, as text and details, instead of to the terminal."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            show(f"{kind.__name__}: {error}", "".join(traceback.format_exception(kind, error, trace)))
        except Exception:  # what shows errors is itself in error: the terminal is what is left
            sys.__excepthook__(kind, error, trace)
            traceback.print_exc()

    before = sys.excepthook
    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def interrupts_calling(act: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Meanwhile Ctrl-C does not raise, but has Qt's event loop call `act`, at once or as soon as there is a loop.

    Raised in a method that Qt called, a KeyboardInterrupt would be printed and forgotten; and Python heeds signals
    only between two of its own instructions, while Qt's loop may wait long without any. A socket wakes the loop.
    Gives a function that says whether there was a Ctrl-C.
    """
    happened = False

    def look() -> None:
        nonlocal happened
        if signal.SIGINT in reader.recv(64):
            happened = True
            act()

    reader, writer = socket.socketpair()
    with reader, writer:
        writer.setblocking(False)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(look)
        descriptor_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        handler_before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            yield lambda: happened
        finally:
            signal.signal(signal.SIGINT, handler_before)
            signal.set_wakeup_fd(descriptor_before)
            notifier.setEnabled(False)
