"""The experiment panel shows an Experiment, and emits the Experiment that is asked for when a control changes."""

from dataclasses import fields, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualdl.choices import Names
from visualdl.experiment import CHOICES, OF_HIDDEN_LAYERS, Experiment
from visualdl.gui.controls.captions import heading, muted
from visualdl.gui.controls.name_control import NameControl
from visualdl.gui.controls.number_control import NumberControl

GROUPS = {
    "Data": ("seed",),
    "Network": ("depth", "width", "hidden_activation", "output_activation"),
    "Training": ("learning_rate", "batch_size"),
}
WITHOUT_SLIDER = ("seed",)  # seed 7 is no nearer to 8 than to 700
RESTARTING = {entry.name for entry in fields(Experiment) if entry.metadata["restarts"]}
NEEDS_A_HIDDEN_LAYER = "Needs a hidden layer: at depth 0 there is none."
MARGIN = 10
WITHIN_GROUP = 9
BETWEEN_GROUPS = 28


class ExperimentPanel(QWidget):
    """A column of controls, one for each choice; `experiment_wanted` carries an Experiment."""

    experiment_wanted = Signal(object)

    def __init__(self, experiment: Experiment | None = None) -> None:
        super().__init__()
        self._experiment = experiment or Experiment()
        self._fields: dict[str, NumberControl | NameControl] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(WITHIN_GROUP)
        for title, names in GROUPS.items():
            if column.count():
                column.addSpacing(BETWEEN_GROUPS - 2 * WITHIN_GROUP)
            column.addLayout(_row(heading(title), muted(_effect(names))))
            for name in names:
                self._add(name, column)
        column.addStretch(1)
        self._align()
        self.show_experiment(self._experiment)

    def experiment(self) -> Experiment:
        """Return the experiment that the controls show."""
        return self._experiment

    def show_experiment(self, experiment: Experiment) -> None:
        """Set every control, without asking for anything."""
        self._experiment = experiment  # first, so that no control finds itself different from it
        for name, control in self._fields.items():
            value = getattr(experiment, name)
            if isinstance(control, NumberControl):
                control.box.setValue(value)
            else:
                control.box.setCurrentText(value)
        self._enable()  # last: a box that loses the focus by it holds no typed text any more

    def commit(self) -> None:
        """Let what is typed into a box act; whoever carries out a command calls this first."""
        for control in self._fields.values():
            if isinstance(control, NumberControl):
                control.box.interpretText()

    def _add(self, name: str, column: QVBoxLayout) -> None:
        choice = CHOICES[name]
        if isinstance(choice, Names):
            control = NameControl(choice)
            control.box.currentTextChanged.connect(partial(self._ask_for, name))
        else:
            control = NumberControl(choice, slider=name not in WITHOUT_SLIDER)
            control.box.valueChanged.connect(partial(self._ask_for, name))
        column.addWidget(control)
        self._fields[name] = control

    def _align(self) -> None:
        """Give boxes and lists one width, so that they stand in one column."""
        boxes = [control.box for control in self._fields.values()]
        width = max(box.sizeHint().width() for box in boxes)
        for box in boxes:
            box.setFixedWidth(width)

    def _enable(self) -> None:
        """Disable what has no meaning in a network without hidden layers."""
        for name in OF_HIDDEN_LAYERS:
            self._fields[name].disable_because("" if self._experiment.depth else NEEDS_A_HIDDEN_LAYER)

    def _ask_for(self, name: str, value: object) -> None:
        wanted = replace(self._experiment, **{name: value})
        if wanted != self._experiment:
            self._experiment = wanted
            self._enable()
            self.experiment_wanted.emit(wanted)


def _effect(names: tuple[str, ...]) -> str:
    """Say what a change in a group does, if all its choices do the same."""
    restarting = [name in RESTARTING for name in names]
    if all(restarting):
        return "starts a new network"
    return "" if any(restarting) else "acts at once"


def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
