"""Whatever complains while somebody listens is taken down, and nothing of it reaches anybody else."""

import threading
import warnings

import pytest
from PySide6.QtCore import QTimer, qDebug, qWarning
from PySide6.QtWidgets import QWidget

from tests.soak.complaints import CALLERS, MOST, listening
from visualdl.gui.measuring.gauges import live


class Dying:
    """Raises when it is collected, where nobody can catch it."""

    def __del__(self):
        raise LookupError("in the end")


def in_a_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def in_the_event_loop():
    QTimer.singleShot(0, lambda: {}["no such key"])
    live(0.02)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (in_the_event_loop, "KeyError: 'no such key'"),
        (in_a_thread, "ZeroDivisionError: division by zero"),
        (Dying, "LookupError: in the end"),
        (lambda: qWarning("a warning of Qt"), "Qt: a warning of Qt"),
        (lambda: warnings.warn("old", DeprecationWarning, stacklevel=1), "DeprecationWarning: old"),
    ],
)
def test_every_complaint_is_taken_down(qapp, capsys, act, said):
    with listening() as complaints:
        act()
    assert len(complaints) == 1
    assert said in complaints[0]
    assert capsys.readouterr().err == ""


def test_what_is_no_complaint_is_not(qapp):
    with listening() as complaints:
        qDebug("by the way")
    assert complaints == []


def test_that_the_offscreen_platform_has_no_window_manager_is_no_complaint(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with listening() as complaints:
        window.show()
        window.raise_()  # as Qt does with each hint that comes up
    assert complaints == []


def test_a_message_of_qt_is_told_with_the_latest_calls_of_python(qapp):
    def one(depth):
        other(depth - 1) if depth else qWarning("a warning of Qt")

    def other(depth):
        one(depth - 1)  # one alone would be told as repeated

    with listening() as complaints:
        one(2 * CALLERS)
    first, *calls = complaints[0].splitlines()
    assert first == "Qt: a warning of Qt"
    assert [line.rpartition(" ")[2] for line in calls if "File" in line] == CALLERS // 2 * ["other", "one"]


def test_complaints_without_end_are_not_all_kept(qapp):
    with listening() as complaints:
        for number in range(2 * MOST):
            qWarning(f"{number}")
    assert len(complaints) == MOST
