"""The outlines of the diagram: which neuron is looked at, which one is pinned, and which number is open."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsRectItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.diagram_geometry import DiagramGeometry
from visualdl.training.values.parameter_index import Neuron

AWAY = 2.5  # pixels from the tile


class Outline(QGraphicsRectItem):
    """A rim around one neuron, or hidden."""

    def __init__(self, color: str, width: float) -> None:
        super().__init__()
        self._color, self._width = color, width
        self.hide()

    def surround(self, neuron: Neuron | None, arrangement: DiagramGeometry) -> None:
        """Stand around a neuron; around None, hide."""
        self.setVisible(neuron is not None)
        if neuron is not None:
            left, top, side = arrangement.tile(neuron)
            self.setRect(QRectF(left, top, side, side).adjusted(-AWAY, -AWAY, AWAY, AWAY))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.setPen(theme.pen(self._color, self._width))
