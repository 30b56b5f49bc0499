"""A light grid, at the numbers of two axes."""

from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.calm_axis import CalmAxis

FAINT = 150 / 255  # beside the axes


class Grid(QGraphicsPathItem):
    """Lines in the data coordinates of two axes, `across` and `up`, over all that they show."""

    def __init__(self, across: CalmAxis, up: CalmAxis) -> None:
        super().__init__()
        self._across, self._up = across, up

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        pen = theme.pen("border")
        pen.setColor(theme.tint("border", FAINT))
        self.setPen(pen)

    def draw(self) -> None:
        """Draw the lines for the ranges and the size that the axes have now."""
        (left, right), (low, high) = self._across.range, self._up.range
        lines = QPainterPath()
        for place in self._across.labelled():
            lines.moveTo(place, low)
            lines.lineTo(place, high)
        for place in self._up.labelled():
            lines.moveTo(left, place)
            lines.lineTo(right, place)
        self.setPath(lines)
