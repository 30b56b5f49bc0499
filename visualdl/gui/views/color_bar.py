"""The key to the boundary's picture: which colour and which symbol stand for which side."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualdl.experiment import Experiment
from visualdl.gui.theme import Theme, gradient_values

BAR = QSize(28, 10)  # pixels


class ColorBar(QWidget):
    """The diverging map from -1 to +1, with each class's symbol and name at its end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            "The network's output, −1 to +1: half the difference of its two output neurons. The line is where it is 0."
        )
        self.setAccessibleName("Color key")
        self.show_classes(Experiment().class_names)

    def show_classes(self, names: tuple[str, str]) -> None:
        """Say what classes 0 and 1 are called."""
        self._names = names
        self.setAccessibleDescription(
            f"Orange and triangles are {names[0]}, output -1; blue and circles {names[1]}, output +1."
        )
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the bar and the two names."""
        metrics = self.fontMetrics()
        names = sum(map(metrics.horizontalAdvance, self._names))
        return QSize(names + BAR.width() + 50, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's; symbol, name and -1, the bar, then +1, name and symbol."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self._theme.color("text"))
        middle, metrics = self.height() / 2, self.fontMetrics()
        left = metrics.horizontalAdvance(self._names[0])
        text = QRectF(18, 0, left, self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._names[0])
        bar = QRectF(text.right() + 8, middle - BAR.height() / 2, BAR.width(), BAR.height())
        painter.drawImage(bar, self._theme.picture(gradient_values()))
        right = QRectF(bar.right() + 7, 0, self.width(), self.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, self._names[1])
        draw_symbol(painter, QPointF(8, middle), self._theme, inside=False, filled=True)
        draw_symbol(painter, QPointF(self.width() - 6, middle), self._theme, inside=True, filled=True)


def draw_symbol(painter: QPainter, centre: QPointF, theme: Theme, *, inside: bool, filled: bool) -> None:
    """Draw a point's symbol as the boundary view does: circle or triangle, filled (training) or hollow (test)."""
    role, radius = ("positive_point" if inside else "negative_point"), 4.0
    painter.save()
    painter.setPen(theme.pen(role, 1.4))
    painter.setBrush(theme.color(role) if filled else Qt.BrushStyle.NoBrush)
    if inside:
        painter.drawEllipse(centre, radius, radius)
    else:
        corners = [QPointF(0, -radius), QPointF(radius, radius), QPointF(-radius, radius)]
        painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.restore()


def points_icon(theme: Theme, *, filled: bool) -> QIcon:
    """Return both classes' symbols side by side, as an icon for the switch that shows such points."""
    scale = 2  # sharp on dense screens too
    pixmap = QPixmap(24 * scale, 12 * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_symbol(painter, QPointF(6, 6), theme, inside=True, filled=filled)
    draw_symbol(painter, QPointF(18, 6), theme, inside=False, filled=filled)
    painter.end()
    return QIcon(pixmap)
