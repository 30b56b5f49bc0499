"""What the C library keeps of memory that was freed: little, where it is glibc, which alone can be asked."""

import ctypes
import sys
from collections.abc import Callable

LARGEST_KEPT = 4 << 20
"""Bytes that may stay with a thread for its next block, and from which on a block is the system's own."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_little() -> None:
    """Have memory given back as it is freed, from now on.

    Left alone, glibc has each thread keep up to twice the largest block that it ever freed, at most 64 MB, and nothing
    makes it give that back: a large network that is long gone would still be paid for.
    """
    set_option = _function_of_glibc("mallopt")
    if set_option is not None:
        set_option(M_TRIM_THRESHOLD, LARGEST_KEPT)
        set_option(M_MMAP_THRESHOLD, LARGEST_KEPT)


def give_back() -> None:
    """Have memory given back at once that nobody uses, but that lies between blocks in use."""
    trim = _function_of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _function_of_glibc(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
