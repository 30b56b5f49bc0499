"""A picture is a figure in both of its forms: PNG for a page, at twice the pixels, and SVG for print."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from visualdl.gui.pictures.figures.canvas import Canvas
from visualdl.gui.theme import LIGHT

PIXEL_RATIO = 2
RESOLUTION = 96  # pixels an inch: what a browser takes for granted


@dataclass(frozen=True)
class Picture:
    """The content of the two files."""

    png: bytes
    svg: bytes


def picture(size: tuple[int, int], title: str, draw: Callable[[Canvas], object]) -> Picture:
    """Return the picture that `draw` makes, `size` in pixels; `title` is what the SVG says of itself."""
    return Picture(_png(QSize(*size), draw), _svg(QSize(*size), title, draw))


def _png(size: QSize, draw: Callable[[Canvas], object]) -> bytes:
    image = QImage(size * PIXEL_RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PIXEL_RATIO)
    _paint(image, size, draw)
    return _written(lambda buffer: image.save(buffer, "png"))


def _svg(size: QSize, title: str, draw: Callable[[Canvas], object]) -> bytes:
    def write(buffer: QBuffer) -> None:
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setResolution(RESOLUTION)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(title)
        _paint(generator, size, draw)

    return _written(write)


def _paint(device: QImage | QSvgGenerator, size: QSize, draw: Callable[[Canvas], object]) -> None:
    painter = QPainter(device)
    try:
        canvas = Canvas(painter, LIGHT)
        canvas.fill(QRectF(0, 0, size.width(), size.height()), LIGHT.color("surface"), Qt.PenStyle.NoPen)
        draw(canvas)
    finally:
        painter.end()  # a device must not go before its painter


def _written(write: Callable[[QBuffer], object]) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(content.data())
