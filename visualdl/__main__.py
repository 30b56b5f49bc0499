"""`python -m visualdl` is the command `visualdl`."""

import signal
import sys

from visualdl.process.loading import without_collecting


def run() -> int:
    """Carry out the command line and return the exit code; while its parts are loaded, Ctrl-C ends the process at once.

    Python's own way with it would be a traceback, of half an import.
    """
    is_pythons = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else it is somebody's choice
    if is_pythons:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    with without_collecting():
        from visualdl.cli import main

    if is_pythons:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return main()


if __name__ == "__main__":
    sys.exit(run())
