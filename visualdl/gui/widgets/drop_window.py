"""A window on which things are dropped."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow


class DropWindow(QMainWindow):
    """Takes files and texts: `dropped` carries the paths of what was dropped, and its text if there are no files.

    It has no event filter, which each event of each frame would have to pass.
    """

    dropped = Signal(list, str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's; takes what can be dropped."""
        if _files(event) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt's; tells what was dropped."""
        files = _files(event)
        event.acceptProposedAction()
        self.dropped.emit(files, "" if files else event.mimeData().text())


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
