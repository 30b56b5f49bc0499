"""The decision boundary, or one neuron in its place: values over the square, the line where they are 0, the data."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from visualdl.experiment import Experiment
from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.fresh_points import FreshPoints
from visualdl.gui.views.level_lines import LevelLinesItem
from visualdl.gui.views.neuron_names import neuron_name, three_digits
from visualdl.gui.views.plot_caption import PlotCaption
from visualdl.gui.views.plot_keys import HELP
from visualdl.gui.views.unit_square import UnitSquare
from visualdl.training.pictures import Boundary
from visualdl.training.snapshot import Data, Points, Snapshot

POINT = 7  # pixels
INSIDE, OUTSIDE = "o", "t1"  # the symbols of the two classes


class BoundaryView(UnitSquare):
    """Draws a snapshot's boundary and data over [0, 1]^2. Training points are filled, test points hollow.

    Blue is a positive output, class 1, orange a negative one; the line is where the output is 0. Points beyond the
    square, where noise takes some, are not shown. A snapshot with a
    neuron in focus shows that one's value in the same way, and says so. `hovered` carries what the network says under
    the cursor, and "" when the cursor has left. The wheel zooms, a double-click resets.
    """

    def __init__(self, theme: Theme) -> None:
        self._boundary: Boundary | None = None
        self._focus_name, self._scale = "", 1.0  # the neuron in focus; "" is the network's output
        self._data: Data | None = None
        self._classes = Experiment().class_names
        self._level_lines = LevelLinesItem()
        self._truth = QGraphicsPathItem()
        self._truth.setVisible(False)
        # one scatter plot for each set and class, cached as a pixmap: painting it anew with every picture is slow
        self._scatter = {
            (set_name, label): pg.ScatterPlotItem(size=POINT, symbol=symbol)
            for set_name in ("train", "test")
            for label, symbol in ((1, INSIDE), (0, OUTSIDE))
        }
        self._drawn: dict[tuple[str, int], np.ndarray] = {}  # the positions in each
        super().__init__(theme, self._level_lines, *self._scatter.values(), self._truth)
        symbols = pg.graphicsItems.ScatterPlotItem.Symbols
        self.fresh = FreshPoints(self, (symbols[OUTSIDE], symbols[INSIDE]), POINT)
        self._caption = PlotCaption(self.box, tabular(self.font()))
        self.setAccessibleName("Decision boundary")
        self.setAccessibleDescription(f"The network's output over the square of inputs, with the data points. {HELP}")
        for scatter in self._scatter.values():
            scatter.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.show_test_points(False)
        self.set_theme(theme)

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        focus = snapshot.focus
        self._classes = snapshot.experiment.class_names
        self.show_units(snapshot.experiment)
        boundary = focus.boundary if focus else snapshot.boundary
        self._focus_name = neuron_name(focus.neuron, snapshot.experiment) if focus else ""
        self._scale = focus.scale if focus else 1.0
        self._caption.show_text(f"{self._focus_name} · ±{three_digits(self._scale)}" if focus else "")
        if boundary is not self._boundary:
            self._boundary = boundary
            self.draw_values(boundary.outputs, boundary.contour)
            self._level_lines.draw(boundary.levels)
        if snapshot.data is not self._data:
            self._data = snapshot.data
            self._draw_data(snapshot.data)
            self.fresh.arrived(snapshot.experiment.own)
        self.tell()

    def show_training_points(self, visible: bool) -> None:
        """Show or hide the points that the network learns from."""
        self._show_points("train", visible)

    def show_test_points(self, visible: bool) -> None:
        """Show or hide the points that the network never learns from."""
        self._show_points("test", visible)

    def show_true_boundary(self, visible: bool) -> None:
        """Show or hide the lines that the labels were made from, if there are any."""
        self._truth.setVisible(visible)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        super().set_theme(theme)
        for (set_name, label), scatter in self._scatter.items():
            role = "positive_point" if label else "negative_point"
            filled = set_name == "train"
            scatter.setPen(theme.pen("surface" if filled else role, 0.8 if filled else 1.4))
            scatter.setBrush(theme.color(role) if filled else None)
        self._caption.set_theme(theme)
        self._level_lines.set_theme(theme)
        self._truth.setPen(theme.pen("text", 1.5, Qt.PenStyle.DashLine))

    def describe(self, x1: float, x2: float) -> str:
        """Say what the network, or its neuron in focus, says of a point."""
        assert self._boundary is not None
        value = self._boundary.at(x1, x2) * self._scale
        if self._focus_name:
            return f"{self._focus_name}   {three_digits(value, '+')}"
        return f"output {value:+.3f}   {self._classes[value > 0]}"

    def _draw_data(self, data: Data) -> None:
        path = QPainterPath()
        for line in data.true_boundary:
            path.addPath(pg.arrayToQPath(line[:, 0], line[:, 1]))
        self._truth.setPath(path)
        for (set_name, label), scatter in self._scatter.items():
            points: Points = getattr(data, set_name)
            positions = points.positions[points.labels == label]
            if np.array_equal(positions, self._drawn.get((set_name, label))):
                continue  # as most are while points are edited one by one
            self._drawn[set_name, label] = positions
            scatter.setCacheMode(QGraphicsItem.CacheMode.NoCache)  # else Qt moves the pixmap of the points before
            scatter.setData(pos=positions)
            scatter.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def _show_points(self, set_name: str, visible: bool) -> None:
        for label in (0, 1):
            self._scatter[set_name, label].setVisible(visible)
