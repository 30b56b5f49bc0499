"""The data in the boundary view: the points of each class with its symbol, or points in the colours of their values."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QGraphicsItem

from visualdl.gui.theme import VALUE_COLORS, Theme
from visualdl.gui.views.symbols import CLASS_SIZES, CLASS_SYMBOLS, VALUE_SYMBOLS
from visualdl.training.pictures import Floats
from visualdl.training.snapshot import Data, Points

POINT = 7  # pixels
SETS = ("train", "test")


class DataPoints:
    """Scatter plots of a snapshot's data: training points are filled, test points hollow; of values, these are squares.

    `classes` are one plot for each set and class, `values` one for each set; all are `items` for a plot. Each is cached
    as a pixmap: painting it anew with every picture is slow. Those without points are hidden, for they cost, too.
    """

    def __init__(self) -> None:
        self._theme: Theme | None = None
        self._data: Data | None = None
        self._shown = dict.fromkeys(SETS, True)
        self.classes = {
            (set_name, label): pg.ScatterPlotItem(size=POINT * CLASS_SIZES[label], symbol=symbol)
            for set_name in SETS
            for label, symbol in enumerate(CLASS_SYMBOLS)
        }
        self.values = {set_name: pg.ScatterPlotItem(size=POINT, symbol=VALUE_SYMBOLS[set_name]) for set_name in SETS}
        self.items = (*self.values.values(), *self.classes.values())

    def draw(self, data: Data) -> None:
        """Show other data."""
        self._data = data
        for set_name in SETS:
            points: Points = getattr(data, set_name)
            are_values = points.labels.dtype.kind == "f"
            _place(self.values[set_name], points.positions if are_values else points.positions[:0])
            for label in range(len(CLASS_SYMBOLS)):
                of_class = points.positions[points.labels == label]
                _place(self.classes[set_name, label], of_class[:0] if are_values else of_class)
        self._color_values()
        self._show()

    def show(self, set_name: str, visible: bool) -> None:
        """Show or hide the points of a set."""
        self._shown[set_name] = visible
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        for (set_name, label), scatter in self.classes.items():
            color, filled = theme.class_point(label), set_name == "train"
            scatter.setPen(theme.pen("surface", 0.8) if filled else theme.pen_of(color, 1.4))
            scatter.setBrush(color if filled else None)
        for scatter in self.values.values():
            scatter.setPen(theme.pen("muted"))
        self._color_values()

    def _color_values(self) -> None:
        if self._theme is None or self._data is None:
            return
        brushes = [QBrush(color) for color in self._theme.value_colors()]
        for set_name, scatter in self.values.items():
            if len(scatter.data):
                levels = value_levels(getattr(self._data, set_name).labels, self._data.scale)
                scatter.setBrush([brushes[level] for level in levels.tolist()])

    def _show(self) -> None:
        for set_name in SETS:
            of_set = [self.values[set_name], *(self.classes[set_name, label] for label in range(len(CLASS_SYMBOLS)))]
            for scatter in of_set:
                scatter.setVisible(self._shown[set_name] and len(scatter.data) > 0)


def value_levels(values: Floats, scale: float) -> np.ndarray:
    """Return which of VALUE_COLORS colours each of the values (samples,) has, of which `scale` has the full one."""
    share = np.clip(values / (scale or 1.0), -1, 1)
    return np.rint((share + 1) / 2 * (VALUE_COLORS - 1)).astype(np.int64)


def _place(scatter: pg.ScatterPlotItem, positions: Floats) -> None:
    before = scatter.data
    if (
        len(before) == len(positions)
        and np.array_equal(before["x"], positions[:, 0])
        and np.array_equal(before["y"], positions[:, 1])
    ):
        return  # as most are while points are edited one by one
    scatter.setCacheMode(QGraphicsItem.CacheMode.NoCache)  # else Qt moves the pixmap of the points before
    scatter.setData(pos=positions)
    scatter.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
