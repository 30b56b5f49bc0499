"""What the window remembers: a file that another version, a full disk or an editor may have damaged."""

from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QSettings

from tests.fuzz.damage import PIECES, damaged
from tests.visualdl.gui.remembering import memory_of
from visualdl.gui.actions import Actions
from visualdl.gui.application import make_application
from visualdl.gui.window.main_window import MainWindow

VALUES = (
    *(
        "a, b",
        "@Invalid()",
        "@ByteArray()",
        "@ByteArray(\\0\\xff\\xff)",
        "@Rect(0 0 9999999 1)",
        "@Size(-1 -1)",
        "true",
    ),
    *(
        "@Variant(\\0\\0\\0\\x7f)",
        "@Variant(\\0\\0\\0\\x8\\0\\0\\0\\0\\x1)",
        "@Variant(\\0\\0\\0\\t\\xff\\xff\\xff\\xff)",
    ),
    *(
        "00ff00ff",
        "7fffffff" * 9,
        "\\x40Variant(\\0\\0\\0\\t\\xff\\xff\\x3\\0)",
        "@Variant(\\0\\0\\0\\t\\xff\\xff\\x3\\0)",
    ),
    *("@String(x)", "@DateTime(\\0)", '"', "\\", "\\x110000", "Dark", "Finest", "yes", "1e999", "@Point(1 2)", "@@x"),
)
KEYS = ("geometry", "columns", "figures", "page", "show\\log_loss", "show\\pages", "resolution", "theme", "unknown")


def reader_of_settings(folder: Path) -> tuple[Any, Any, Any]:
    """Return what makes settings in bytes, what lets a window remember them, and what closes that window."""
    make_application()
    file = folder / "settings.ini"
    window = MainWindow(settings=QSettings(str(file), QSettings.Format.IniFormat))
    actions = window.findChild(Actions)
    memory_of(window, QSettings(str(file), QSettings.Format.IniFormat)).save()
    good = file.read_bytes()

    def make(chance: Random) -> bytes:
        lines = [line for line in good.split(b"\n") if line]
        for _ in range(chance.randint(0, 4)):
            value = chance.choice((*VALUES, *VALUES, *PIECES))
            line = f"{chance.choice(KEYS)}={value}".encode("utf-8", "replace")
            lines[chance.randrange(len(lines))] = line
        content = b"\n".join((b"[General]", *lines))
        return damaged(content, chance) if chance.random() < 0.6 else content

    numbers = count()

    def read(content: bytes) -> object:
        file = folder / f"settings{next(numbers)}.ini"  # of one file, Qt keeps what it has read already
        file.write_bytes(content)
        memory_of(window, QSettings(str(file), QSettings.Format.IniFormat)).restore()
        file.unlink(missing_ok=True)
        assert actions.theme_name()
        assert actions.resolution_name()
        assert window.geometry().intersects(window.screen().virtualGeometry()), "the window cannot be seen"
        assert max(window.width(), window.height()) < 20_000, "the window is huge"
        return window

    def close() -> None:
        window.close()
        window.deleteLater()

    return make, read, close
