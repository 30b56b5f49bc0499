"""`python -m tests.fuzz` reads ten thousand cases with each reader, in a process of its own, and prints a table."""

import argparse
import faulthandler
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LONGEST = 3600  # seconds without end: then it hangs


def main() -> int:
    """Run all readers, or the one that is named; return how many broke a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases each reader is given")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--reader", help="this reader alone")
    options = parser.parse_args()
    if options.reader:
        return _run(options.reader, range(options.first, options.first + options.cases))
    from tests.fuzz.readers import NAMES

    print(f"{'reader':14}{'cases':>8}{'refused':>9}{'read':>8}{'slowest ms':>12}{'memory MB':>11}", flush=True)
    command = [sys.executable, "-m", "tests.fuzz", "--cases", str(options.cases), "--first", str(options.first)]
    return sum(subprocess.run([*command, "--reader", name]).returncode != 0 for name in NAMES)


def _run(name: str, numbers: range) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    from tests.fuzz.readers import reader
    from tests.fuzz.trial import BrokenPromiseError, run

    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        with reader(name, Path(folder)) as found:
            try:
                result = run(found, numbers)
            except BrokenPromiseError as error:
                print(f"{name:14}{error}")
                return 1
    read = result.cases - result.refused
    print(
        f"{name:14}{result.cases:8,}{result.refused:9,}{read:8,}{1000 * result.slowest:12.0f}{result.memory:11.0f}",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
