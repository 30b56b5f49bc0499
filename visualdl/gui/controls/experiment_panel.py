"""The experiment panel shows an Experiment, and emits the Experiment that is asked for when a control changes."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualdl.experiment.choices import Names
from visualdl.experiment.data_choices import OWN
from visualdl.experiment.experiment import CHOICES, PART_OF, Experiment
from visualdl.experiment.network_choices import OF_EACH_LAYER
from visualdl.experiment.task import implied_changes_sentence
from visualdl.experiment.training_choices import STOP_UNITS
from visualdl.gui.controls.captions import heading, muted
from visualdl.gui.controls.draw_button import DrawButton
from visualdl.gui.controls.feature_controls import FeatureControls
from visualdl.gui.controls.name_control import NameBox, NameControl
from visualdl.gui.controls.number_control import NumberControl

GROUPS = {
    "Data": ("dataset", "classes", "samples", "noise", "training_share"),
    "Network": ("depth", "width", "hidden_activation", "output_activation", "loss"),
    "Training": ("learning_rate", "batch_size", "optimizer", "schedule", "schedule_epochs"),
    "Inputs": ("features",),
    "Chance": ("seed", "data_draw", "weight_draw"),
    "Regularisation": ("penalty", "penalty_rate", "dropout"),
    "Stopping": ("stop_when", "stop_at"),
    "Layers": ("initialization", "batch_norm"),
}
"""From what is touched often down to what is not."""

DRAWS = {"data_draw": "New data", "weight_draw": "New weights"}  # side by side, below what is above them
WITHOUT_SLIDER = ("classes", "seed", "schedule_epochs", "stop_at")  # few, or no nearer to 8 than to 700, or typed
LAYERS_DIFFER = "The hidden layers differ in it: a new value is for all of them."
BESIDE, ABOVE = 4, 8  # margins
WITHIN_GROUP = 8
BETWEEN_GROUPS = 20


class ExperimentPanel(QWidget):
    """A column of controls, one for each choice; `experiment_wanted` carries an Experiment.

    Own points are no choice that a control could make: `own_wanted` asks for an experiment with them.
    `told` carries a sentence about what a choice has changed beside itself.
    """

    experiment_wanted = Signal(object)
    own_wanted = Signal()
    told = Signal(str)

    def __init__(self, experiment: Experiment | None = None) -> None:
        super().__init__()
        self._experiment = experiment or Experiment()
        self._asks = False  # only what a hand changes is a wish
        self._fields: dict[str, NumberControl | NameControl] = {}
        self._draws: dict[str, DrawButton] = {}
        self._features = FeatureControls()
        self._features.features_wanted.connect(partial(self._ask_for, "features"))
        column = QVBoxLayout(self)
        column.setContentsMargins(BESIDE // 2, ABOVE, BESIDE, ABOVE)
        column.setSpacing(WITHIN_GROUP)
        for title, names in GROUPS.items():
            if column.count():
                column.addSpacing(BETWEEN_GROUPS - 2 * WITHIN_GROUP)
            column.addLayout(_row(heading(title), muted(_effect(names))))
            for name in names:
                if name in CHOICES and name not in DRAWS:
                    self._add(name, column)
            if "features" in names:
                column.addWidget(self._features)
            draws = [name for name in names if name in DRAWS]
            if draws:
                column.addLayout(self._draw_buttons(draws))
        column.addStretch(1)
        self._align()
        self.show_experiment(self._experiment)

    def experiment(self) -> Experiment:
        """Return the experiment that the controls show."""
        return self._experiment

    def show_experiment(self, experiment: Experiment) -> None:
        """Set every control, without asking for anything."""
        self._experiment, self._asks = experiment, False
        for name, control in {**self._fields, **self._draws, "features": self._features}.items():
            control.show_value(getattr(experiment, name))
        self._asks = True
        self._explain()  # last: a box that loses the focus by it holds no typed text any more

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

    def _draw_buttons(self, names: list[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in names:
            self._draws[name] = DrawButton(DRAWS[name], CHOICES[name])
            self._draws[name].drawn.connect(partial(self._ask_for, name))
            row.addWidget(self._draws[name], 1)
        return row

    def _align(self) -> None:
        """Give number boxes one width, so that they stand in one column; a list is as wide, or as its names need."""
        boxes = [control.box for control in self._fields.values()]
        common = max(box.sizeHint().width() for box in boxes if not isinstance(box, NameBox))
        for box in boxes:
            box.setFixedWidth(max(common, box.sizeHint().width()) if isinstance(box, NameBox) else common)

    def _explain(self) -> None:
        """Disable what has no effect, and say why; tell where the hidden layers differ."""
        experiment, layers = self._experiment, self._experiment.network.hidden
        more = {
            "stop_at": {"unit": STOP_UNITS.get(experiment.stopping.stop_when, "")},
            "loss": {"note": experiment.task.sentence},
        }
        for name, of_layer in OF_EACH_LAYER.items():
            differ = len({getattr(layer, of_layer) for layer in layers}) > 1
            more[name] = {"differing": LAYERS_DIFFER if differ else ""}
        for name, control in self._fields.items():
            control.explain(CHOICES[name].idle(experiment), **more.get(name, {}))
        self._asks = False
        self._fields["classes"].show_value(len(experiment.class_names) or 2)  # what it is, where it cannot be chosen
        self._asks = True

    def _ask_for(self, name: str, value: object) -> None:
        if not self._asks:
            return
        if (name, value) == ("dataset", OWN):
            self.own_wanted.emit()
            return
        wanted = self._experiment.choose(name, value)
        sentence = implied_changes_sentence(self._experiment.task, wanted.task, name, value)
        if sentence:
            self.told.emit(sentence)
        if getattr(wanted, name) != value:
            self.show_experiment(wanted)
        if wanted != self._experiment:
            self._experiment = wanted
            self._explain()
            self.experiment_wanted.emit(wanted)


def _effect(names: tuple[str, ...]) -> str:
    """Say what a change in a group does, if all its choices do the same."""
    parts = {PART_OF.get(name, "seed") for name in names}
    if parts == {"data"}:  # but for another number of classes, as its control says
        return "keeps the network"
    return (
        "starts a new network" if parts == {"network"} else "acts at once" if parts <= {"training", "stopping"} else ""
    )


def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
