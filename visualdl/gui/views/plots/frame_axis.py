"""A frame axis labels the unit square in the units of the data that lie in it."""

import math

from PySide6.QtGui import QFont

from visualdl.data.frame import UNIT, Frame
from visualdl.data.table import shown
from visualdl.experiment.experiment import Experiment
from visualdl.gui.views.plots.square_axis import SquareAxis

PLAIN = {"x1": "x₁", "x2": "x₂"}
LONGEST = 5  # characters of a number beside an axis
ALONG = {"bottom": 0, "left": 1}
STEPS = 5  # between two numbers, about, over a whole frame


def frame_of(experiment: Experiment) -> Frame:
    """Return what the unit square shows of the plane in which the experiment's data lie."""
    return UNIT if experiment.data.own is None else experiment.data.own.frame


def input_names(experiment: Experiment) -> tuple[str, str]:
    """Return what the two inputs are called: by the columns of own data, if they have names."""
    if experiment.data.own is None:
        return PLAIN["x1"], PLAIN["x2"]
    first, second, _ = experiment.data.own.columns
    return PLAIN.get(first, shown(first, quotes=False)), PLAIN.get(second, shown(second, quotes=False))


def significant_digits(low: float, high: float) -> int:
    """Return in how many digits the numbers of a range differ that are a hundredth of it apart; at least four."""
    return max(4, _exponent(max(abs(low), abs(high))) - _exponent(high - low) + 3)


def offset_of(low: float, high: float) -> float:
    """Return the round number from which an axis counts; 0 where its numbers are short enough by themselves."""
    step = (high - low) / STEPS
    largest = max(abs(low), abs(high))
    plain = f"{largest:.{_decimals(step)}f}"
    if len(plain) <= LONGEST or _exponent(largest) - _exponent(step) <= 1:
        return 0.0
    return round(low + (high - low) / 2, -_exponent(high - low) - 1)


class FrameAxis(SquareAxis):
    """An axis of the unit square whose round numbers are those of a frame, less an `offset`.

    Where the numbers of a frame differ only far behind their first digits, the offset is what they have in common: it
    has to be told beside the axis.
    """

    def __init__(self, orientation: str, font: QFont) -> None:
        super().__init__(orientation, font)
        self._along = ALONG[orientation]
        self._frame, self.offset = UNIT, 0.0

    def show_frame(self, frame: Frame) -> None:
        """Label the axis with the numbers of a frame."""
        self._frame = frame
        self.offset = offset_of(frame.low[self._along], frame.high[self._along])
        self.picture = None
        self.update()

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """pyqtgraph's; a square's own steps are for numbers from 0 to 1."""
        of_whom = super() if self._frame == UNIT else super(SquareAxis, self)
        return of_whom.tickSpacing(low, high, size)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list:
        """pyqtgraph's; round numbers of the frame, as places of the square."""
        if self._frame == UNIT:
            return super().tickValues(minVal, maxVal, size)
        levels = super().tickValues(self._from_square(minVal), self._from_square(maxVal), size)
        return [(spacing, [self._to_square(value) for value in values]) for spacing, values in levels]

    def tickStrings(self, values: list, scale: float, spacing: float) -> list[str]:
        """pyqtgraph's; the numbers of the frame, in as few characters as tell them from each other."""
        if self._frame == UNIT:
            return super().tickStrings(values, scale, spacing)
        decimals = _decimals(spacing)
        numbers = [round(self._from_square(value) - self.offset, decimals) + 0.0 for value in values]  # no -0
        texts = [f"{number:.{decimals}f}" for number in numbers]
        if all(len(text) <= LONGEST for text in texts):
            return texts
        digits = max(0, _exponent(max(map(abs, numbers))) - _exponent(spacing))
        return [_with_exponent(number, digits) for number in numbers]

    def _from_square(self, place: float) -> float:
        low, high = self._frame.low[self._along], self._frame.high[self._along]
        return low + place * (high - low)

    def _to_square(self, number: float) -> float:
        low, high = self._frame.low[self._along], self._frame.high[self._along]
        return (number - low) / (high - low)


def _exponent(number: float) -> int:
    """Return that of the power of ten at or below a number; of 0 it is 0."""
    return math.floor(math.log10(number) + 1e-9) if number else 0  # a spacing of 0.1 may be a little less


def _with_exponent(number: float, digits: int) -> str:
    """Return 1.2e6 rather than 1.2e+06: beside the left axis each character counts."""
    mantissa, exponent = f"{number:.{digits}e}".split("e")
    return f"{mantissa}e{int(exponent)}" if number else "0"


def _decimals(step: float) -> int:
    """Return how many decimals tell numbers apart that lie a step from each other."""
    return max(0, -_exponent(step))
