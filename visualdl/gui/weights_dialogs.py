"""Asking for the file that a trained network goes to, or comes from."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIX = ".safetensors"
FILTER = f"Trained networks (*{SUFFIX})"


def ask_where_to_save(parent: QWidget) -> Path | None:
    """Return the file to write, with the format's suffix; None if the user thought better of it."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save weights", f"network{SUFFIX}", FILTER)
    if not name:
        return None
    return Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX)


def ask_which_to_open(parent: QWidget) -> Path | None:
    """Return the file to read; None if the user thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open weights", "", FILTER)
    return Path(name) if name else None
