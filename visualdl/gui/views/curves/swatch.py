"""A swatch is a small sample of a line, for the words that say what the line is."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel

SWATCH = QSize(17, 10)


class Swatch(QLabel):
    """Shows the line that a pen draws, upon a band of a colour if there is one."""

    def show_line(self, pen: QPen, band: QColor | None = None) -> None:
        """Show that line, sharp on dense screens too."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(SWATCH * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        if band is not None:
            painter.fillRect(QRectF(QPointF(), SWATCH), band)
        painter.setPen(pen)
        painter.drawLine(0, SWATCH.height() // 2, SWATCH.width(), SWATCH.height() // 2)
        painter.end()
        self.setPixmap(picture)
