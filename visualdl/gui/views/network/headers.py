"""The headers: above each hidden layer its width and activation, a way to more or fewer neurons, and to its editor."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.gui.controls.captions import muted
from visualdl.gui.views.network import layer_changes as changes
from visualdl.gui.views.network.diagram_geometry import middles

STEPPER = 22  # pixels a side of the buttons - and +, at the least
BETWEEN = 2


def stepper_of(widget: QWidget) -> int:
    """Return how many pixels a side the buttons - and + have in the type of `widget`."""
    return max(STEPPER, widget.fontMetrics().height() + 6)


def room_for_steppers(widget: QWidget) -> int:
    """Return how many pixels of a layer's share they need; where there is less, they are in the editor only."""
    return 2 * stepper_of(widget) + 4


class LayerHeader(QWidget):
    """The header of one hidden layer: a button that says its width and activation, and below it - and +.

    `width_wanted` carries another width.
    """

    width_wanted = Signal(int)

    def __init__(self, parent: QWidget | None, number: int) -> None:
        super().__init__(parent)
        self._layer_width = 0
        self.button = self._made(f"Layer {number}", "0\nReLU")
        self.fewer = self._made(f"Layer {number} fewer neurons", "−")
        self.more = self._made(f"Layer {number} more neurons", "+")
        self.fewer.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        for button in (self.fewer, self.more):
            button.setAutoRepeat(True)

    def show_layer(self, width: int, activation: str) -> None:
        """Show the layer's width and activation."""
        self._layer_width = width
        self.button.setText(f"{width}\n{activation}")
        self.button.setAccessibleDescription(f"{width} neurons, {activation}. Opens its editor.")
        self.button.setToolTip(f"{width} neurons, {activation}: change, add, move or remove")
        for button, other, tip in (
            (self.fewer, width - 1, "One neuron fewer"),
            (self.more, width + 1, "One neuron more"),
        ):
            reason = changes.why_no_width(other)
            button.setEnabled(not reason)
            button.setToolTip(reason or tip)

    def sizeHint(self) -> QSize:
        """Room for the button and the row below it."""
        return QSize(room_for_steppers(self), self.button.sizeHint().height() + BETWEEN + stepper_of(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; puts the buttons in their places."""
        super().resizeEvent(event)
        width, height = self.width(), self.button.sizeHint().height()
        stepper, room = stepper_of(self), room_for_steppers(self)
        wide = min(width, max(self.button.sizeHint().width() + 8, room))
        self.button.setGeometry((width - wide) // 2, 0, wide, height)
        for button, left in ((self.fewer, width // 2 - stepper - 1), (self.more, width // 2 + 1)):
            button.setVisible(width >= room)
            button.setGeometry(left, height + BETWEEN, stepper, stepper)

    def retire(self) -> None:
        """Leave, and act no more: at this moment one of the buttons may be pressed, of which a click would follow."""
        for each in (self, self.button, self.fewer, self.more):
            each.blockSignals(True)
        self.deleteLater()

    def _step(self, by: int) -> None:
        width = self._layer_width + by
        if not changes.why_no_width(width):  # what was typed may have come to the bound when the button was pressed
            self.width_wanted.emit(width)

    def _made(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        return button


class Headers(QWidget):
    """A row of headers that stand above the diagram's columns.

    `experiment_wanted` carries an Experiment with other hidden layers; `layer_opened` a hidden layer's number from 0
    on, and the place below it, in the row's pixels. `pressed` says that a button is, and its click may follow.
    `experiment` is the one on show.
    """

    experiment_wanted = Signal(object)
    pressed = Signal()
    layer_opened = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.experiment = Experiment()
        self._headers: list[LayerHeader] = []
        self._ends = [self._end(text) for text in ("inputs", "outputs")]
        self._add = QToolButton(self)
        self._add.setText("Add layer")
        self._add.setAccessibleName("Add layer")
        self._add.setToolTip("Put a hidden layer between inputs and outputs")
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.pressed.connect(self.pressed)
        self._add.clicked.connect(self._add_first)
        self._height = LayerHeader(None, 1).sizeHint().height()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the hidden layers of an experiment."""
        self.experiment = experiment
        layers = experiment.network.hidden
        while len(self._headers) > len(layers):
            self._headers.pop().retire()
        while len(self._headers) < len(layers):
            self._headers.append(self._header(len(self._headers)))
        for header, layer in zip(self._headers, layers, strict=True):
            header.show_layer(layer.width, layer.activation)
        self._add.setVisible(not layers)
        self._order()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; puts the headers above their columns again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        layers = len(self._headers) + 2
        places, width = middles(layers, self.width()), self.width() // layers - BETWEEN
        for header, middle in zip(self._headers, places[1:-1], strict=True):
            header.setGeometry(middle - width // 2, 0, width, self._height)
        for label, middle in zip(self._ends, (places[0], places[-1]), strict=True):
            label.setVisible(width >= room_for_steppers(self))
            size = label.sizeHint()
            left = min(max(middle - size.width() // 2, 0), self.width() - size.width())
            label.setGeometry(
                left, 0, size.width(), self._headers[0].button.height() if self._headers else size.height() + 8
            )
        size = self._add.sizeHint()
        self._add.setGeometry((self.width() - size.width()) // 2, 0, size.width(), size.height())

    def _order(self) -> None:
        """Let Tab come to the headers from left to right: Qt would put each new one behind all else in the window."""
        before: QWidget = self._add
        for header in self._headers:
            for button in (header.button, header.fewer, header.more):
                QWidget.setTabOrder(before, button)
                before = button

    def take_focus(self, index: int) -> None:
        """Give the focus to the button that opens a hidden layer's editor, or to the nearest one."""
        buttons = [header.button for header in self._headers] or [self._add]
        buttons[min(index, len(buttons) - 1)].setFocus()

    def sizeHint(self) -> QSize:
        """As high as a header."""
        return QSize(0, self._height)

    def _header(self, index: int) -> LayerHeader:
        header = LayerHeader(self, index + 1)
        header.width_wanted.connect(
            lambda width: self._want(changes.with_width(self.experiment.network.hidden, index, width))
        )
        header.button.clicked.connect(
            lambda: self.layer_opened.emit(index, QPoint(header.x() + header.button.x(), self.height()))
        )
        for button in (header.button, header.fewer, header.more):
            button.pressed.connect(self.pressed)
        header.show()
        return header

    def _end(self, text: str) -> QLabel:
        label = muted(text)
        label.setParent(self)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _add_first(self) -> None:
        if not self.experiment.network.hidden:  # a depth that was typed may have acted when the button was pressed
            self._want(changes.first_layer(self.experiment))

    def _want(self, layers: changes.Layers) -> None:
        experiment = self.experiment.with_hidden(layers)
        self.show_experiment(experiment)
        self.experiment_wanted.emit(experiment)
