"""What remembers a window, with settings of a test's own."""

from PySide6.QtWidgets import QTabWidget

from visualdl.gui.actions import Actions
from visualdl.gui.window.window_layout import WindowLayout
from visualdl.gui.window.window_settings import WindowSettings


def memory_of(window, settings):
    """Return a memory that saves a window in `settings`, and restores it from there."""
    parts = [window.findChild(kind) for kind in (WindowLayout, QTabWidget, Actions)]
    return WindowSettings(settings, window, *parts)
