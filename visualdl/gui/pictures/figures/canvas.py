"""A canvas is a painter that knows the theme: lines, areas, symbols and text, in pixels from the top left corner.

Text is drawn as outlines: so it looks the same in every viewer of an SVG, whichever fonts that has.
"""

from collections.abc import Sequence

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QApplication

from visualdl.gui.theme import Theme, tabular

TEXT_SIZE = 13  # pixels
CIRCLE = "o"
Pen = QPen | Qt.PenStyle
Brush = QColor | Qt.BrushStyle


class Canvas:
    """Draws with `painter`, which must be active meanwhile."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.theme = theme
        self._painter = painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def fill(self, rectangle: QRectF, brush: Brush, pen: Pen = Qt.PenStyle.NoPen) -> None:
        """Fill a rectangle, and outline it with `pen`."""
        self._use(pen, brush)
        self._painter.drawRect(rectangle)

    def line(self, start: QPointF, end: QPointF, pen: Pen) -> None:
        """Draw a straight line."""
        self._use(pen)
        self._painter.drawLine(start, end)

    def lines(self, points: Sequence[QPointF], pen: Pen, brush: Brush = Qt.BrushStyle.NoBrush) -> None:
        """Draw a line through points, and fill what lies between it and its ends."""
        path = QPainterPath()
        path.addPolygon(QPolygonF(list(points)))
        self._use(pen, brush)
        self._painter.drawPath(path)

    def symbols(self, points: Sequence[QPointF], symbol: str, size: float, pen: Pen, brush: Brush) -> None:
        """Draw one of the window's symbols, by pyqtgraph's name, `size` pixels wide, at each of the points."""
        self._use(pen, brush)
        outline = QTransform.fromScale(size, size).map(Symbols[symbol]).toFillPolygon()
        for point in points:
            if symbol == CIRCLE:
                self._painter.drawEllipse(point, size / 2, size / 2)
            else:
                self._painter.drawPolygon(outline.translated(point))

    def text(
        self, place: QPointF, text: str, role: str = "text", across: float = 0, size: float = TEXT_SIZE, turn: float = 0
    ) -> None:
        """Write `text`, its middle at the height of `place`, its left end there, or `across` of its width further left.

        `turn` is in degrees, clockwise around `place`.
        """
        if not text:
            return  # an SVG with an empty outline is not a good one
        font = _font(size)
        metrics = QFontMetricsF(font)
        path = QPainterPath()
        path.addText(-across * metrics.horizontalAdvance(text), metrics.capHeight() / 2, font, text)
        self._use(Qt.PenStyle.NoPen, self.theme.color(role))
        self._painter.drawPath((QTransform().translate(place.x(), place.y()).rotate(turn)).map(path))

    def width(self, text: str, size: float = TEXT_SIZE) -> float:
        """Return how wide `text` is."""
        return QFontMetricsF(_font(size)).horizontalAdvance(text)

    def _use(self, pen: Pen, brush: Brush = Qt.BrushStyle.NoBrush) -> None:
        pen = QPen(pen)
        pen.setCosmetic(False)  # here a width is in the figure's pixels, however large it is shown
        self._painter.setPen(pen)
        self._painter.setBrush(brush)


def _font(size: float) -> QFont:
    font = tabular(QApplication.font())
    font.setPixelSize(round(size))
    return font
