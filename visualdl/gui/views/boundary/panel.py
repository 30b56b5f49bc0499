"""What comes of the training, and is never hidden: the boundary with the key to its colours, and its curves."""

from collections.abc import Container

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visualdl.experiment.task import Task
from visualdl.gui.actions import Actions
from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.gui.views.boundary.color_bar import ColorBar
from visualdl.gui.views.boundary.symbols import points_icon
from visualdl.gui.views.curves.curve import error_curve, loss_curve
from visualdl.gui.views.plots.square_frame import SquareFrame
from visualdl.gui.widgets.layout_helpers import headed, menu_button
from visualdl.training.values.snapshot import Curves, Data, Snapshot

SMALLEST_BOUNDARY = 240  # pixels


class BoundaryPanel(QObject):
    """Boundary, loss curve and error curve, switched by the toggles of `actions`. `hovered` is the mouse, in words.

    `column` is the boundary below the switches of what it shows, and its key.
    """

    hovered = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._data: Data | None = None
        self._theme, self._are_values = theme, False
        self.boundary = BoundaryView(theme)
        self.color_bar = ColorBar(theme)
        self.loss_curve = loss_curve(actions.toggles["log_loss"])
        self.error_curve = error_curve(actions.toggles["log_error"])
        for view in (self.boundary, self.loss_curve, self.error_curve):
            view.hovered.connect(self.hovered)
        for name, show in (
            ("training_points", self.boundary.show_training_points),
            ("test_points", self.boundary.show_test_points),
            ("true_circle", self.boundary.show_true_boundary),
            ("contour", self.boundary.show_lines),
            ("log_loss", self.loss_curve.set_log),
            ("log_error", self.error_curve.set_log),
        ):
            actions.toggles[name].toggled.connect(show)
        self.column = self._headed_boundary()

    def _headed_boundary(self) -> QWidget:
        """Return the boundary below the switches of what it shows, and its key."""
        toggles = self._actions.toggles
        shown = toggles["training_points"], toggles["test_points"], toggles["true_circle"]
        options = menu_button("Map options", "How the map is shown: its lines, its colours and how finely")
        self._actions.fill_map_menu(options.menu())
        return headed(SquareFrame(self.boundary, SMALLEST_BOUNDARY), *shown, options, None, self.color_bar)

    def lend_keys(self, keys: Container[str]) -> None:
        """Leave these keys to somebody else, and have all others for the switches."""
        self._actions.lend_keys(keys)

    def show_all_points(self, all_points: bool) -> None:
        """Show the points of both sets, whatever the switches say, and disable these; or let them say it again."""
        toggles = self._actions.toggles
        for name, show in (
            ("training_points", self.boundary.show_training_points),
            ("test_points", self.boundary.show_test_points),
        ):
            show(all_points or toggles[name].isChecked())
            toggles[name].setEnabled(not all_points)

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment's boundary, and what belongs to its data."""
        self.boundary.draw(snapshot)
        if snapshot.data is not self._data:
            self._data = snapshot.data
            self._show_task(snapshot.experiment.task, snapshot.data.scale)
            self._actions.show_truth(snapshot.experiment.data.dataset, bool(snapshot.data.true_boundary))

    def draw_curves(self, curves: Curves) -> None:
        """Show the run up to this moment."""
        self.loss_curve.draw(curves)
        self.error_curve.draw(curves)

    def reset_zoom(self) -> None:
        """Show the whole square and the whole curves."""
        for view in (self.boundary, self.loss_curve, self.error_curve):
            view.reset_zoom()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for part in (self.boundary, self.color_bar, self.loss_curve, self.error_curve):
            part.set_theme(theme)
        self._theme = theme
        self._draw_icons()

    def _show_task(self, task: Task, scale: float) -> None:
        self.color_bar.show_task(task, scale)
        self._actions.show_decision(task)
        self.error_curve.show_error_name(task.error_name)
        if task.is_regression != self._are_values:
            self._are_values = task.is_regression
            self._draw_icons()

    def _draw_icons(self) -> None:
        for set_name, toggle in (("train", "training_points"), ("test", "test_points")):
            self._actions.toggles[toggle].setIcon(points_icon(self._theme, set_name, values=self._are_values))
