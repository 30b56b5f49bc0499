"""What the C library keeps of memory that was freed: little, if it is glibc. Elsewhere nothing is done."""

import ctypes
import sys
from collections.abc import Callable

LARGEST_KEPT = 8 << 20
"""Bytes from which on a block is given back as it is freed, and above which the free end of a heap is."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h


def keep_little() -> None:
    """Have large blocks, and large free ends of heaps, given back from now on; the same for the whole process.

    glibc's own limits grow with the largest block that any thread has freed: to 32 MB for a block, and to twice that
    for the end of each thread's heap, which `give_back` does not reach.
    """
    set_option = _function("mallopt")
    if set_option is not None:
        set_option(M_TRIM_THRESHOLD, LARGEST_KEPT)
        set_option(M_MMAP_THRESHOLD, LARGEST_KEPT)


def give_back() -> None:
    """Have what is free between blocks in use given back, and the free end of the main thread's heap."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(ctypes.c_size_t(0))


def _function(name: str) -> Callable[..., int] | None:
    """Return the C library's function of that name, where it is glibc's; None elsewhere."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
