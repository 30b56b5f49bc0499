"""Whatever Python, Qt or the window complain of meanwhile: exceptions that nothing caught, warnings, failures."""

import gc
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from visualdl.gui.application import OFFSCREEN_WARNINGS

CALLERS = 6
"""How many of Python's calls a message of Qt is told with."""

HARMLESS = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
MOST = 100
"""How many complaints are kept: one is enough to fail, and a million would fill the memory that is watched."""


def told(error: BaseException) -> str:
    """Return an exception with where it comes from, as text."""
    return "".join(traceback.format_exception(error)).strip()


def _where_python_is() -> str:
    """Return the latest calls of Python, without this module's own, as text."""
    return "".join(traceback.format_stack(limit=CALLERS + 2)[:-2])


@contextmanager
def listening() -> Iterator[list[str]]:
    """Meanwhile take down each complaint, as text; nothing of it reaches the terminal."""
    found: list[str] = []

    def complain(text: str) -> None:
        if len(found) < MOST:
            found.append(text)

    def take_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in HARMLESS and message not in OFFSCREEN_WARNINGS:
            complain(f"Qt: {message}\n{_where_python_is()}".strip())

    def take_exception(kind: type[BaseException], error: BaseException | None, trace: object) -> None:
        complain("".join(traceback.format_exception(kind, error, trace)).strip())

    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    sys.excepthook = take_exception
    sys.unraisablehook = threading.excepthook = lambda args: take_exception(
        args.exc_type, args.exc_value, args.exc_traceback
    )
    message_handler = qInstallMessageHandler(take_message)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = lambda message, kind, file, line, *_more: complain(
                f"{kind.__name__}: {message}, in {Path(file).name}, line {line}"
            )
            yield found
            gc.collect()  # what is left over complains here, not later
    finally:
        qInstallMessageHandler(message_handler)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
