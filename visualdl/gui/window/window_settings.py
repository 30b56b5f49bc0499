"""What the window remembers from one time to the next: where it stood, how its parts were divided, what it showed.

All of it is plain text: letters, digits and spaces. Qt itself would write bytes as "@ByteArray(...)" and read back any
such form that it finds; a damaged one with a large number in it ends the process, and one can hold pickled objects.
"""

import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QTabWidget

from visualdl.gui.actions import THEMES, Actions
from visualdl.gui.window.window_layout import WindowLayout
from visualdl.training.values.snapshot_request import RESOLUTIONS

LARGEST_FILE = 100_000  # bytes; ours has a thousand
LARGEST_PART = 20_000  # pixels
DIVISIONS = {"division/with_pages": True, "division/without_pages": False}
LONGEST_LOCKING = 2.0  # seconds; a living process needs some microseconds to write who locks
FORMS = b'@\\"'  # what begins a form of Qt's own, or hides one


def user_settings() -> QSettings:
    """Return the user's own settings: a file of text on every system."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "visualdl", "visualdl")


class WindowSettings:
    """Restores and saves the window's geometry, its parts' sizes, the page, the theme, and what is shown how finely."""

    def __init__(
        self, settings: QSettings, window: QMainWindow, arrangement: WindowLayout, tabs: QTabWidget, actions: Actions
    ) -> None:
        self._settings, self._window, self._tabs, self._actions = settings, window, tabs, actions
        self._usable = True
        self._arrangement = arrangement

    def restore(self) -> None:
        """Bring back what was saved; whatever is absent or makes no sense keeps its default."""
        self._usable = self._is_plain() or self._begin_anew()
        if not self._usable:
            return
        self._restore_geometry(self._bytes("geometry"))
        for place in range(self._tabs.count()):
            if self._tabs.tabText(place) == self._settings.value("page"):
                self._tabs.setCurrentIndex(place)
        for name, action in self._actions.toggles.items():
            value = self._settings.value(f"show/{name}")
            if str(value).casefold() in ("true", "false"):
                action.setChecked(str(value).casefold() == "true")
        for name, with_pages in DIVISIONS.items():  # after the pages are shown or not
            self._restore_sizes(str(self._settings.value(name, "")), with_pages=with_pages)
        self._actions.full_screen.setChecked(self._window.isFullScreen())
        resolution = self._settings.value("resolution")
        if isinstance(resolution, str) and resolution in RESOLUTIONS:  # a damaged file may hold a list
            self._actions.resolutions[resolution].setChecked(True)
        theme = self._settings.value("theme")
        if theme in THEMES:
            self._actions.themes[theme].setChecked(True)

    def _is_plain(self) -> bool:
        """Say whether there is nothing in the file that Qt would not read as mere text, nor more than is ours."""
        try:
            with Path(self._settings.fileName()).open("rb") as stream:
                content = stream.read(LARGEST_FILE)
        except OSError:  # it is not there yet, or cannot be read: then Qt cannot either
            return True
        return len(content) < LARGEST_FILE and not any(sign in content for sign in FORMS)

    def _begin_anew(self) -> bool:
        """Have Qt forget what it has found in the file, whose values it must never look at; say whether it did."""
        try:
            Path(self._settings.fileName()).unlink()
        except OSError:
            return False
        self._settings.sync()
        return True

    def _bytes(self, key: str) -> bytes:
        try:
            return bytes.fromhex(str(self._settings.value(key, "")))
        except ValueError:
            return b""

    def _restore_sizes(self, saved: str, *, with_pages: bool) -> None:
        """Divide the window as it was, if that is a size for each part."""
        with suppress(ValueError):
            sizes = [int(size) for size in saved.split()]
            if any(sizes) and all(0 <= size <= LARGEST_PART for size in sizes):
                self._arrangement.divide(sizes, with_pages=with_pages)

    def _restore_geometry(self, saved: bytes) -> None:
        """Put the window where it was, unless that is a place where nobody would find it."""
        before = self._window.geometry()
        self._window.restoreGeometry(QByteArray(saved))
        now, desktop = self._window.geometry(), self._window.screen().virtualGeometry()
        if not (now.intersects(desktop) and now.size() == now.size().boundedTo(desktop.size())):
            self._window.setGeometry(before)

    def _remove_empty_lock(self) -> None:
        """Remove the lock of a process that was killed before it had written its number: Qt waits 30 s for that one."""
        lock = Path(f"{self._settings.fileName()}.lock")
        with suppress(OSError):
            found = lock.stat()
            if found.st_size == 0 and time.time() - found.st_mtime > LONGEST_LOCKING:
                lock.unlink()

    def save(self) -> None:
        """Save all of it. Where nothing can be written, nothing is remembered."""
        if not self._usable:
            return
        self._remove_empty_lock()
        self._settings.setValue("geometry", self._window.saveGeometry().data().hex())
        for name, with_pages in DIVISIONS.items():
            sizes = self._arrangement.sizes(with_pages=with_pages)
            self._settings.setValue(name, " ".join(map(str, sizes)))
        self._settings.setValue("page", self._tabs.tabText(self._tabs.currentIndex()))
        for name, action in self._actions.toggles.items():
            self._settings.setValue(f"show/{name}", action.isChecked())
        self._settings.setValue("resolution", self._actions.resolution_name())
        self._settings.setValue("theme", self._actions.theme_name())
        self._settings.sync()  # not later: whoever lent the file may take it away now
