"""Editing data by hand on the map: points that are put or wiped become the experiment's own, while training goes on."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from visualdl.data.own_data import MOST_CLASSES, OwnData
from visualdl.data.point_edits import with_points, without_points
from visualdl.data.table import shown
from visualdl.experiment.experiment import Experiment
from visualdl.gui.editing.edit_history import Edit, EditHistory
from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.brush import Brush
from visualdl.gui.views.boundary.class_chooser import ClassChooser
from visualdl.gui.views.boundary.corner_button import CornerButton
from visualdl.gui.views.boundary.key_brush import KeyBrush
from visualdl.gui.views.boundary.panel import BoundaryPanel
from visualdl.gui.views.boundary.symbols import class_icon
from visualdl.training.samples.present_points import present_points

TIP = "Put points onto the map with the left button, remove them with the right one"
NO_CLASSES = "Points of {} have values: only those of classes can be edited"
SHORT_NAME = 36  # characters of all classes' names together, on their buttons

Want = Callable[[Experiment], object]


class DataEdits(QObject):
    """Watches the boundary of `outcome` while `mode`, an action, is checked. `tell` is given a sentence for the user.

    Each stroke is one edit of the `history`, which ends in an experiment that is asked for by `want`; before, `commit`
    has typed numbers act.
    """

    def __init__(
        self,
        outcome: BoundaryPanel,
        history: EditHistory,
        theme: Theme,
        *,
        want: Want,
        commit: Callable[[], object],
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(outcome)
        self._outcome, self._history, self._want, self._commit, self._tell = outcome, history, want, commit, tell
        self._experiment = Experiment()
        self._names: tuple[str, ...] = ()
        self._label, self._stroke = 1, 0
        self._theme = theme
        self.mode = QAction("Edit data", self)
        self.mode.setShortcut(QKeySequence("D"))
        self.mode.setCheckable(True)
        self.mode.toggled.connect(self._set_on)
        self.classes = [self._class_action(label) for label in range(MOST_CLASSES)]
        group = QActionGroup(self)
        for action in self.classes:
            group.addAction(action)
        self._chooser = ClassChooser(outcome.column, self.classes, self.mode)
        CornerButton(outcome.boundary, self.mode)
        self._brush, self._key_brush = Brush(outcome.boundary), KeyBrush(outcome.boundary)
        for brush in (self._brush, self._key_brush):
            brush.put.connect(self._put)
            brush.wiped.connect(self._wipe)
            brush.lifted.connect(self._lift)
        self.show_experiment(self._experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the experiment that is asked for, to edit its points; with another data set, forget the edits."""
        if any(getattr(experiment, name) != getattr(self._experiment, name) for name in ("dataset", "classes", "own")):
            self.forget()
        self._experiment = experiment
        are_values = experiment.task.is_regression
        self.mode.setEnabled(not are_values)
        self.mode.setToolTip(NO_CLASSES.format(experiment.data.dataset) if are_values else f"{TIP} (D)")
        if are_values:
            self.mode.setChecked(False)
        elif experiment.class_names != self._names:
            self._names = experiment.class_names
            self._label = min(self._label, len(self._names) - 1)
            self._show_classes()

    def forget(self) -> None:
        """Forget all edits: the data they were made on is no longer there."""
        self._history.forget(_PointEdit)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self._show_classes()

    def replace_points(self, own: OwnData, name: str) -> None:
        """Let other own points take the place of all there are: an edit of that name."""
        self._commit()
        after = self._experiment.with_own(own)
        self._history.make(_PointEdit(name, self._experiment, after, self._take_over))

    def _class_action(self, label: int) -> QAction:
        action = QAction(self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(str(label + 1)))
        action.triggered.connect(partial(self._choose, label))
        return action

    def _choose(self, label: int) -> None:
        self._label = label

    def _show_classes(self) -> None:
        """Name the classes, and let as many keys as there are classes choose between them while data is edited."""
        longest = SHORT_NAME // len(self._names)
        self._outcome.lend_keys("123456"[: len(self._names)] if self.mode.isChecked() else "")
        for label, action in enumerate(self.classes):
            exists = label < len(self._names)
            action.setVisible(exists)
            action.setEnabled(exists and self.mode.isChecked())
            if exists:
                name = shown(self._names[label], quotes=False)
                action.setText(name if len(name) <= longest else f"{name[: longest - 1]}…")
                action.setToolTip(f"New points are {name} ({label + 1})")
                action.setIcon(class_icon(self._theme, label))
        self.classes[self._label].setChecked(True)
        self._chooser.show_classes()

    def _set_on(self, on: bool) -> None:
        self._brush.set_on(on)
        self._key_brush.set_on(on)
        self._outcome.show_all_points(on)
        self._chooser.setVisible(on)
        self._show_classes()

    def _put(self, places: np.ndarray) -> None:
        try:
            own = with_points(self._points(), places, self._label)
        except ValueError as error:
            self._tell(str(error))
            return
        self._edit(own)
        self._outcome.boundary.fresh.show(own, places, self._label, self._theme)

    def _wipe(self, places: np.ndarray, radius: float) -> None:
        before = self._points()
        after, sentence = without_points(before, places, radius)
        if sentence:
            self._tell(sentence)
        if after is not before:
            self._edit(after)

    def _edit(self, own: OwnData) -> None:
        before = self._experiment
        if before.own is None:
            self._tell(f"The points of {before.dataset} are your own now; the list of datasets brings it back.")
        self._history.make(_PointEdit("point edit", before, before.with_own(own), self._take_over, self._stroke))

    def _lift(self) -> None:
        self._stroke += 1

    def _points(self) -> OwnData:
        self._commit()
        return present_points(self._experiment)

    def _take_over(self, points: Experiment, in_place_of: Experiment) -> None:
        self._experiment = self._experiment.with_points_of(points, in_place_of)
        self._want(self._experiment)


class _PointEdit:
    """From the data of one experiment to that of another; edits of the same `stroke` are one."""

    def __init__(
        self,
        name: str,
        before: Experiment,
        after: Experiment,
        take_over: Callable[[Experiment, Experiment], object],
        stroke: int | None = None,
    ) -> None:
        self.name = name
        self.before, self.after, self.stroke = before, after, stroke
        self._take_over = take_over

    def make(self) -> None:
        self._take_over(self.after, self.before)

    def undo(self) -> None:
        self._take_over(self.before, self.after)

    def takes_in(self, later: Edit) -> bool:
        if not isinstance(later, _PointEdit) or self.stroke is None or later.stroke != self.stroke:
            return False
        self.after = later.after
        return True
