"""The key to the links: which line is a positive weight, which a negative one."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from visualdl.gui.controls.captions import muted
from visualdl.gui.theme import Theme

LINE = QSize(26, 8)  # pixels
SHARPNESS = 2  # sharp on dense screens too


class LinkKey(QWidget):
    """Both kinds of lines with their names, and what their width means."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setToolTip("A link's width says how large its weight is. The bar at a neuron's left is its bias.")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._lines = {True: QLabel(), False: QLabel()}
        for positive, text in ((True, "positive"), (False, "negative")):
            row.addWidget(self._lines[positive])
            row.addWidget(muted(text))
            row.addSpacing(6)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for positive, label in self._lines.items():
            pixmap = QPixmap(LINE * SHARPNESS)
            pixmap.setDevicePixelRatio(SHARPNESS)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            pen = theme.link_pen(2, 1, positive=positive)
            pen.setCosmetic(False)
            painter.setPen(pen)
            middle = LINE.height() / 2
            painter.drawLine(QPointF(0, middle), QPointF(LINE.width(), middle))
            painter.end()
            label.setPixmap(pixmap)
