"""The appearance: which theme is chosen, light or dark, and that the application and all its parts wear it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from visualdl.gui.actions import Actions
from visualdl.gui.theme import DARK, Theme, apply_to_application, chosen_theme


class Themed(Protocol):
    """A part of the window that has colours of its own."""

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""


class Appearance(QObject):
    """Gives `parts` the theme that is chosen among the themes of `actions`, or by the system where that is chosen.

    Where the actions say so, its maps show the sign of a value alone.
    """

    def __init__(self, actions: Actions, parts: Iterable[Themed], parent: QObject) -> None:
        super().__init__(parent)
        self.theme = chosen_theme("System")
        self._actions, self._parts = actions, tuple(parts)
        for action in actions.themes.values():
            action.triggered.connect(self.choose)
        actions.toggles["discrete"].toggled.connect(self._dress)
        actions.switch_theme.triggered.connect(self._switch)
        QApplication.styleHints().colorSchemeChanged.connect(self.choose)

    def choose(self) -> None:
        """Take over the chosen theme."""
        self.theme = chosen_theme(self._actions.theme_name())
        apply_to_application(self.theme)
        self._dress()

    def _dress(self) -> None:
        discrete = self._actions.toggles["discrete"].isChecked()
        theme = replace(self.theme, discrete=True) if discrete else self.theme
        for part in self._parts:
            part.set_theme(theme)

    def _switch(self) -> None:
        self._actions.themes["Light" if self.theme is DARK else "Dark"].trigger()
