"""A picture in a file: all of it or nothing, for it gets its name once it is complete."""

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QImage, QPixmap


def write_picture(picture: QPixmap | QImage, file: Path) -> None:
    """Write the picture in the format that the file's name ends in; raise OSError if that is impossible."""
    target = QSaveFile(str(file))
    written = target.open(QIODevice.OpenModeFlag.WriteOnly) and picture.save(target, file.suffix[1:])
    if not (written and target.commit()):
        raise OSError(f"No picture could be written to {str(file)!r}: {target.errorString()}.")
