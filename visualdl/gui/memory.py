"""What the window remembers from one time to the next: its geometry and how things are shown, never the experiment."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from visualdl.gui.actions import THEMES, Actions


class Memory:
    """Restores and saves the window's geometry, its columns, the theme and the switches of what is shown."""

    def __init__(self, settings: QSettings, window: QMainWindow, splitter: QSplitter, actions: Actions) -> None:
        self._settings, self._window, self._splitter, self._actions = settings, window, splitter, actions

    def restore(self) -> None:
        """Bring back what was saved; whatever is absent or makes no sense keeps its default."""
        for key, restore in (
            ("geometry", self._window.restoreGeometry),
            ("columns", self._splitter.restoreState),
        ):
            value = self._settings.value(key)
            if isinstance(value, QByteArray):
                restore(value)
        for name, action in self._actions.toggles.items():
            value = self._settings.value(f"show/{name}")
            if str(value).casefold() in ("true", "false"):
                action.setChecked(str(value).casefold() == "true")
        self._actions.full_screen.setChecked(self._window.isFullScreen())
        theme = self._settings.value("theme")
        if theme in THEMES:
            self._actions.themes[theme].setChecked(True)

    def save(self) -> None:
        """Save all of it. Where nothing can be written, nothing is remembered."""
        self._settings.setValue("geometry", self._window.saveGeometry())
        self._settings.setValue("columns", self._splitter.saveState())
        for name, action in self._actions.toggles.items():
            self._settings.setValue(f"show/{name}", action.isChecked())
        self._settings.setValue("theme", self._actions.theme_name())
