"""A file appears under its name once it is complete: whoever looks finds the old one or the new one, never a part."""

import errno
import hashlib
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl


def destination(file: Path) -> Path:
    """Return the file that a write to `file` makes or replaces: itself, or what it links to.

    Raises OSError for links that lead to each other, and for what is there and is no file, such as a folder or device.
    """
    try:
        target = file.resolve()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "It is there and is no file to write to")
    return target


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` to `file`, whole or not at all. Raises OSError where that is impossible.

    A process that is killed while it writes leaves a hidden part beside the file; the next write removes it.
    """
    file = destination(file)
    part, stream = _new_part(file)
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            if sys.platform == "win32":
                stream.close()  # Windows gives no open file another name
            os.replace(part, file)  # before its lock is gone
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _remove_leftovers(file)


def _new_part(file: Path) -> tuple[Path, BinaryIO]:
    """Return a new file beside `file`, which nobody takes for a leftover as long as it is open, and its stream."""
    while True:
        part = file.with_name(f"{_start(file)}{secrets.token_hex(8)}.part")
        stream = part.open("xb")
        with suppress(OSError):  # there are disks without locks: on these, leftovers stay
            _lock(stream)
        if part.exists():  # otherwise it was taken for one before it was locked
            return part, stream
        stream.close()


def _remove_leftovers(file: Path) -> None:
    """Remove the parts of `file` that no living process writes: whose lock is to be had. They are no reason to fail."""
    if sys.platform == "win32":  # where what is locked cannot be renamed
        return
    with suppress(OSError):
        for part in [each for each in file.parent.glob(f"{_start(file)}*.part") if each.is_file()]:
            with suppress(OSError), part.open("r+b") as stream:
                _lock(stream, at_once=True)
                part.unlink()


def _start(file: Path) -> str:
    """Return what the names of a file's parts begin with: the longest name has no room for more."""
    return f".{hashlib.sha256(os.fsencode(file.name)).hexdigest()[:16]}-"


def _lock(stream: BinaryIO, at_once: bool = False) -> None:
    """Lock the file until the stream is closed or the process is dead; raise OSError if that cannot be done at once."""
    if sys.platform != "win32":
        fcntl.flock(stream, fcntl.LOCK_EX | (fcntl.LOCK_NB if at_once else 0))
