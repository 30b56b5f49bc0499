"""Work that would hold the window up goes on beside it, one piece at a time, and ends in a result or in a sentence."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QThread, Signal


class BackgroundTask(QThread):
    """A thread for one piece of work after another; `begin` gives up the result of the one before.

    `done` carries what the latest piece returned, `refused` the text of a ValueError that it raised. Of any other
    exception `refused` says so, and it is raised again in the thread of whoever waits, to be reported. Whoever makes
    it calls `close` in the end.
    """

    done = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: Callable[[], object] | None = None
        self._work: Callable[[], object] | None = None
        self._tell_result: Callable[[], object] | None = None
        self._closed = False
        self.finished.connect(self._tell)

    def begin(self, work: Callable[[], object]) -> None:
        """Do some work; if other work is under way, do it after that."""
        self._next = work
        if not self.isRunning():
            self._start_next()

    def close(self) -> None:
        """Wait for what is under way, and tell of nothing any more."""
        self._next, self._closed = None, True
        self.wait()

    def run(self) -> None:
        """Qt's; works."""
        assert self._work is not None
        self._tell_result = None
        try:
            self._tell_result = partial(self.done.emit, self._work())
        except ValueError as error:
            self._tell_result = partial(self.refused.emit, str(error))
        except Exception as error:  # nobody hears of it in this thread
            self._tell_result = partial(self._fail, error)

    def _start_next(self) -> None:
        self._work, self._next = self._next, None
        self.start()

    def _tell(self) -> None:
        if self._closed or self.isRunning():  # the end of an earlier piece, heard of late
            return
        tell_result, self._tell_result = self._tell_result, None
        if self._next is not None:
            self._start_next()
        elif tell_result is not None:
            tell_result()

    def _fail(self, error: Exception) -> None:
        self.refused.emit(f"This ended in an unexpected error, {type(error).__name__}: {error}.")
        raise error
