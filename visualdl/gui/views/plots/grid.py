"""A light grid, at the numbers of two axes."""

import math

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.stable_axis import StableAxis

FAINT = 150 / 255  # the strength of their colour beside that of the axes' lines


class Grid(QGraphicsPathItem):
    """Lines over all that two axes, `across` and `up`, show: in pixels from the upper left corner, and sharp."""

    def __init__(self, across: StableAxis, up: StableAxis) -> None:
        super().__init__()
        self._across, self._up = across, up

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        pen = theme.pen("border")
        pen.setColor(theme.tint("border", FAINT))
        self.setPen(pen)

    def draw(self, size: QSizeF) -> None:
        """Draw the lines for the ranges that the axes have now, on so many pixels."""
        if size.isEmpty():
            return
        lines = QPainterPath()
        width, height = int(size.width()), int(size.height())  # as the axes count them
        for share in _shares(self._across, size.width()):
            lines.moveTo(_middle(share * width), 0)
            lines.lineTo(_middle(share * width), height)
        for share in _shares(self._up, size.height()):
            lines.moveTo(0, _middle((1 - share) * height))
            lines.lineTo(width, _middle((1 - share) * height))
        self.setPath(lines)


def _shares(axis: StableAxis, pixels: float) -> list[float]:
    """Return where on an axis of so many pixels the numbers are, from 0 to 1."""
    low, high = axis.range
    return [(place - low) / (high - low) for place in axis.labelled(pixels)]


def _middle(pixels: float) -> float:
    """Return the middle of a pixel: a line there is one pixel wide, elsewhere a blur of two."""
    return math.floor(pixels) + 0.5
