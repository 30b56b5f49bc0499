"""What was needed for a moment is the system's again, in every thread."""

import platform
import subprocess
import sys

import pytest

PROCESS = """
import threading
import psutil
from visualdl.allocator import keep_little

def need_much_for_a_moment():
    for megabytes in (30, 20):  # a freed block is what glibc learns from how much to keep
        bytearray(megabytes * 1_000_000)
    after.append(psutil.Process().memory_info().rss)

keep_little()
before, after = psutil.Process().memory_info().rss, []
thread = threading.Thread(target=need_much_for_a_moment)
thread.start()
thread.join()
print((after[0] - before) / 1e6)
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only glibc keeps what was freed, and can be asked not to"
)
def test_a_thread_keeps_little_of_what_it_has_freed():
    grown = subprocess.run([sys.executable, "-c", PROCESS], capture_output=True, text=True, check=True).stdout
    assert float(grown) < 8
