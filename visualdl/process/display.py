"""Whether a window can be seen and Qt can load what it needs: asked without Qt, which would abort the process."""

import ctypes
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

DEBIAN_PACKAGES = (
    "libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon-x11-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-cursor0 fonts-dejavu-core"
)
"""What Debian calls the system libraries that Qt needs on a desktop (these bring the others), and a font."""

LIBRARIES = ("libQt6Gui", "libQt6Widgets", "libQt6Svg", "libQt6OpenGLWidgets")
USUAL = {"win32": ("windows",), "darwin": ("cocoa",)}
SHOWN = ("wayland", "wayland-egl", "xcb", "windows", "cocoa")  # Qt's others show their window to nobody


def seen_platforms() -> tuple[str, ...]:
    """Return the names of Qt's platforms on which a window can be seen, in the order in which Qt tries them.

    Those that come behind one which shows nothing do not count: Qt would stay with that one.
    """
    usual = USUAL.get(sys.platform, ("wayland", "xcb"))
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    names = [entry.partition(":")[0].casefold() for entry in wanted.split(";") if entry] if wanted else usual
    return tuple(name for name in takewhile(SHOWN.__contains__, names) if _can_be_seen(name))


def missing_libraries(platforms: tuple[str, ...] = ("offscreen",)) -> tuple[str, ...]:
    """Return the names of system libraries without which Qt cannot start on any of its `platforms`.

    One library hides those that would be missed after it, so the names are a reason, not a list to install.
    """
    folder = _qt_folder()
    if folder is None:
        return ()
    missing = [name for library in LIBRARIES for name in _missing_for(folder / "lib", f"{library}.so.*")]
    plugins = [list(_missing_for(folder / "plugins" / "platforms", f"libq{name}[.-]*so")) for name in platforms]
    if plugins:
        fewest = min(plugins, key=len)
        missing += fewest
    return tuple(dict.fromkeys(missing))


def _can_be_seen(platform: str) -> bool:
    if platform.startswith("wayland"):
        return _wayland_answers()
    if platform == "xcb":
        return _x_server_answers()
    return platform in USUAL.get(sys.platform, ())


def _x_server_answers() -> bool:
    name = os.environ.get("DISPLAY")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(os.fsencode(name), None)  # never null: it carries its error
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers() -> bool:
    if os.environ.get("WAYLAND_SOCKET"):  # a connection that was made for us; to try it would be to use it up
        return True
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name and os.environ.get("XDG_SESSION_TYPE") == "wayland":
        name = "wayland-0"
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), name))
        except OSError:
            return False
    return True


def _qt_folder() -> Path | None:
    """Return where PySide6 keeps its own Qt, or None where it brings none of the kind that is looked for here."""
    specification = importlib.util.find_spec("PySide6")
    if specification is None or not specification.submodule_search_locations:
        return None
    folder = Path(specification.submodule_search_locations[0]) / "Qt"
    return folder if (folder / "lib").is_dir() and sys.platform not in ("win32", "darwin") else None


def _missing_for(folder: Path, pattern: str) -> Iterator[str]:
    for file in sorted(folder.glob(pattern)):
        try:
            ctypes.CDLL(str(file))
        except OSError as error:  # "libEGL.so.1: cannot open shared object file: No such file or directory"
            found = re.match(r"[^\s:]+", str(error))
            yield Path(found[0]).name if found else str(error)
