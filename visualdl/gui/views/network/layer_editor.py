"""The editor of one hidden layer: width, activation, and its place among the others."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from visualdl.experiment.choices import Names
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.gui.controls.buttons import enable
from visualdl.gui.controls.captions import caption
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.name_control import NameBox
from visualdl.gui.views.network import layer_changes as changes
from visualdl.gui.views.network.boxes import WidthBox
from visualdl.gui.views.network.popover import Popover

TIPS = {
    "Add layer before": "Put another one like this before it",
    "Add layer after": "Put another one like this after it",
    "Move left": "Change places with the layer before",
    "Move right": "Change places with the layer after",
    "Remove layer": "Take this layer out of the network",
}


class LayerEditor(Popover):
    """Edits a hidden layer of an experiment; `experiment_wanted` carries an Experiment with other hidden layers.

    `index` is the layer's, from 0 on; None while the editor is closed. It follows the layer that it moves. `latest`
    is the layer's that was open last. `pressed` says that a button is, and its click may follow.
    """

    experiment_wanted = Signal(object)
    pressed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "Layer")
        self.index: int | None = None
        self.latest = 0
        self._experiment = Experiment()
        self._activation_choice = CHOICES["hidden_activation"]
        assert isinstance(self._activation_choice, Names)
        self._width, self._activation = WidthBox(changes.WIDTH), NameBox(self._activation_choice)
        self._describe_boxes("Layer")
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for row, (text, box) in enumerate((("Width", self._width), ("Activation", self._activation))):
            grid.addWidget(caption(text, box), row, 0)
            grid.addWidget(box, row, 1)
        self._buttons: dict[str, QPushButton] = {}
        for row, names in enumerate((("Add layer before", "Add layer after"), ("Move left", "Move right")), start=2):
            for column, name in enumerate(names):
                grid.addWidget(self._button(name), row, column)
        grid.addWidget(self._button("Remove layer"), 4, 0, 1, 2)
        self.column.addLayout(grid)
        self._width.valueChanged.connect(
            lambda width: self._want(changes.with_width(self._layers(), self.index, width))
        )
        self._activation.currentTextChanged.connect(
            lambda name: self._want(changes.with_activation(self._layers(), self.index, name))
        )
        self._on("Add layer before", lambda: self._add(0))
        self._on("Add layer after", lambda: self._add(1))
        self._on("Move left", lambda: self._move(-1))
        self._on("Move right", lambda: self._move(1))
        self._on("Remove layer", self._remove)
        self.closed.connect(self._forget)

    def open(self, index: int, experiment: Experiment, where: QPoint) -> None:
        """Edit a hidden layer, beside a point of the page."""
        self.index = index
        self.show_experiment(experiment)
        self.show_at(where, self._width)
        self._width.selectAll()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the layer as it is in this experiment; close if it has no such layer."""
        self._experiment = experiment
        if self.index is None:
            return
        if self.index >= len(experiment.network.hidden):
            with QSignalBlocker(self._width):  # what is typed in it has no layer any more
                self.dismiss()
            return
        layer = experiment.network.hidden[self.index]
        with QSignalBlocker(self._width), QSignalBlocker(self._activation):
            self._width.setValue(layer.width)
            self._activation.setCurrentText(layer.activation)
        self._explain()

    def commit(self) -> None:
        """Let a width that is typed act."""
        if self.index is not None:
            self._width.interpretText()

    def _layers(self) -> changes.Layers:
        return self._experiment.network.hidden

    def _explain(self) -> None:
        """Name everything after the layer; disable what its bounds forbid, and say why."""
        number, layers = self.index + 1, self._layers()
        self.title.setText(f"Layer {number}")
        self._describe_boxes(f"Layer {number}")
        reasons = {
            "Add layer before": changes.why_no_more(layers),
            "Add layer after": changes.why_no_more(layers),
            "Move left": changes.why_no_move(layers, self.index, -1),
            "Move right": changes.why_no_move(layers, self.index, 1),
        }
        for name, button in self._buttons.items():
            button.setAccessibleName(f"Layer {number}: {name[0].lower()}{name[1:]}")
            enable(button, TIPS[name], reasons.get(name, ""))

    def _describe_boxes(self, layer: str) -> None:
        """Name the boxes after a layer: what is called Width alone is for all layers."""
        describe(self._width, replace(changes.WIDTH, label=f"{layer} width"))
        describe(self._activation, replace(self._activation_choice, label=f"{layer} activation"))

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setToolTip(TIPS[name])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the popover
        button.pressed.connect(self.pressed)
        self._buttons[name] = button
        return button

    def _on(self, name: str, act: Callable[[], None]) -> None:
        button = self._buttons[name]

        def click() -> None:
            if self.index is not None and button.isEnabled():  # what was typed acted when the button was pressed
                act()

        button.clicked.connect(click)

    def _add(self, further: int) -> None:
        index = self.index
        self.index += 1 - further  # the layer itself is the later one if the new one came before it
        self._want(changes.with_copy(self._layers(), index))

    def _move(self, right: int) -> None:
        index = self.index
        self.index += right
        self._want(changes.moved(self._layers(), index, right))

    def _remove(self) -> None:
        layers = changes.without(self._layers(), self.index)
        self.dismiss()
        self._want(layers)

    def _want(self, layers: changes.Layers) -> None:
        experiment = self._experiment.with_hidden(layers)
        self.show_experiment(experiment)
        self.experiment_wanted.emit(experiment)

    def _forget(self) -> None:
        self.latest, self.index = self.index, None
