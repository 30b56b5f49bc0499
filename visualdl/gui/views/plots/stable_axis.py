"""An axis stays calm when its bounds move in round steps and its ticks are few: that is decided here, from the data."""

import math
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.log_ticks import log_ticks

WIDEST_NUMBER = "500000"
FEWEST_EPOCHS = 10.0  # the paper's run: anything shorter is drawn on its scale
BOUND_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
SPACE = 4  # pixels between two numbers side by side, at least
LOG_LINES = 1.5  # of text, from one number to the next, at least
UNITS = ((1e6, "M", 1e6), (1e3, "k", 1e4))  # each with its sign, and from where on small steps have it, too
LOG_STEPS = (1.0, 2.0, 5.0, 10.0)

Values = NDArray[np.float64]
Bounds = tuple[float, float]


def round_up(value: float, steps: tuple[float, ...] = BOUND_STEPS) -> float:
    """Return the smallest step times a power of ten that is not below a positive `value`."""
    exponent = math.floor(math.log10(value))
    return next(bound for step in (*steps, 20.0) if (bound := float(f"{step}e{exponent}")) >= value)


def round_down(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is below a positive `value`, never equal to it."""
    exponent = math.floor(math.log10(value))
    return next(bound for step in (5.0, 2.0, 1.0, 0.5) if (bound := float(f"{step}e{exponent}")) < value)


def epoch_bounds(epochs: Values) -> Bounds:
    """Return the ends of an epoch axis, which starts at 0 and grows by a fifth to a half at a time."""
    return 0.0, round_up(max(FEWEST_EPOCHS, float(epochs[-1]) if epochs.size else 0.0))


def value_bounds(values: Values) -> Bounds:
    """Return the ends of a linear axis that starts at 0 and shows the finite ones of `values`."""
    largest = float(np.max(values, initial=0.0, where=np.isfinite(values)))
    return 0.0, round_up(largest) if largest > 0 else 1.0


def exponent_bounds(values: Values) -> Bounds:
    """Return the ends of a logarithmic axis, as powers of ten.

    It shows the finite positive ones of `values` over at least a decade. Where others are not positive, its lower end
    is below its lowest number, so that what is drawn on that end is not read as this number.
    """
    finite = values[np.isfinite(values)]
    shown = finite[finite > 0]
    top = math.log10(round_up(float(shown.max()), LOG_STEPS)) if shown.size else 0.0
    low = min(math.log10(round_down(float(shown.min()))), top - 1.0) if shown.size else -1.0
    return (low if shown.size == finite.size else low - (top - low) / 12), top


def short(number: float, digits: int = 3) -> str:
    """Return a number in few characters: 0.05, 1, 1e-5."""
    return f"{number:.{digits}g}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


class StableAxis(pg.AxisItem):
    """An axis with few labelled ticks and nothing between them."""

    def __init__(self, orientation: str, font: QFont) -> None:
        """Takes a fixed width, or height, so that the plot stays where it is when the numbers get longer."""
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        # A tick of no length: a grid line shows where it is.
        self.setStyle(maxTickLevel=0, maxTextLevel=0, tickLength=0, tickTextOffset=4, tickFont=font)
        self._metrics = metrics = QFontMetricsF(font)
        self._height = 0.9 * metrics.height()  # of a line of numbers: none reaches below the line
        if orientation == "left":
            self.setWidth(math.ceil(metrics.horizontalAdvance(WIDEST_NUMBER)) + 8)
        else:
            self.setLabel("Epoch", **{"font-size": f"{font.pointSizeF():g}pt"})
            self.setHeight(math.ceil(metrics.height() * 2) + 7)

    def set_theme(self, theme: Theme) -> None:
        """Colour line, ticks and numbers; line and ticks are fainter than what they carry."""
        self.setPen(theme.pen("border"))
        self.setTickPen(theme.pen("border"))
        self.setTextPen(theme.pen("muted"))

    def labelled(self, pixels: float) -> list[float]:
        """Return the places on the axis that have a number, if it is so many `pixels` long."""
        low, high = self.range
        return [place for _, places in self.tickValues(low, high, pixels)[:1] for place in places]

    def boundingRect(self) -> QRectF:
        """Leave room for half a number at both ends: pyqtgraph drops numbers that stand out of this rectangle."""
        return super().boundingRect().adjusted(-12, -8, 12, 8)

    def logTickValues(
        self, low: float, high: float, size: float, even_ticks: list[tuple[float, list[float]]]
    ) -> list[tuple[float | None, list[float]]]:
        """Return round numbers, well apart, whatever pyqtgraph would take; none on an axis of no length.

        An axis has none for a moment, after its new limits and before its new range.
        """
        if not low < high:
            return []
        ticks = log_ticks(low, high, (high - low) * LOG_LINES * self._height / size)
        closest = min((after - before for before, after in pairwise(ticks)), default=1.0)
        return [(closest, ticks)]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return pyqtgraph's step between numbers, doubled until they have room; finer ones are never shown."""
        if not low < high:
            return []
        (step, offset), *_ = super().tickSpacing(low, high, size)
        while step < high - low and step * size < (high - low) * max(self._room(end, step) for end in (low, high)):
            step *= 2
        return [(step, offset)]

    def _room(self, number: float, step: float) -> float:
        """Return the pixels that the tick at or below a number needs, with the space before the next one."""
        if self.orientation == "left":
            return self._height
        (text,) = self.tickStrings([number // step * step], 1.0, step)
        return self._metrics.horizontalAdvance(text) + SPACE

    def tickStrings(self, values: list[float], _scale: float, spacing: float | None) -> list[str]:
        """Return the numbers, all with the same decimals: 0.0, 0.5, 1.0; large ones across as 0, 20k, 40k."""
        if self.logMode:
            digits = 3 if spacing is None else max(3, 2 - math.floor(math.log10(spacing)))
            return [short(10.0**value, digits) for value in values]
        largest = max(map(abs, values), default=0.0)
        for unit, sign, start in (
            UNITS if self.orientation == "bottom" else ()
        ):  # side by side, long numbers run together
            if (spacing >= unit or largest >= start) and largest < 1000 * unit and spacing >= unit / 1000:
                return [f"{value / unit:.10g}{sign}" if value else "0" for value in values]
        if not 1e-4 <= spacing < 1e5:
            return [short(value) for value in values]
        decimals = max(0, math.ceil(-math.log10(spacing) - 1e-9))
        return [f"{round(value, decimals) + 0.0:.{decimals}f}" for value in values]  # + 0.0 makes -0.0 plain
