"""The decision boundary, or one neuron in its place: values over the square, the line where they are 0, the data."""

import pyqtgraph as pg
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import SQUARED
from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.boundary.data_points import DataPoints
from visualdl.gui.views.boundary.fresh_points import FreshPoints
from visualdl.gui.views.boundary.three_digits import three_digits
from visualdl.gui.views.plots.level_lines import LevelLinesItem
from visualdl.gui.views.plots.plot_caption import PlotCaption
from visualdl.gui.views.plots.plot_keys import HELP
from visualdl.gui.views.plots.unit_square import UnitSquare
from visualdl.training.values.pictures import Boundary
from visualdl.training.values.snapshot import Data, Snapshot

CAPTION = 500  # over all that is data, under the edge


class BoundaryView(UnitSquare):
    """Draws a snapshot's boundary and data over [0, 1]^2.

    Blue is a positive output, class 1, orange a negative one; the line is where the output is 0. More than two classes
    have a colour each, paler where the network is less sure, and lines where another one wins; of a regression, blue
    and orange are the value. Points beyond the square, where noise takes some, are not shown. A snapshot with a neuron
    in focus shows that one's value in the same way, and says so. `hovered` carries what the network says under the
    cursor, and "" when the cursor has left. The wheel zooms, a double-click resets.
    """

    def __init__(self, theme: Theme) -> None:
        self._boundary: Boundary | None = None
        self._focus_name, self._scale = "", 1.0  # the neuron in focus; "" is the network's output
        self._data: Data | None = None
        self._task = Experiment().task
        self._level_lines = LevelLinesItem()
        self._truth = QGraphicsPathItem()
        self._truth.setVisible(False)
        self._points = DataPoints()
        super().__init__(theme, self._level_lines, *self._points.items.values(), self._truth)
        self.fresh = FreshPoints(self.sheet)
        self._caption = PlotCaption(tabular(self.font()))
        self.sheet.add_in_pixels(self._caption, CAPTION)
        self.setAccessibleName("Decision boundary")
        self.setAccessibleDescription(f"The network's output over the square of inputs, with the data points. {HELP}")
        self.show_test_points(False)
        self.set_theme(theme)

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment."""
        focus = snapshot.focus
        self._task = snapshot.experiment.task
        self.show_units(snapshot.experiment)
        boundary = focus.boundary if focus else snapshot.boundary
        self._focus_name = snapshot.topology.neuron_name(focus.neuron) if focus else ""
        self._scale = focus.scale if focus else 1.0
        self._caption.show_text(f"{self._focus_name} · ±{three_digits(self._scale)}" if focus else "")
        if boundary is not self._boundary:
            self._boundary = boundary
            self.draw_values(boundary.outputs, boundary.contour, boundary.shades, boundary.scale)
            self._level_lines.draw(boundary.levels)
        if snapshot.data is not self._data:
            self._data = snapshot.data
            self._draw_data(snapshot.data)
            self.fresh.arrived(snapshot.experiment.data.own)
        self.tell()

    def on_view_changed(self) -> None:
        """Keep the points, which are pixels, where the axes say."""
        super().on_view_changed()
        self._points.arrange(self.box.viewRect(), QSizeF(self.sheet.size()), self.devicePixelRatioF())

    def show_training_points(self, visible: bool) -> None:
        """Show or hide the points that the network learns from."""
        self._points.show("train", visible)

    def show_test_points(self, visible: bool) -> None:
        """Show or hide the points that the network never learns from."""
        self._points.show("test", visible)

    def show_true_boundary(self, visible: bool) -> None:
        """Show or hide the lines that the labels were made from, if there are any."""
        self._truth.setVisible(visible)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        super().set_theme(theme)
        self._points.set_theme(theme)
        self._caption.set_theme(theme)
        self._level_lines.set_theme(theme)
        self._truth.setPen(theme.pen("text", 1.5, Qt.PenStyle.DashLine))

    def describe(self, x1: float, x2: float) -> str:
        """Say what the network, or its neuron in focus, says of a point."""
        assert self._boundary is not None
        value = self._boundary.at(x1, x2)
        if self._focus_name:
            return f"{self._focus_name}   {three_digits(value * self._scale, '+')}"
        if self._task.is_regression:
            return f"value {value:+.3f}"
        predicted_class, sure = self._boundary.predicted_class_at(x1, x2) or (int(value > 0), value)
        name = self._task.class_names[predicted_class]
        if self._task.loss == SQUARED:
            return f"{'output' if self._boundary.predicted_classes is None else 'lead'} {sure:+.3f}   {name}"
        probability = (1 + abs(sure)) / 2 if self._boundary.predicted_classes is None else sure
        return f"{name}   probability {probability:.3f}"

    def _draw_data(self, data: Data) -> None:
        path = QPainterPath()
        for line in data.true_boundary:
            path.addPath(pg.arrayToQPath(line[:, 0], line[:, 1]))
        self._truth.setPath(path)
        self._points.draw(data)
