"""A file appears under its name once it is complete: whoever looks finds the old one or the new one, never a part."""

import os
import secrets
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Write `content` to `file`, whole or not at all. Raises OSError where that is impossible."""
    folder = file.resolve().parent
    temporary = folder / f".{file.name}.{secrets.token_hex(4)}"
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
