"""A file appears under its name once it is complete: whoever looks finds the old one or the new one, never a part."""

import errno
import os
import secrets
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` to `file`, or to the file that it links to, whole or not at all.

    Raises OSError where that is impossible, and for what is there and is no file, such as a folder or a device.
    """
    try:
        file = file.resolve()
    except RuntimeError as error:  # links that lead to each other
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "It is there and is no file to write to")
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
