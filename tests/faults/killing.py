"""`python -m tests.faults.killing` kills a process while it writes, again and again, and looks at the file after each.

The writers are loaded once; each victim is a fork of this process, killed after a time that chance gives.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from threading import Event

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.faults.writers import Writer, writers

LONGEST_LIFE = 0.05  # seconds after its first file is complete


def main() -> int:
    """Kill `--times` victims of each writer, print what was found; return how many files were neither old nor new."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.killing", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="how many victims each writer has")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    broken = 0
    print(f"{'what was written':18}{'killed':>8}{'while':>8}{'old or new':>12}{'left beside':>13}", flush=True)
    for writer in writers():
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            file = Path(folder) / f"file{writer.suffix}"
            chance = Random(f"{options.seed} {writer.name}")
            whole = meanwhile = 0
            for _ in range(options.times):
                meanwhile += kill_one(writer, file, chance.uniform(0, LONGEST_LIFE))
                whole += is_whole(writer, file)
            left = sum(each != file for each in Path(folder).iterdir())
        print(f"{writer.name:18}{options.times:8}{meanwhile:8}{whole:12}{left:13}", flush=True)
        broken += options.times - whole
    return broken


def kill_one(writer: Writer, file: Path, seconds: float) -> bool:
    """Fork a process that writes on and on, and kill it; say whether it was in the middle of a file."""
    reading, writing = os.pipe()
    victim = os.fork()
    if victim == 0:
        for number in range(1_000_000):
            os.write(writing, b"(")
            writer.write(file, number % 2)
            os.write(writing, b")")
        os._exit(0)
    os.close(writing)
    while os.read(reading, 1) != b")":  # its first file is there
        pass
    Event().wait(seconds)
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    _remove_unsigned_lock(file)
    signs = b""
    while part := os.read(reading, 65536):
        signs += part
    os.close(reading)
    return signs.endswith(b"(")


def _remove_unsigned_lock(file: Path) -> None:
    """Spare Qt's settings the 30 s that they wait for a lock without a process's number; the window does so, too."""
    lock = Path(f"{file}.lock")
    if lock.exists() and not lock.stat().st_size:
        lock.unlink()


def is_whole(writer: Writer, file: Path) -> bool:
    """Say whether the file is one of the writer's two contents, and say on the terminal what else it is."""
    try:
        return writer.read(file) in (0, 1)
    except Exception as error:
        print(f"{writer.name}: {type(error).__name__}: {error}")
        return False


if __name__ == "__main__":
    start = time.perf_counter()
    code = main()
    print(f"{time.perf_counter() - start:.0f} s")
    sys.exit(code != 0)
