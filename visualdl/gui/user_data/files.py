"""Files that the window writes and reads: asking for their names, and telling in a sentence what went wrong."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from visualdl.files.atomic_file import write_whole
from visualdl.files.seeds_csv import seeds_csv
from visualdl.files.weights_file import TrainedNetwork, read, write
from visualdl.training.values.seeds import Seeds
from visualdl.training.values.snapshot import Snapshot

WEIGHTS = ".safetensors", "Trained networks"
TABLES = ".csv", "Comma-separated values"


class Files:
    """Writes and reads files for `window`; `tell` is given a sentence about each that fails."""

    def __init__(self, window: QWidget, tell: Callable[[str], object]) -> None:
        self._window, self._tell = window, tell

    def save_weights(self, snapshot: Snapshot, file: Path | None = None) -> None:
        """Write the snapshot's network to `file`; without one, ask for it."""
        file = file or ask_where_to_save(self._window, "Save weights", "network", *WEIGHTS)
        if file is not None:
            network = TrainedNetwork(snapshot.experiment, snapshot.weights)
            self._write(file, "The weights", lambda file: write(file, network))

    def open_weights(self, file: Path | None = None) -> TrainedNetwork | None:
        """Return the network in `file`; without one, ask for it. None if there is no such network, which is told."""
        file = file or ask_which_to_open(self._window, "Open weights", *WEIGHTS)
        if file is None:
            return None
        try:
            return read(file)
        except OSError as error:
            self._tell(f"{file.name} could not be opened: {error.strerror}.")
        except ValueError as error:
            self._tell(str(error))
        return None

    def save_runs(self, seeds: Seeds, file: Path | None = None) -> None:
        """Write the runs as a table to `file`; without one, ask for it."""
        self.save_text(seeds_csv(seeds), "The runs", "Export runs", "runs", TABLES, file)

    def save_text(
        self, text: str, what: str, title: str, name: str, kind: tuple[str, str], file: Path | None = None
    ) -> None:
        """Write `text`, which is called `what`, to `file`; without one, ask for it, `name` being suggested."""
        file = file or ask_where_to_save(self._window, title, name, *kind)
        if file is not None:
            self._write(file, what, lambda file: write_whole(file, text.encode()))

    def _write(self, file: Path, what: str, write_to: Callable[[Path], None]) -> None:
        try:
            write_to(file)
        except OSError as error:
            self._tell(f"{what} could not be saved to {file.name}: {error.strerror}.")


def ask_where_to_save(parent: QWidget, title: str, name: str, suffix: str, kind: str) -> Path | None:
    """Return the file to write, with the format's suffix; None if the user thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name + suffix, f"{kind} (*{suffix})")
    if not chosen:
        return None
    return Path(chosen) if chosen.endswith(suffix) else Path(chosen + suffix)


def ask_which_to_open(parent: QWidget, title: str, suffix: str, kind: str) -> Path | None:
    """Return the file to read; None if the user thought better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", f"{kind} (*{suffix})")
    return Path(chosen) if chosen else None
