"""Axes turn data coordinates into pixels, and draw the frame: a light grid, numbers at it, a label on each side."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

from visualdl.gui.pictures.figures.canvas import Canvas


@dataclass(frozen=True)
class Scale:
    """One direction of a plot: its ends, where its grid lines stand, and what it is called."""

    low: float
    high: float
    ticks: Sequence[float]
    label: str = ""

    def share(self, value: float) -> float:
        """Return how far `value` is on the way from the low end to the high one, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


class Axes:
    """Data coordinates within `rectangle`, which is in pixels and does not contain numbers and labels."""

    def __init__(self, canvas: Canvas, rectangle: QRectF, x: Scale, y: Scale) -> None:
        self.canvas, self.rectangle, self.x, self.y = canvas, rectangle, x, y

    def point(self, x: float, y: float) -> QPointF:
        """Return the place of a point in pixels."""
        area = self.rectangle
        return QPointF(area.left() + area.width() * self.x.share(x), area.bottom() - area.height() * self.y.share(y))

    def points(self, x: Iterable[float], y: Iterable[float]) -> list[QPointF]:
        """Return the places of points in pixels."""
        return [self.point(*pair) for pair in zip(x, y, strict=True)]

    def frame(self, title: str = "", *, grid: bool = True) -> None:
        """Draw what lies behind the data, and around it."""
        canvas, area = self.canvas, self.rectangle
        line = canvas.theme.pen("border", 0.7)
        canvas.fill(area, canvas.theme.color("surface"))
        if grid:
            for tick in self.x.ticks:
                canvas.line(self.point(tick, self.y.low), self.point(tick, self.y.high), line)
            for tick in self.y.ticks:
                canvas.line(self.point(self.x.low, tick), self.point(self.x.high, tick), line)
        for tick, text in zip(self.x.ticks, numbers(self.x.ticks), strict=True):
            canvas.text(self.point(tick, self.y.low) + QPointF(0, 14), text, "muted", 0.5)
        for tick, text in zip(self.y.ticks, numbers(self.y.ticks), strict=True):
            canvas.text(self.point(self.x.low, tick) + QPointF(-8, 0), text, "muted", 1)
        canvas.text(QPointF(area.center().x(), area.bottom() + 38), self.x.label, "muted", 0.5)
        widest = max((canvas.width(text) for text in numbers(self.y.ticks)), default=0.0)
        canvas.text(QPointF(area.left() - widest - 24, area.center().y()), self.y.label, "muted", 0.5, turn=-90)
        canvas.text(QPointF(area.left(), area.top() - 16), title)

    def outline(self) -> None:
        """Draw the border of a plot that has no grid."""
        self.canvas.fill(self.rectangle, Qt.BrushStyle.NoBrush, self.canvas.theme.pen("border"))


def numbers(ticks: Sequence[float]) -> list[str]:
    """Return the ticks as text, all with the same decimals and a true minus: −1, 0, 1."""
    decimals = max((_decimals(tick) for tick in ticks), default=0)
    return [f"{tick + 0.0:.{decimals}f}".replace("-", "−") for tick in ticks]


def steps(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of `step` from `low` to `high`, both included."""
    return [
        round(number * step, 9) for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]


def _decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])
