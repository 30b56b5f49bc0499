"""A disk that is full: the system's own limit lets no file grow beyond a few bytes, or a small disk is filled."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Meanwhile let this process write no file of more than `size` bytes: writing on raises OSError."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Meanwhile have a file in `folder` that takes all the room that its disk has left."""
    rest = folder / "rest"
    with rest.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(bytes(4096))
    try:
        yield
    finally:
        rest.unlink()


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """Meanwhile have a disk of `size` bytes at `folder`; gives whether that was allowed: it takes root's rights."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
