"""One window for many tests: it is brought back to what it was when it was new, and thrown away where it cannot be.

A window takes half a second to build. Whether it is as it was, `state_of` says: every widget, every switch, every
number of the run and each pixel. A test may do to it whatever it likes.
"""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QSplitter,
    QTabWidget,
    QWidget,
)

from visualdl.gui.actions import TOGGLES
from visualdl.gui.views.plots.plot import Plot
from visualdl.gui.window.main_window import MainWindow

READERS = (
    (QAbstractButton, lambda button: (button.text(), button.isChecked())),
    (QComboBox, lambda box: [box.itemText(index) for index in range(box.count())] + [box.currentIndex()]),
    (QLineEdit, QLineEdit.text),
    (QLabel, QLabel.text),
    (QTabWidget, QTabWidget.currentIndex),
    (QAbstractItemView, lambda view: view.model() and (view.model().rowCount(), view.model().columnCount())),
)
LAYOUT_READERS = (
    (QAbstractSlider, lambda slider: (slider.minimum(), slider.value(), slider.maximum())),
    (QSplitter, lambda splitter: splitter.saveState().data()),
    (Plot, lambda plot: plot.box.viewRange()),
)


def state_of(window):
    """All that a test could find changed, by name: values that can be compared."""
    state = {
        f"{number}: {type(widget).__name__} {widget.accessibleName()!r}": _widget_state(widget, window)
        for number, widget in enumerate(window.findChildren(QWidget))
    }
    for action in [*window._actions.children(), *window._own_data.edits.classes, *window._history.children()]:
        if hasattr(action, "shortcut"):
            shown = action.text(), action.toolTip(), action.shortcut().toString()
            state[f"action {action.text()}"] = (*shown, action.isChecked(), action.isEnabled())
    frame, client = window.frame, window._client
    for field in fields(frame.snapshot):
        state[f"snapshot {field.name}"] = _comparable(getattr(frame.snapshot, field.name))
    state["run"] = _comparable(frame.curves), frame.playback.advancing, frame.seeds
    state["client"] = client.experiment, client.request, client.keep_weights, client._speed
    state["window"] = window.geometry(), window.windowState(), window._training, window._appearance.theme
    state["memory"] = window._own_data._kept, window._history._made, window._history._undone
    state["picture"] = window.grab().toImage()
    return state


def _widget_state(widget, window):
    state = [widget.isVisibleTo(window), widget.isEnabledTo(window), widget.toolTip()]
    state += [read(widget) for kind, read in READERS if isinstance(widget, kind)]
    if widget.isVisibleTo(window):  # else it is laid out when it is shown
        state += [widget.geometry()]
        state += [read(widget) for kind, read in LAYOUT_READERS if isinstance(widget, kind)]
    return state


def _comparable(value):
    """A value of which equality can be asked: arrays as their bytes."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype, value.tobytes()
    if isinstance(value, Mapping):
        return {key: _comparable(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_comparable(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return type(value), [_comparable(getattr(value, field.name)) for field in fields(value)]
    return value


class Lender:
    """Lends a window to one test after the other: a new one, or one of which nothing says that it is not new."""

    def __init__(self, folder, kept_threads):
        self._folder, self._kept_threads = folder, kept_threads
        self._window, self._experiment, self._built = None, None, 0

    def lend(self, qtbot, experiment):
        """Return a shown, active window at rest with a run of `experiment` that has just begun.

        `first_run` is that run's number.
        """
        if self._window is None or self._experiment != experiment:
            self.put_away()
            self._build(qtbot, experiment)
        self._window.activateWindow()
        qtbot.waitUntil(self._window.isActiveWindow)
        self._window.first_run = self._window.frame.run
        return self._window

    def take_back(self, qtbot):
        """Bring the window back to what it was; if that is impossible, close it."""
        if self._window is None:
            return
        if not self._window.isVisible() or self._window.frame.seeds is not None:  # seeds stay with their window
            self.put_away()
            return
        try:
            self._restore(qtbot)
        except BaseException:
            self.put_away()
            raise
        if not self.is_as_new():
            self.put_away()

    def is_as_new(self):
        """Say whether the window is in the state that it had when it was new."""
        return state_of(self._window) == self._fresh

    def put_away(self):
        """Close the window, if there is one."""
        if self._window is None:
            return
        thread = self._window._client._thread
        self._window.close()
        self._window.deleteLater()
        QApplication.sendPostedEvents(self._window, QEvent.Type.DeferredDelete)
        self._window = None
        assert thread.isFinished()
        self._kept_threads.discard(thread)

    def _build(self, qtbot, experiment):
        self._built += 1
        settings = QSettings(str(self._folder / f"{self._built}.ini"), QSettings.Format.IniFormat)
        self._window, self._experiment = MainWindow(experiment, settings=settings), experiment
        self._kept_threads.add(self._window._client._thread)
        self._window.show()
        self._wait(qtbot)
        self._sizes = {each: each.saveState() for each in self._window.findChildren(QSplitter)}
        self._speed, self._size = self._window._transport.speed(), self._window.size()
        self._restore(qtbot)  # what is laid out for the second time may be another pixel wide
        self._fresh = state_of(self._window)

    def _wait(self, qtbot):
        window = self._window
        qtbot.waitUntil(lambda: window.snapshot is not None and window._client.is_at_rest(), timeout=20_000)
        QApplication.processEvents()

    def _restore(self, qtbot):
        window, actions = self._window, self._window._actions
        for dialog in window.findChildren(QDialog):
            dialog.reject()
        if QApplication.focusWidget() is not None:
            QApplication.focusWidget().clearFocus()
        window._own_data.edits.mode.setChecked(False)
        window.set_training(False)
        for name, (_, _, _, on, _) in TOGGLES.items():
            actions.toggles[name].setChecked(on)
        actions.resolutions["Usual"].trigger()
        if actions.theme_name() != "System":  # dressing all parts takes as long as the rest of this
            window.set_theme_name("System")
        window.show_page("Network")
        window.resize(self._size)
        for splitter, sizes in self._sizes.items():
            splitter.restoreState(sizes)
        window.set_speed(self._speed)
        window._preset_note.hide()
        window._status.clearMessage()
        window._message_bar.show_message("")
        for plot in window.findChildren(Plot):
            QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
        window._begin(self._experiment)
        self._wait(qtbot)
        actions.reset_zoom.trigger()


@pytest.fixture(scope="module")
def lender(qapp, tmp_path_factory, kept_threads):
    lender = Lender(tmp_path_factory.mktemp("settings"), kept_threads)
    yield lender
    lender.put_away()


@pytest.fixture
def lend(qtbot, lender):
    """Return what lends the test a window of an experiment; it is taken back afterwards."""
    yield lambda experiment: lender.lend(qtbot, experiment)
    lender.take_back(qtbot)
