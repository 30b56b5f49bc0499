"""A file appears under its name once it is complete: whoever looks finds the old one or the new one, never a part."""

import errno
import os
import secrets
from pathlib import Path


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
    """Write `content` to `file`, whole or not at all. Raises OSError where that is impossible."""
    file = destination(file)
    temporary = file.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
