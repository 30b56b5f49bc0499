"""Everything that a menu or a key can do, with its shortcut: the window connects it, the menus show it."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.task import SQUARED, Task
from visualdl.training.values.snapshot_request import RESOLUTIONS

THEMES = ("System", "Light", "Dark")
NO_TRUTH = "{} has no true boundary: each point is of the class that it was drawn for"
NO_CLASSES = "{} has no true boundary: its points have values instead of classes"
NO_DECISION = "{} has no decision boundary: its points have values instead of classes"
ZERO = "Show the line where the output is 0: the decision boundary"
HALF = "Show the line where the probability is one half: the decision boundary"
AHEAD = "Show the lines where another class wins: the decision boundary"

# name -> text in the menu, text on a button, shortcut, whether it is on at first, tip
TOGGLES = {
    "training_points": ("Training points", "Training", "1", True, "Show the points that the network learns from"),
    "test_points": ("Test points", "Test", "2", False, "Show the points that the network never learns from"),
    "true_circle": ("True circle", "Circle", "3", False, "Show the circle that the labels were made from"),
    "contour": ("Contour", "Contour", "4", True, ZERO),
    "level_lines": (
        "Level lines",
        "Levels",
        "5",
        False,
        "Show the lines where the output is ¼, ½ and ¾ of its largest, solid above 0, dashed below",
    ),
    "discrete": ("Discretise", "Discrete", "6", False, "Show on every map the class alone, not how sure it is"),
    "log_loss": ("Logarithmic loss", "log", "L", False, "Logarithmic scale for the loss"),
    "log_error": ("Logarithmic error", "log", "K", False, "Logarithmic scale for the error"),
    "pages": ("Pages", "Pages", "P", True, "Show the pages beside the boundary, or leave their place to it"),
}


class Actions(QObject):
    """The window's actions; by the names of TOGGLES, THEMES and RESOLUTIONS."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.train = self._action("Train", "Space", "Train until paused")
        self.step = self._action("Step", "S", "Train one mini-batch, then pause")
        self.epoch = self._action("Epoch", "E", "Train to the end of the epoch, then pause")
        self.reset = self._action("Reset", "R", "Start again from the same initial weights")
        self.open = self._action("Open weights …", QKeySequence.StandardKey.Open, "Go on with a network from a file")
        self.save = self._action("Save weights …", QKeySequence.StandardKey.Save, "Write the network to a file")
        self.reset_zoom = self._action("Reset zoom", "0", "Show the whole square and the whole curves")
        self.next_divider = self._action("Next divider", "F8", "Move the line between two parts by arrow keys")
        self.full_screen = self._action("Full screen", "F11", "Fill the screen with the window", checkable=True)
        self.switch_theme = self._action("Switch light and dark", "Ctrl+T", "Switch between the light and dark palette")
        self.about = self._action("About visualdl", "", "Which versions are running")
        self.quit = self._action("Quit", QKeySequence.StandardKey.Quit, "Stop training and close the window")
        self.toggles: dict[str, QAction] = {}
        self._tips = {name: tip for name, (*_, tip) in TOGGLES.items()}
        for name, (text, button_text, shortcut, on, tip) in TOGGLES.items():
            self.toggles[name] = self._action(text, shortcut, tip, checkable=True)
            self.toggles[name].setIconText(button_text)
            self.toggles[name].setChecked(on)
        group = QActionGroup(self)
        self.themes = {}
        for name in THEMES:
            tip = "Follow the system's palette" if name == "System" else f"Use the {name.lower()} palette"
            self.themes[name] = group.addAction(self._action(name, "", tip, checkable=True))
        self.themes["System"].setChecked(True)
        self.next_resolution = self._action("Next resolution", "G", "See the map on the next finer grid, or the first")
        self.resolutions = {}
        points = QActionGroup(self)
        for name, side in RESOLUTIONS.items():
            tip = f"See the map on a grid of {side} × {side} points"
            self.resolutions[name] = points.addAction(self._action(name, "", tip, checkable=True))
            self.resolutions[name].setText(f"{name} ({side} × {side})")
        self.resolutions["Usual"].setChecked(True)

    def theme_name(self) -> str:
        """Return which of THEMES is chosen."""
        return next(name for name, action in self.themes.items() if action.isChecked())

    def resolution_name(self) -> str:
        """Return which of RESOLUTIONS is chosen."""
        return next(name for name, action in self.resolutions.items() if action.isChecked())

    def show_truth(self, dataset: str, exists: bool) -> None:
        """Say what the true boundary of a data set is called; if it has none, why it cannot be shown."""
        action = self.toggles["true_circle"]
        data_set = DATA_SETS.get(dataset)  # None for the user's own points
        is_circle = data_set is not None and data_set.round
        action.setText("True circle" if is_circle else "True boundary")
        action.setIconText("Circle" if is_circle else "Truth")
        name = "circle" if is_circle else "lines"
        why_not = (
            ""
            if exists
            else (NO_CLASSES if data_set is not None and data_set.is_regression else NO_TRUTH).format(dataset)
        )
        self._allow("true_circle", f"Show the {name} that the labels were made from", why_not)

    def show_decision(self, task: Task) -> None:
        """Say where a task's decision boundary is; if it has none, why it cannot be shown."""
        tip = AHEAD if len(task.class_names) > 2 else ZERO if task.loss == SQUARED else HALF
        self._allow("contour", tip, NO_DECISION.format(task.dataset) if task.is_regression else "")

    def lend_keys(self, keys: Container[str]) -> None:
        """Leave these keys to somebody else, and have all others for the switches."""
        for name, (_, _, key, _, _) in TOGGLES.items():
            self.toggles[name].setShortcut("" if key in keys else key)
            self._show_tip(name)

    def _allow(self, name: str, tip: str, why_not: str) -> None:
        """Give a switch a tip; or disable it, and say why."""
        self._tips[name] = why_not or tip
        self.toggles[name].setEnabled(not why_not)
        self._show_tip(name)

    def _show_tip(self, name: str) -> None:
        action = self.toggles[name]
        action.setToolTip(_with_keys(self._tips[name], action if action.isEnabled() else None))

    def fill(
        self, menu_bar: QMenuBar, data: Sequence[QAction], undo: Sequence[QAction], edits: Sequence[QAction]
    ) -> None:
        """Put the actions into menus: among files those of `data`, and `undo` and `edits` into a menu of their own."""
        file = menu_bar.addMenu("&File")
        file.addActions([self.open, self.save])
        file.addSeparator()
        file.addActions(data)
        file.addSeparator()
        file.addAction(self.quit)
        edit = menu_bar.addMenu("&Edit")
        edit.addActions(undo)
        edit.addSeparator()
        edit.addActions(edits)
        menu_bar.addMenu("&Run").addActions([self.train, self.step, self.epoch, self.reset])
        view = menu_bar.addMenu("&View")
        view.addActions(list(self.toggles.values()))
        self.add_resolutions(view)
        view.addSeparator()
        view.addAction(self.reset_zoom)
        view.addSeparator()
        view.addMenu("Theme").addActions(list(self.themes.values()))
        view.addActions([self.switch_theme, self.full_screen, self.next_divider])
        menu_bar.addMenu("&Help").addAction(self.about)

    def add_resolutions(self, menu: QMenu) -> None:
        """Put the map's resolutions into a menu of their own within `menu`."""
        menu.addMenu("Map resolution").addActions([*self.resolutions.values(), self.next_resolution])

    def fill_map_menu(self, menu: QMenu) -> None:
        """Put into `menu` how the map is shown, for whoever is at the map."""
        menu.addActions([self.toggles[name] for name in ("contour", "level_lines", "discrete")])
        self.add_resolutions(menu)

    def _action(
        self, text: str, shortcut: str | QKeySequence.StandardKey, tip: str, *, checkable: bool = False
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(_with_keys(tip, action))
        action.setCheckable(checkable)
        return action


def _with_keys(tip: str, action: QAction | None) -> str:
    """Return a tip with the keys of an action, if it has any."""
    keys = action.shortcut().toString() if action else ""
    return f"{tip} ({keys})" if keys else tip
