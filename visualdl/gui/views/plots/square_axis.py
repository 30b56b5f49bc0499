"""An axis of the unit square: a number at each end, and as many between as have room."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
LINES, WIDTHS = 2.5, 1.5  # of text, that two numbers are apart at the least, on both axes alike


class SquareAxis(pg.AxisItem):
    """The numbers and the label, in two lines of `font`, along the side of the square that `orientation` says."""

    def __init__(self, orientation: str, font: QFont) -> None:
        super().__init__(orientation)
        self._metrics = QFontMetricsF(font)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickFont=font)

    @property
    def overhang(self) -> int:
        """How many pixels a number at an end stands out."""
        return math.ceil(self._metrics.horizontalAdvance("1.0") / 2) + 2

    def boundingRect(self) -> QRectF:
        """Leave room for what stands out: pyqtgraph drops numbers that are not within this rectangle."""
        return super().boundingRect().adjusted(-self.overhang, -self.overhang, self.overhang, self.overhang)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return the smallest step whose numbers do not touch each other, and where it begins."""
        apart = max(LINES * self._metrics.height(), WIDTHS * self._metrics.horizontalAdvance("0.00"))
        fitting = (step for step in STEPS if step / (high - low) * size >= apart)
        return [(next(fitting, STEPS[-1]), 0.0)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Return the numbers, all with the same decimals: 0.0, 0.2, 0.4."""
        decimals = max(0, math.ceil(-math.log10(spacing) - 1e-9))
        return [f"{value:.{max(1, decimals)}f}" for value in values]
