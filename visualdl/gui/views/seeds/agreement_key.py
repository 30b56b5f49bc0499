"""The key to the map of agreement: what its palest and its fullest colours say."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import Task
from visualdl.gui.theme import Theme, gradient_values
from visualdl.gui.views.boundary.color_bar import ColorBar

BAR = QSize(32, 10)  # pixels


class AgreementKey(QWidget):
    """The diverging map between two words or values; of more than two classes, those of the boundary's key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._low, self._bar, self._high = QLabel(), QLabel(), QLabel()
        self._bar.setFixedSize(BAR)
        self._classes = ColorBar(theme, "Vote key")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for part in (self._low, self._bar, self._high, self._classes):
            row.addWidget(part)
        self._shown: tuple[Task, float] | None = None
        self.show_task(Experiment().task, 1.0)
        self.set_theme(theme)

    def show_task(self, task: Task, scale: float) -> None:
        """Say what the classes are called, or which value has the full colour."""
        if self._shown == (task, scale):
            return
        self._shown = task, scale
        are_many = len(task.class_names) > 2
        for part in (self._low, self._bar, self._high):
            part.setVisible(not are_many)
        self._classes.setVisible(are_many)
        if are_many:
            self._classes.show_task(task)
            self.setToolTip("The class that most runs say: the paler, the fewer say it.")
            self._classes.setToolTip(f"<p>{self.toolTip()}</p><p>{self._classes.accessibleDescription()}</p>")
        elif task.is_regression:
            self._low.setText(f"−{scale:.3g}")
            self._high.setText(f"+{scale:.3g}")
            self.setToolTip("The median of the values that the runs predict.")
        else:
            self._low.setText("none")
            self._high.setText("all")
            self.setToolTip(f'The share of runs that say "{task.class_names[1]}". The line is where half of them do.')

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        bar = theme.picture(gradient_values()).scaled(BAR, Qt.AspectRatioMode.IgnoreAspectRatio)
        self._bar.setPixmap(QPixmap.fromImage(bar))
        self._classes.set_theme(theme)
