"""What every command has of the terminal: its output, refusals with their exit codes, progress bars and Ctrl-C."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from visualdl.process import display

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

DONE, FAILED, BAD_USE, INTERRUPTED = 0, 1, 2, 130


class RefusalError(Exception):
    """Why the program does not do what it was asked: one sentence, or none, and the exit code that goes with it."""

    def __init__(self, sentence: str, exit_code: int = BAD_USE) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def let_every_sign_pass() -> None:
    """Have stdout and stderr write what their encoding does not know as an escape, where they would raise otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def say(text: str, stream: TextIO | None) -> None:
    """Write to stdout or stderr, at once; raise RefusalError if that fails, without a word if nobody listens."""
    if stream is None:
        return
    try:
        print(text, end="", file=stream, flush=True)
    except OSError as error:
        with open(os.devnull, "wb") as nowhere:  # for at its end Python writes what is left, and complains
            os.dup2(nowhere.fileno(), stream.fileno())
        nobody_listens = isinstance(error, BrokenPipeError)
        sentence = "" if nobody_listens else f"The output could not be written: {error.strerror}."
        raise RefusalError(sentence, FAILED) from error


def progress_bar(*columns: "ProgressColumn") -> "Progress":
    """Return a progress bar on stderr, redrawn when it is told to; it shows nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(*columns, console=console, auto_refresh=False, disable=not console.is_terminal)


@contextmanager
def interrupts_held() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C wait meanwhile, where a KeyboardInterrupt would be lost, or turned into an error of a library.

    It is raised at the end, or before that by the function that this gives, which is to be called now and then.
    """
    numbers: list[int] = []

    def heed() -> None:
        if numbers:
            raise KeyboardInterrupt

    handler_before = signal.signal(signal.SIGINT, lambda number, _frame: numbers.append(number))
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, handler_before)
    heed()


def check_libraries(platforms: tuple[str, ...]) -> None:
    """Raise RefusalError, naming what is missing, if Qt cannot start on any of the `platforms`."""
    missing = display.missing_libraries(platforms)
    if missing:
        raise RefusalError(
            f"Qt cannot start without {', '.join(missing)}; on Debian and Ubuntu this installs what it needs: "
            f"apt install {display.DEBIAN_PACKAGES}",
            FAILED,
        )
