"""What the window remembers from one time to the next: its geometry and how things are shown, never the experiment."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QTabWidget

from visualdl.gui.actions import THEMES, Actions
from visualdl.gui.arrangement import Arrangement
from visualdl.training.pictures import RESOLUTIONS


class Memory:
    """Restores and saves the window's geometry, its parts' sizes, the page, the theme, and what is shown how finely."""

    def __init__(
        self, settings: QSettings, window: QMainWindow, arrangement: Arrangement, tabs: QTabWidget, actions: Actions
    ) -> None:
        self._settings, self._window, self._tabs, self._actions = settings, window, tabs, actions
        self._splitters = {"columns": arrangement.columns, "figures": arrangement.figures}

    def restore(self) -> None:
        """Bring back what was saved; whatever is absent or makes no sense keeps its default."""
        restores = {name: splitter.restoreState for name, splitter in self._splitters.items()}
        for key, restore in {"geometry": self._window.restoreGeometry, **restores}.items():
            value = self._settings.value(key)
            if isinstance(value, QByteArray):
                restore(value)
        for place in range(self._tabs.count()):
            if self._tabs.tabText(place) == self._settings.value("page"):
                self._tabs.setCurrentIndex(place)
        for name, action in self._actions.toggles.items():
            value = self._settings.value(f"show/{name}")
            if str(value).casefold() in ("true", "false"):
                action.setChecked(str(value).casefold() == "true")
        self._actions.full_screen.setChecked(self._window.isFullScreen())
        resolution = self._settings.value("resolution")
        if resolution in RESOLUTIONS:
            self._actions.resolutions[resolution].setChecked(True)
        theme = self._settings.value("theme")
        if theme in THEMES:
            self._actions.themes[theme].setChecked(True)

    def save(self) -> None:
        """Save all of it. Where nothing can be written, nothing is remembered."""
        self._settings.setValue("geometry", self._window.saveGeometry())
        for name, splitter in self._splitters.items():
            self._settings.setValue(name, splitter.saveState())
        self._settings.setValue("page", self._tabs.tabText(self._tabs.currentIndex()))
        for name, action in self._actions.toggles.items():
            self._settings.setValue(f"show/{name}", action.isChecked())
        self._settings.setValue("resolution", self._actions.resolution_name())
        self._settings.setValue("theme", self._actions.theme_name())
