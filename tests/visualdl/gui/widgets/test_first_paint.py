"""What waits for a window's first paint is done after it, once, and even if it never comes."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualdl.gui.measuring.gauges import live
from visualdl.gui.widgets import first_paint
from visualdl.gui.widgets.first_paint import FirstPaint
from visualdl.gui.window.main_window import MainWindow


class Window(QWidget):
    """Takes down its paints, and what waits for the first of them."""

    def __init__(self):
        super().__init__()
        self.seen = []
        FirstPaint(self, lambda: self.seen.append("act"))

    def paintEvent(self, _event):  # noqa: N802
        self.seen.append("paint")


@pytest.fixture
def open_window(qtbot):
    def open_window():
        window = Window()
        qtbot.addWidget(window)
        return window

    return open_window


def test_it_comes_once_and_after_the_paint(open_window, qtbot):
    window = open_window()
    window.show()
    assert window.seen == []
    qtbot.waitUntil(lambda: "act" in window.seen)
    window.update()
    live(0.05)
    assert window.seen[0] == "paint"
    assert window.seen.count("act") == 1


def test_a_window_that_is_painted_already_is_not_waited_for(open_window, qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "LONGEST_WAIT", 600_000)
    window = open_window()
    window.show()
    qtbot.waitUntil(lambda: "act" in window.seen)
    FirstPaint(window, lambda: window.seen.append("another act"))
    qtbot.waitUntil(lambda: "another act" in window.seen)


def test_a_window_that_nobody_shows_is_not_waited_for(open_window, qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "LONGEST_WAIT", 600_000)
    window = open_window()
    window.winId()  # as to restore its place
    assert window.seen == []
    qtbot.waitUntil(lambda: window.seen == ["act"])


@pytest.fixture
def unexposed(open_window, monkeypatch):
    """Return a window that is shown, and yet not on any screen, as on another desktop."""
    monkeypatch.setattr(Window, "isVisible", lambda _window: True)
    monkeypatch.setattr(first_paint, "LONGEST_WAIT", 300)

    def open_unexposed():
        window = open_window()
        window.winId()
        return window

    return open_unexposed


def test_a_window_that_is_never_painted_is_not_waited_for_without_end(unexposed, qtbot):
    window = unexposed()
    live(0.05)
    assert window.seen == []
    qtbot.waitUntil(lambda: window.seen == ["act"])


def test_a_window_that_comes_to_the_screen_later_is_waited_for(unexposed, qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "LONGEST_WAIT", 600_000)
    window = unexposed()
    live(0.05)
    QGuiApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.Expose))  # it is still on no screen
    live(0.05)
    assert window.seen == []
    window.show()
    qtbot.waitUntil(lambda: "act" in window.seen)
    assert window.seen[0] == "paint"


def test_the_paint_that_it_hears_of_is_done_first(unexposed, qtbot):
    window = unexposed()
    live(0.05)
    QGuiApplication.sendEvent(window.windowHandle(), QPaintEvent(window.rect()))
    assert window.seen == []
    qtbot.waitUntil(lambda: window.seen == ["act"])


def test_a_window_that_nobody_keeps_takes_it_along(qapp):
    seen, window = [], QWidget()
    FirstPaint(window, lambda: seen.append("act"))
    del window
    live(0.05)
    assert seen == []


class PaintsSeen(QObject):
    """Says for each paint of a window whether its training thread runs."""

    def __init__(self, window):
        super().__init__(window)
        self.running = []

    def eventFilter(self, window, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.running.append(window._client.is_running())
        return False


def test_the_main_window_loads_torch_after_it_and_forgets_nothing_meanwhile(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    paints = PaintsSeen(window)
    window.installEventFilter(paints)
    window.set_training(True)
    window.show()
    qtbot.waitUntil(lambda: window.snapshot is not None and window.snapshot.step > 0, timeout=20_000)
    window.close()
    assert paints.running[0] is False


def test_a_main_window_that_is_closed_before_it_loads_nothing(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.close()
    live(0.05)
    assert not window._client.is_running()
