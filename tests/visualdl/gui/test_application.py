"""What the application does around the window: unexpected errors, and Ctrl-C."""

import os
import signal
import sys

import pytest
from PySide6.QtCore import QEventLoop, QSettings, QTimer, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.gui import application
from visualdl.gui.application import (
    PAINT_ALONE,
    interrupts_calling,
    make_application,
    run_window,
    unexpected_errors_shown_by,
    without_offscreen_warnings,
)

pytestmark = pytest.mark.usefixtures("qapp")


def test_there_is_one_application_with_the_programs_name():
    made = make_application()
    assert make_application() is made
    assert (made.organizationName(), made.applicationName()) == ("visualdl", "visualdl")
    assert QSettings().applicationName() == "visualdl"


def test_qt_paints_without_threads_that_would_take_the_trainings_core(monkeypatch):
    name, value = PAINT_ALONE
    monkeypatch.delenv(name, raising=False)
    make_application()
    assert os.environ[name] == value


def test_memory_that_was_freed_is_given_back(monkeypatch):
    asked = []
    monkeypatch.setattr(application, "keep_little", lambda: asked.append(True))
    make_application()
    assert asked


def raise_error():
    raise ValueError("too wide")


def report(error):
    sys.excepthook(type(error), error, error.__traceback__)


def test_an_error_that_nothing_caught_is_shown_with_its_details(capsys):
    shown = []
    before = sys.excepthook
    with unexpected_errors_shown_by(lambda text, details: shown.append((text, details))):
        with pytest.raises(ValueError, match="too wide") as caught:
            raise_error()
        report(caught.value)
    [(text, details)] = shown
    assert text == "ValueError: too wide"
    assert "in raise_error" in details
    assert capsys.readouterr().err == ""
    assert sys.excepthook is before


def test_an_error_that_cannot_be_shown_is_printed(capsys):
    def cannot_show(_text, _details):
        raise RuntimeError("no place")

    with unexpected_errors_shown_by(cannot_show):
        report(ValueError("too wide"))
    printed = capsys.readouterr().err
    assert "ValueError: too wide" in printed
    assert "RuntimeError: no place" in printed


def test_ctrl_c_wakes_a_waiting_loop_and_ends_it():
    handler = signal.getsignal(signal.SIGINT)
    loop = QEventLoop()
    with interrupts_calling(loop.quit) as interrupted:
        QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGINT))
        loop.exec()
        assert interrupted()
    assert signal.getsignal(signal.SIGINT) is handler


def test_ctrl_c_before_the_loop_ends_it_once_it_runs():
    loop = QEventLoop()
    with interrupts_calling(loop.quit) as interrupted:
        signal.raise_signal(signal.SIGINT)
        loop.exec()
        assert interrupted()


def test_without_ctrl_c_there_was_none():
    loop = QEventLoop()
    with interrupts_calling(loop.quit) as interrupted:
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        assert not interrupted()


@pytest.fixture
def when_drawn(monkeypatch):
    """Call what is in this list with the window once it has drawn something; then note in it that it was closed."""
    calls = []

    class Watched(application.MainWindow):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self.drawn.connect(self.call)

        def call(self, _snapshot):
            if calls and callable(calls[0]):
                calls.pop(0)(self)

        def closeEvent(self, event):  # noqa: N802
            super().closeEvent(event)
            calls.append("closed")

    monkeypatch.setattr(application, "MainWindow", Watched)
    return calls


def test_the_window_starts_as_asked_and_closing_it_ends_the_program(when_drawn):
    seen = []

    def look_and_close(window):
        [speed] = [part.value() for part in window.findChildren(QWidget) if part.accessibleName() == "Speed"]
        seen.append((window.experiment, window.isVisible(), window.frame.playback.advancing, speed))
        window.close()

    when_drawn.append(look_and_close)
    experiment = Experiment(width=3, depth=1)
    assert run_window(experiment, speed=20.0, train=True, theme="Dark") == 0
    assert seen == [(experiment, True, True, 20)]
    assert QApplication.palette().window().color().lightness() < 60


def test_ctrl_c_closes_the_window_with_130(when_drawn):
    when_drawn.append(lambda _window: signal.raise_signal(signal.SIGINT))
    assert run_window(Experiment(width=3, depth=1), speed=None, train=False, theme=None) == 130
    assert when_drawn == ["closed"]


def test_an_unexpected_error_is_shown_by_the_window_which_stays(when_drawn, capsys):
    seen = []

    def fail(window):
        window.failed.connect(lambda text, _details: (seen.append((text, window.isVisible())), window.close()))
        raise_error()

    when_drawn.append(fail)
    assert run_window(Experiment(width=3, depth=1), speed=None, train=False, theme=None) == 0
    assert seen == [("ValueError: too wide", True)]
    assert capsys.readouterr().err == ""


@pytest.mark.no_qt_log
def test_of_qts_warnings_only_those_about_window_managers_are_kept_off_the_terminal(capsys):
    with without_offscreen_warnings():
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning("This plugin does not support raise()")
        qWarning("Something else")
        qWarning("propagateSizeHints")
    assert capsys.readouterr().err == "Something else\npropagateSizeHints\n"


@pytest.mark.no_qt_log
def test_a_handler_of_qts_messages_gets_the_others_and_is_back_afterwards():
    heard = []
    before = qInstallMessageHandler(lambda _kind, _context, message: heard.append(message))
    try:
        with without_offscreen_warnings():
            qWarning(application.OFFSCREEN_WARNINGS[0])
            qWarning("Something else")
        qWarning(application.OFFSCREEN_WARNINGS[0])
    finally:
        qInstallMessageHandler(before)
    assert heard == ["Something else", application.OFFSCREEN_WARNINGS[0]]
