"""A band plot draws many runs at once over epochs: medians as lines, quartiles as bands, single runs as thin lines."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.curve_plot import CurvePlot
from visualdl.gui.views.plots.stable_axis import Values
from visualdl.training.seeds.quartiles import Quartiles, quartiles_of

ROLES = "accent", "compared"
OPACITY = 0.25  # of a band
FARTHEST = 3.0  # times the bands' top, the highest that a single run stretches the axis
INK = 4.0  # single runs' worth of opacity, which they share
MOST_PLACES = 2500  # that the single runs go through in all, about
FAINTEST, STRONGEST = 0.06, 0.5


def median_pens(theme: Theme) -> tuple[QPen, QPen]:
    """Return the pens of minidl and torch.nn: apart in dash as well as in colour."""
    minidl, torch = (theme.pen(role, 2) for role in ROLES)
    torch.setDashPattern([3.5, 3.0])
    return minidl, torch


def run_pen(theme: Theme, runs: int = 10) -> QPen:
    """Return the pen of single runs: the more there are, the fainter."""
    pen = theme.pen(ROLES[0])  # of 1 pixel, which Qt paints fastest
    pen.setColor(theme.tint(ROLES[0], min(max(INK / max(runs, 1), FAINTEST), STRONGEST)))
    return pen


class BandPlot(CurvePlot):
    """The medians are the two lines of a curve plot, the second one NaN where only minidl trains."""

    def __init__(self, font: QFont) -> None:
        self._runs: Values = np.empty((0, 0))
        self._spreads: tuple[Quartiles, ...] = ()
        self._theme: Theme | None = None
        super().__init__(font, median_pens)

    def add_items(self) -> None:
        """Put bands and single runs behind the medians."""
        self._bands = QGraphicsPathItem(), QGraphicsPathItem()
        self._threads = QGraphicsPathItem()
        for item in (*reversed(self._bands), self._threads):
            self.sheet.add(item)
        for band in self._bands:
            band.setPen(QPen(Qt.PenStyle.NoPen))
        super().add_items()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self._theme = theme
        for band, role in zip(self._bands, ROLES, strict=True):
            band.setBrush(theme.tint(role, OPACITY))
        self._ink_runs()

    def draw_runs(self, epochs: Values, runs: Values, compared: Values | None) -> tuple[Quartiles, ...]:
        """Show `runs` (moments, runs) at `epochs` (moments,), and the band of those `compared`; return the spreads."""
        self._runs = runs
        self._spreads = tuple(quartiles_of(each) for each in (runs, compared) if each is not None)
        medians = np.full((2, epochs.size), np.nan)
        for median, spread in zip(medians, self._spreads, strict=False):
            median[:] = spread.median
        self._ink_runs()
        self.draw(epochs, medians)
        return self._spreads

    def shown_values(self) -> Values:
        """Return the quartiles, and the single runs as far as they leave the bands legible."""
        quartiles = np.concatenate([[np.nan], *((spread.lower, spread.upper) for spread in self._spreads)], axis=None)
        top = np.max(quartiles, initial=0.0, where=np.isfinite(quartiles))
        return np.concatenate([quartiles, self._runs[self._runs <= FARTHEST * top]])

    def redraw(self) -> None:
        """Bring everything to the data and the axes as they are."""
        super().redraw()
        for band in self._bands[len(self._spreads) :]:
            band.setPath(QPainterPath())
        for band, spread in zip(self._bands, self._spreads, strict=False):
            band.setPath(_band(self._epochs, self.heights_of(spread.lower), self.heights_of(spread.upper)))
        if self._runs.size:
            self._threads.setPath(_threads(self._epochs, self.heights_of(self._runs)))

    def _ink_runs(self) -> None:
        if self._theme is not None:
            self._threads.setPen(run_pen(self._theme, self._runs.shape[1]))


def _threads(epochs: Values, heights: Values) -> QPainterPath:
    """Return a line for each column of `heights` (moments, runs), broken where it is not finite.

    Of very many numbers, every n-th moment and the latest are enough: the lines are faint, and painting takes its time.
    """
    kept = np.append(np.arange(0, len(epochs) - 1, 1 + heights.size // MOST_PLACES), len(epochs) - 1)
    epochs, heights = epochs[kept], heights[kept]
    moments, runs = heights.shape
    ends = np.full((runs, moments + 1), np.nan)  # the last of each row parts it from the next
    ends[:, :-1] = heights.T
    places = np.tile(np.append(epochs, epochs[-1:]), runs)
    return pg.arrayToQPath(places, ends.reshape(-1), connect="finite")


def _band(epochs: Values, lower: Values, upper: Values) -> QPainterPath:
    """Return the area between two lines, broken where they are not finite."""
    path = QPainterPath()
    there = np.flatnonzero(np.isfinite(lower) & np.isfinite(upper))
    for part in np.split(there, np.flatnonzero(np.diff(there) > 1) + 1):
        if part.size > 1:
            around = np.concatenate([part, part[::-1]])
            heights = np.concatenate([upper[part], lower[part[::-1]]])
            path.addPath(pg.arrayToQPath(epochs[around], heights))
    return path
