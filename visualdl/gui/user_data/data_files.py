"""Data that comes from outside, by file, drop or clipboard, and goes out again as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from visualdl.data.own_data import OwnData, to_csv
from visualdl.data.table import Table
from visualdl.data.table_reader import read_file, read_text
from visualdl.gui.engine.background_task import BackgroundTask
from visualdl.gui.theme import Theme
from visualdl.gui.user_data.files import TABLES, Files
from visualdl.gui.user_data.import_dialog import ImportDialog, suggested
from visualdl.gui.widgets.drop_window import DropWindow

READABLE = "Tables (*.csv *.tsv *.txt *.npy *.npz);;All files (*)"


class DataFiles(QObject):
    """Reads tables beside the window, and asks in a dialog for their columns; `imported` carries the OwnData.

    `tell` is given a sentence about what goes on, `complain` one about each table that cannot be read. What is dropped
    on `window` is imported, too. Whoever makes it calls `close` in the end.
    """

    imported = Signal(object)

    def __init__(
        self,
        window: DropWindow,
        files: Files,
        theme: Theme,
        *,
        tell: Callable[[str], object],
        complain: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window, self._files, self._theme = window, files, theme
        self._tell, self._complain = tell, complain
        self._work = BackgroundTask(self)
        self._work.done.connect(self._ask)
        self._work.refused.connect(self._refuse)
        self.import_ = self._action("Import data …", "Ctrl+I", "Learn from the points in a file")
        self.import_.triggered.connect(lambda: self.import_file())
        self.paste = self._action(
            "Paste data", QKeySequence.StandardKey.Paste, "Learn from the points in a copied table"
        )
        self.paste.triggered.connect(self._paste)
        self.export = self._action("Export data …", "Ctrl+E", "Write the points to a file")
        window.dropped.connect(self._take_dropped)

    def import_file(self, file: Path | None = None) -> None:
        """Read `file`, or one that the user chooses."""
        if file is None:
            chosen, _ = QFileDialog.getOpenFileName(self._window, "Import data", "", READABLE)
            if not chosen:
                return
            file = Path(chosen)
        self._tell(f"Reading {file.name} …")
        self._work.begin(partial(_read, file))

    def export_data(self, own: OwnData, file: Path | None = None) -> None:
        """Write points to `file`, or to one that the user chooses; importing it gives the same points."""
        self.export_table(to_csv(in_order_of_classes(own)), file)

    def export_table(self, text: str, file: Path | None = None) -> None:
        """Write a table of points, as CSV, to `file`, or to one that the user chooses."""
        self._files.save_text(text, "The data", "Export data", "points", TABLES, file)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme

    def close(self) -> None:
        """Stop reading."""
        self._work.close()

    def _take_dropped(self, files: list[Path], text: str) -> None:
        if len(files) > 1:
            self._complain(f"Drop one file of data at a time, not {len(files)}.")
        elif files:
            self.import_file(files[0])
        else:
            self._work.begin(partial(_read_text, text, "The dropped text"))

    def _paste(self) -> None:
        text = QApplication.clipboard().text()
        if text.strip():
            self._work.begin(partial(_read_text, text, "The clipboard"))
        else:
            self._complain("The clipboard holds no text; copy a table with two columns of numbers and one of labels.")

    def _refuse(self, sentence: str) -> None:
        self._tell("")
        self._complain(sentence)

    def _ask(self, found: tuple[Table, tuple[str, str, str]]) -> None:
        self._tell("")
        dialog = ImportDialog(*found, self._theme, self._window)
        dialog.accepted.connect(lambda: self.imported.emit(dialog.data))
        dialog.open()

    def _action(self, text: str, keys: str | QKeySequence.StandardKey, tip: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{tip} ({action.shortcut().toString()})")
        return action


def in_order_of_classes(own: OwnData) -> OwnData:
    """Return the same points, in an order in which class 0 appears first, then class 1: so a reader numbers them."""
    _, firsts = np.unique(own.labels, return_index=True)
    if (np.diff(firsts) > 0).all():
        return own
    order = np.concatenate([firsts, np.setdiff1d(np.arange(len(own)), firsts)])
    return OwnData(own.positions[order], own.labels[order], own.classes, own.columns, own.frame)


def _read(file: Path) -> tuple[Table, tuple[str, str, str]]:
    try:
        return suggested(read_file(file))
    except OSError as error:
        raise ValueError(f"{file.name} could not be opened: {error.strerror}.") from error


def _read_text(text: str, source: str) -> tuple[Table, tuple[str, str, str]]:
    return suggested(read_text(text, source))
