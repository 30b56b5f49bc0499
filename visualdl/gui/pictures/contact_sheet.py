"""A contact sheet: many pictures small, in rows, each above its caption."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from visualdl.gui.pictures.picture_file import write_picture
from visualdl.gui.theme import Theme

COLUMNS = 3
WIDTH, CAPTION, GAP = 550, 24, 12  # pixels


def write_contact_sheet(pictures: Sequence[tuple[Path, str]], file: Path, theme: Theme) -> None:
    """Write the sheet of pictures, each a file and its caption, to `file`; raise OSError if that is impossible."""
    images = [
        QImage(str(name)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation) for name, _ in pictures
    ]
    height = max(image.height() for image in images) + CAPTION
    rows = -(-len(images) // COLUMNS)
    sheet = QImage(COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP, QImage.Format.Format_RGB32)
    sheet.fill(theme.color("surface"))
    painter = QPainter(sheet)
    font = QFont()
    font.setPixelSize(CAPTION * 5 // 8)
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    for place, (image, (_, caption)) in enumerate(zip(images, pictures, strict=True)):
        row, column = divmod(place, COLUMNS)
        left, top = GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)
        painter.drawImage(left, top, image)
        box = QRect(left, top + height - CAPTION, WIDTH, CAPTION)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, caption)
    painter.end()
    write_picture(sheet, file)
