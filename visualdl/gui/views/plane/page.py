"""The page "Hidden plane": two neurons of a layer as axes, and in their plane the folded square with the data, live."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.boundary.three_digits import three_digits
from visualdl.gui.views.plane.choice import DEFAULT, OUTPUTS, PlaneChoice, difference, nearest
from visualdl.gui.views.plane.controls import PlaneControls
from visualdl.gui.views.plane.plot import PlanePlot
from visualdl.gui.views.plots.plot_keys import HELP
from visualdl.training.values.frame import Frame
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.topology import Topology


class PlanePage(QWidget):
    """Draws a snapshot's hidden plane, below the controls that choose its neurons.

    `plane_wanted` tells of each new choice, a tuple[Neuron, Neuron], across and up; `neurons` is the present one. What
    the user chose stays the wish while the network changes: where it has no such neurons, the nearest are shown, and
    it says so. `hovered` carries the values under the mouse, and "" when it has left.
    """

    plane_wanted = Signal(object)
    hovered = Signal(str)

    def __init__(self, theme: Theme, experiment: Experiment | None = None) -> None:
        """`experiment` is the one on show until the first snapshot comes: the paper's, unless given."""
        super().__init__()
        self._experiment = experiment or Experiment()
        self._topology = Topology.of(self._experiment)
        self._drawn: tuple[Neuron, Neuron] | None = None
        self._wish = DEFAULT
        self._sentence = ""
        self.setAccessibleName("Hidden plane")
        self.setAccessibleDescription("The square of inputs and the training points in the plane of two neurons.")
        self._controls = PlaneControls()
        self._plot = PlanePlot(tabular(self.font()), theme)
        self._plot.setAccessibleName("Hidden plane plot")
        self._plot.setAccessibleDescription(HELP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 8, 2, 2)
        layout.setSpacing(4)
        layout.addWidget(self._controls)
        layout.addWidget(self._plot, 1)
        self._controls.chosen.connect(self._choose)
        self._controls.fit_clicked.connect(self._plot.reset_zoom)
        self._plot.following.connect(self._controls.show_following)
        self._plot.pointed.connect(self._say)
        self._show_choice()

    @property
    def neurons(self) -> tuple[Neuron, Neuron]:
        """The two neurons that are asked for, across and up."""
        choice = nearest(self._wish, self._topology.widths)
        return Neuron(choice.layer, choice.across), Neuron(choice.layer, choice.up)

    def draw(self, frame: Frame) -> None:
        """Show this moment; where it has no plane, nothing. A network without the neurons chosen gets the nearest."""
        snapshot = frame.snapshot
        if snapshot.experiment != self._experiment:
            before = self.neurons
            self._experiment, self._topology = snapshot.experiment, snapshot.topology
            self._show_choice()
            if self.neurons != before:
                self.plane_wanted.emit(self.neurons)
        plane = snapshot.plane
        self._drawn = plane.neurons if plane else None
        names = tuple(map(self._topology.neuron_name, self._drawn or self.neurons))
        self._plot.draw(plane, names, decides=self._are_outputs(self._drawn), scale=snapshot.data.scale)
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._plot.set_theme(theme)

    def reset_zoom(self) -> None:
        """Show the whole plane, and follow it."""
        self._plot.reset_zoom()

    def commit(self) -> None:
        """Take over what is typed."""
        self._controls.commit()

    def _choose(self, choice: PlaneChoice) -> None:
        before = self.neurons
        if choice.layer == self._topology.last:
            choice = choice._replace(layer=OUTPUTS)  # which they stay while hidden layers come and go
        # What this layer has not, nobody has asked for.
        self._wish = nearest(choice, self._topology.widths)._replace(layer=choice.layer)
        self._show_choice()
        if self.neurons != before:
            self.plane_wanted.emit(self.neurons)

    def _show_choice(self) -> None:
        sizes = self._topology.widths
        choice = nearest(self._wish, sizes)
        self._controls.show_choice(self._layer_names(), sizes, choice)
        news = difference(self._wish, sizes)
        self._controls.show_note(news or self._explanation(choice), new=bool(news))

    def _layer_names(self) -> tuple[str, ...]:
        """Return what each layer is called and has: layer 1 · 25 ReLU."""
        names = list(map(self._topology.layer_name, range(len(self._topology.widths))))
        for number, layer in enumerate(self._experiment.network.hidden, start=1):
            names[number] += f" · {layer.width} {layer.activation}"
        return tuple(names)

    def _explanation(self, choice: PlaneChoice) -> str:
        if choice.layer == 0:
            return "The square as the network gets it, with the training points."
        if choice.layer == self._topology.last:
            names = self._topology.outputs
            if len(names) == 1:
                return "The one output, on both axes, with the training points."
            if len(names) == 2:
                side = "above" if choice.up > choice.across else "below"  # the second output is class 1's
                return f"The square as the outputs fold it; {names[1]} is {side} the dashed line."
            up, across = names[choice.up], names[choice.across]
            return f"The square as two outputs fold it; above the dashed line {up} is ahead of {across}."
        return f"The square as {self._topology.layer_name(choice.layer)} folds it, with the training points."

    def _are_outputs(self, neurons: tuple[Neuron, Neuron] | None) -> bool:
        """Say whether they are two outputs, of which the larger one is ahead."""
        return neurons is not None and neurons[0].layer == self._topology.last and neurons[0] != neurons[1]

    def _say(self) -> None:
        values = self._plot.values()
        sentence = ""
        if values and self._drawn:
            sentence = "   ".join(
                f"{self._topology.neuron_name(neuron)}  {three_digits(value, '+')}"
                for neuron, value in zip(self._drawn, values, strict=True)
            )
        if sentence != self._sentence:
            self._sentence = sentence
            self.hovered.emit(sentence)
