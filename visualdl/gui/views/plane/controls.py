"""The plane's controls: a layer of the network, and which of its neurons go across and up."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from visualdl.experiment.choices import Names, Range
from visualdl.gui.controls.captions import caption, muted
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.name_control import NameBox
from visualdl.gui.controls.number_box import IntegerBox
from visualdl.gui.controls.scale import Scale
from visualdl.gui.views.plane.choice import PlaneChoice

MOST_NEURONS = 128

WIDEST_LIST = 200  # pixels


class PlaneControls(QWidget):
    """Shows a choice of layer and neurons and tells of every other one that the user makes (`chosen`).

    To choose for one axis the neuron of the other exchanges the two. `fit_clicked` asks to see the whole plane again.
    """

    chosen = Signal(object)
    fit_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = PlaneChoice(0, 0, 1)
        self._layer = NameBox(_layers(("inputs",)))
        self._layer.setSizeAdjustPolicy(NameBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._layer.setMinimumContentsLength(11)
        self._layer.setMaximumWidth(WIDEST_LIST)
        self._across, self._up = (IntegerBox(_neurons(axis, MOST_NEURONS)) for axis in ("across", "up"))
        self._fit = QToolButton(text="Fit", toolTip="Show the whole plane again (double-click the plot)")
        self._fit.setAccessibleName("Fit hidden plane")
        self._note = muted("")
        self._note.setAccessibleName("Plane note")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long one widens nothing
        self._lay_out()
        self._layer.activated.connect(self._choose_layer)
        self._across.valueChanged.connect(lambda number: self._choose(number - 1, self._choice.up))
        self._up.valueChanged.connect(lambda number: self._choose(self._choice.across, number - 1))
        self._fit.clicked.connect(self.fit_clicked)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(caption("Layer", self._layer))
        row.addWidget(self._layer, WIDEST_LIST)  # as wide as it may be, before the stretch gets any
        for text, box in (("Across", self._across), ("Up", self._up)):
            row.addSpacing(4)
            row.addWidget(caption(text, box))
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self._fit)
        policy = self._fit.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves when it comes
        self._fit.setSizePolicy(policy)
        self._fit.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._note)

    def show_choice(self, names: tuple[str, ...], sizes: tuple[int, ...], choice: PlaneChoice) -> None:
        """Show a choice of a network whose layers have these names, and so many neurons each."""
        self._choice = choice
        with QSignalBlocker(self._layer):
            if names != tuple(self._layer.itemText(index) for index in range(self._layer.count())):
                self._layer.clear()
                self._layer.addItems(names)
                describe(self._layer, _layers(names))
            self._layer.setCurrentIndex(choice.layer)
        size = sizes[choice.layer]
        for box, axis, number in ((self._across, "across", choice.across), (self._up, "up", choice.up)):
            with QSignalBlocker(box):
                if box.maximum() != size:
                    box.setMaximum(size)
                    box.scale = Scale(_neurons(axis, size))
                    describe(box, _neurons(axis, size))
                box.setValue(number + 1)

    def show_note(self, text: str, *, new: bool) -> None:
        """Say something beneath the controls; `new` is what the user should notice."""
        self._note.setText(text)
        self._note.setForegroundRole(QPalette.ColorRole.WindowText if new else QPalette.ColorRole.PlaceholderText)

    def show_following(self, following: bool) -> None:
        """Offer to fit the plot unless it follows the plane by itself."""
        self._fit.setHidden(following)

    def commit(self) -> None:
        """Take over what is typed."""
        self._across.interpretText()
        self._up.interpretText()

    def _choose_layer(self, layer: int) -> None:
        self._tell(self._choice._replace(layer=layer))

    def _choose(self, across: int, up: int) -> None:
        if across == up:
            across, up = self._choice.up, self._choice.across
        self._tell(self._choice._replace(across=across, up=up))

    def _tell(self, choice: PlaneChoice) -> None:
        if choice != self._choice:
            self.chosen.emit(choice)


def _layers(names: tuple[str, ...]) -> Names:
    return Names("Plane layer", names, "The layer whose neurons span the plane.")


def _neurons(axis: str, size: int) -> Range:
    return Range(f"Plane neuron {axis}", 1, size, f"The neuron whose value goes {axis}.", integer=True)
