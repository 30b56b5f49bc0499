"""The key to the boundary's picture: which colour and symbol stand for which class, or colour for which value."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import SQUARED, Task
from visualdl.gui.theme import Theme, gradient_values
from visualdl.gui.views.boundary.symbols import CLASS_SHAPES, draw_symbol

BAR = QSize(28, 10)  # pixels
SYMBOL = 16  # pixels, with what is left free around it
GAP = 6
OF_OUTPUT = "The network's output, −1 to +1: half the difference of its two output neurons. The line is where it is 0."
OF_LOGITS = (
    "The probability that the network's logits stand for: orange is 0, blue 1. The line is where it is one half."
)
OF_CLASSES = "The class that wins at each place: the paler, the less sure. The lines are where another one wins."
OF_VALUE = "The network's output, the value that it predicts. Points have the colour of their true value."


class ColorBar(QWidget):
    """Of two classes the diverging map, with each one's symbol and name at its end; of more, their symbols in a row.

    Where there is room, their names too. Of a regression, the diverging map between the values that have its full
    colours.
    """

    def __init__(self, theme: Theme, name: str = "Color key") -> None:
        """`name` is the accessible one."""
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_task(Experiment().task)

    def show_task(self, task: Task, scale: float = 1.0) -> None:
        """Say what the classes are called, or which value, above and below 0, has the full colour."""
        names = task.class_names
        self._names, self._is_bar = names, len(names) <= 2
        if task.is_regression:
            self._names = f"−{scale:.3g}", f"+{scale:.3g}"
            text, tip = f"Orange is the value −{scale:.3g}, blue {scale:.3g}.", OF_VALUE
        elif self._is_bar:
            ends = ("output −1", "output +1") if task.loss == SQUARED else ("probability 0", "probability 1")
            text = f"Orange and triangles are {names[0]}, {ends[0]}; blue and circles {names[1]}, {ends[1]}."
            tip = OF_OUTPUT if task.loss == SQUARED else OF_LOGITS
        else:
            text = f"{', '.join(f'{shape} are {name}' for shape, name in zip(CLASS_SHAPES, names, strict=False))}."
            text, tip = text[0].upper() + text[1:], OF_CLASSES
        self._has_symbols = not task.is_regression
        self.setAccessibleDescription(text)
        self.setToolTip(f"<p>{tip}</p>" if self._is_bar else f"<p>{tip}</p><p>{text}</p>")
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all that is drawn."""
        return self._size(named=True)

    def minimumSizeHint(self) -> QSize:
        """Room for the symbols of more than two classes, else for all."""
        return self._size(named=self._is_bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's; from left to right. It moves no more than the classes do."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(self._theme.color("text"))
        if self._is_bar:
            self._paint_bar(painter)
        else:
            self._paint_row(painter)

    def _paint_bar(self, painter: QPainter) -> None:
        middle = self.height() / 2
        side = SYMBOL + 2 if self._has_symbols else 0
        left = QRectF(side, 0, self._width(self._names[0]), self.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, self._names[0])
        bar = QRectF(left.right() + GAP, middle - BAR.height() / 2, BAR.width(), BAR.height())
        painter.drawImage(bar, self._theme.picture(gradient_values()))
        right = QRectF(bar.right() + GAP, 0, self.width(), self.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, self._names[1])
        if self._has_symbols:
            for label, place in enumerate((SYMBOL / 2, self.width() - SYMBOL / 2)):
                draw_symbol(painter, QPointF(place, middle), self._theme, label, filled=True)

    def _paint_row(self, painter: QPainter) -> None:
        named = self.width() >= self.sizeHint().width()
        left, middle = self.width() - self._size(named=named).width(), self.height() / 2
        for label, name in enumerate(self._names):
            chip = QRectF(left, middle - SYMBOL / 2, SYMBOL, SYMBOL)
            painter.fillRect(chip, self._theme.class_area(label))
            draw_symbol(painter, chip.center(), self._theme, label, filled=True)
            left += SYMBOL + GAP
            if named:
                text = QRectF(chip.right() + GAP / 2, 0, self.width(), self.height())
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
                left += self._width(name) + GAP / 2

    def _size(self, *, named: bool) -> QSize:
        symbols = SYMBOL * len(self._names) if self._has_symbols else 0
        names = sum(map(self._width, self._names)) if named else 0
        between = GAP * (len(self._names) - 1) + (GAP // 2 * len(self._names) if named else 0)
        if self._is_bar:
            between = BAR.width() + 3 * GAP
        return QSize(symbols + names + between, self.fontMetrics().height() + 4)

    def _width(self, name: str) -> int:
        return self.fontMetrics().horizontalAdvance(name)
