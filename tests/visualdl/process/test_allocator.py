"""What was needed for a moment is the system's again, in every thread, whatever was freed before."""

import platform
import subprocess
import sys

import pytest

from visualdl.process import allocator

only_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="no other library can be asked")

PROCESS = """
import threading
import psutil
from visualdl.process.allocator import give_back, keep_little

def resident():
    return psutil.Process().memory_info().rss / 1e6

def need_much_for_a_moment():
    before = resident()
    {act}
    print(resident() - before)

bytearray(30_000_000)  # from a freed block, glibc learns how much to keep
keep_little()
thread = threading.Thread(target=need_much_for_a_moment)
thread.start()
thread.join()
"""
A_LARGE_BLOCK = "large, above = bytearray(12_000_000), bytearray(100_000); del large"
MANY_SMALL_BLOCKS = "small = [bytearray(5_000_000) for _ in range(6)]; del small"
MANY_BELOW_ONE = "small = [bytearray(1_000_000) for _ in range(12)]; above = bytearray(100_000); del small"


def megabytes_kept_after(act: str) -> float:
    """Return by how many megabytes a process has grown in which a thread did this."""
    done = subprocess.run([sys.executable, "-c", PROCESS.format(act=act)], capture_output=True, text=True, check=True)
    return float(done.stdout)


@only_glibc
@pytest.mark.parametrize("act", [A_LARGE_BLOCK, MANY_SMALL_BLOCKS])
def test_a_thread_keeps_little_of_what_it_has_freed(act):
    assert megabytes_kept_after(act) < 1.1 * allocator.LARGEST_KEPT / 1e6


@only_glibc
def test_what_is_free_between_blocks_in_use_can_be_given_back():
    assert megabytes_kept_after(MANY_BELOW_ONE) > 10
    assert megabytes_kept_after(f"{MANY_BELOW_ONE}; give_back()") < 2


def test_elsewhere_nothing_is_done(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _name: pytest.fail("there is no such library"))
    allocator.keep_little()
    allocator.give_back()
