"""The contact sheet has every picture at its place, and is written whole or not at all."""

import pytest
from PySide6.QtGui import QColor, QImage

from visualdl.gui.pictures.contact_sheet import CAPTION, GAP, WIDTH, write_contact_sheet
from visualdl.gui.theme import LIGHT

COLORS = ("#ff0000", "#00ff00", "#0000ff", "#ffff00")


def test_every_picture_stands_at_its_place_above_its_caption(qapp, tmp_path):
    pictures = []
    for place, color in enumerate(COLORS):
        image = QImage(1100, 700, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        assert image.save(str(tmp_path / f"{place}.png"))
        pictures.append((tmp_path / f"{place}.png", f"caption {place}"))
    write_contact_sheet(pictures, tmp_path / "all.png", LIGHT)
    sheet = QImage(str(tmp_path / "all.png"))
    height = WIDTH * 700 // 1100 + CAPTION
    for place, color in enumerate(COLORS):
        row, column = divmod(place, 3)
        left, top = GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)
        assert sheet.pixelColor(left + WIDTH // 2, top + (height - CAPTION) // 2).name() == color
        caption = [sheet.pixelColor(left + x, top + height - CAPTION // 2).name() for x in range(80)]
        assert any(name != LIGHT.surface for name in caption), "there is text"
    assert sheet.pixelColor(sheet.width() - 40, sheet.height() - 40).name() == LIGHT.surface


def test_a_sheet_that_cannot_be_written_is_told(qapp, tmp_path):
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    assert image.save(str(tmp_path / "a.png"))
    with pytest.raises(OSError, match="No picture could be written"):
        write_contact_sheet([(tmp_path / "a.png", "a")], tmp_path / "missing" / "all.png", LIGHT)
