"""A preview of own data: a small picture of its points, painted once."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel

from visualdl.data.own_data import OwnData
from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.symbols import draw_symbol

SIDE = 200  # pixels
MOST_POINTS = 1000  # more would hide each other


class DataPreview(QLabel):
    """Shows points where the map will show them; nothing where there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Preview")
        self.setFixedSize(SIDE, SIDE)
        self.setFrameShape(QFrame.Shape.StyledPanel)

    def show_data(self, data: OwnData | None) -> None:
        """Show some of the points of `data`, evenly picked."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.color("surface"))
        if data is not None:
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            every = -(-len(data) // MOST_POINTS)
            places, labels = data.in_square[::every].tolist(), data.labels[::every].tolist()
            for (x1, x2), label in zip(places, labels, strict=True):
                painter.save()
                painter.translate(QPointF(x1 * SIDE, (1 - x2) * SIDE))
                painter.scale(0.7, 0.7)
                draw_symbol(painter, QPointF(0, 0), self._theme, label, filled=True)
                painter.restore()
            painter.end()
        self.setPixmap(pixmap)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
