"""A frame axis labels the unit square in the units of the data that lie in it."""

from PySide6.QtGui import QFont

from visualdl.data.frame import UNIT, Frame
from visualdl.data.table import shown
from visualdl.experiment import Experiment
from visualdl.gui.views.square_axis import SquareAxis

PLAIN = {"x1": "x₁", "x2": "x₂"}
LONGEST = 5  # characters of a number beside an axis
ALONG = {"bottom": 0, "left": 1}


def frame_of(experiment: Experiment) -> Frame:
    """Return what the unit square shows of the plane in which the experiment's data lie."""
    return UNIT if experiment.own is None else experiment.own.frame


def input_names(experiment: Experiment) -> tuple[str, str]:
    """Return what the two inputs are called: by the columns of own data, if they have names."""
    if experiment.own is None:
        return PLAIN["x1"], PLAIN["x2"]
    first, second, _ = experiment.own.columns
    return PLAIN.get(first, shown(first, quotes=False)), PLAIN.get(second, shown(second, quotes=False))


class FrameAxis(SquareAxis):
    """An axis of the unit square whose round numbers are those of a frame."""

    def __init__(self, orientation: str, font: QFont) -> None:
        super().__init__(orientation, font)
        self._along = ALONG[orientation]
        self._frame = UNIT

    def show_frame(self, frame: Frame) -> None:
        """Label the axis with the numbers of a frame."""
        self._frame = frame
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
        """pyqtgraph's; the numbers of the frame, in a few characters each."""
        if self._frame == UNIT:
            return super().tickStrings(values, scale, spacing)
        numbers = [self._from_square(value) for value in values]
        texts = super(SquareAxis, self).tickStrings(numbers, scale, spacing)
        return texts if all(len(text) <= LONGEST for text in texts) else [f"{number:.1e}" for number in numbers]

    def _from_square(self, place: float) -> float:
        low, high = self._frame.low[self._along], self._frame.high[self._along]
        return low + place * (high - low)

    def _to_square(self, number: float) -> float:
        low, high = self._frame.low[self._along], self._frame.high[self._along]
        return (number - low) / (high - low)
