"""The diagram by keyboard: arrows go from neuron to neuron, Return pins, B and W open the neuron's numbers."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from visualdl.gui.views.network.diagram import Diagram
from visualdl.training.values.parameter_index import Neuron

HELP = (
    "Arrow keys go from neuron to neuron, Return pins the selected one, B opens its bias and W its first incoming "
    "weight, Escape unpins."
)
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PIN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN = (*STEPS, *PIN, Qt.Key.Key_Escape, Qt.Key.Key_B, Qt.Key.Key_W)


class Keyboard(QObject):
    """An event filter for the diagram. `selected` carries the neuron that the keyboard is on, None without the focus.

    `pin_pressed` carries that neuron, or None to unpin; `number_pressed` it, and whether its bias is meant.
    """

    selected = Signal(object)
    pin_pressed = Signal(object)
    number_pressed = Signal(object, bool)

    def __init__(self, diagram: Diagram) -> None:
        super().__init__(diagram)
        self._diagram = diagram
        self._neuron: Neuron | None = None
        diagram.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        diagram.setAccessibleDescription(HELP)
        diagram.installEventFilter(self)

    def forget(self) -> None:
        """Be on no neuron any more: the mouse has taken over."""
        self._neuron = None
        self.selected.emit(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; takes the keys that mean something here, before the window's shortcuts get them."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_own = event.key() in OWN and _is_plain(event)
            event.setAccepted(is_own)
            return is_own  # the diagram itself would ask its scene, which knows of no keys
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_plain(event):
            return self._press(event.key())
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
            self._go_to(self._current() if by_tab else self._neuron)  # to a mouse's click belongs no selection
        elif kind == QEvent.Type.FocusOut:
            self.selected.emit(None)
        return False

    def _press(self, key: int) -> bool:
        neuron = self._current()
        if key not in OWN or neuron is None:
            return False
        if key in STEPS:
            self._go_to(self._diagram.arrangement.neighbour(neuron, *STEPS[key]))
        elif key == Qt.Key.Key_Escape:
            self.pin_pressed.emit(None)
        elif key in PIN:
            self.pin_pressed.emit(neuron)
        else:
            self.number_pressed.emit(neuron, key == Qt.Key.Key_B)
        return True

    def _current(self) -> Neuron | None:
        """Return the neuron that the keyboard is on, or begins with; None before there is a network."""
        index = self._diagram.index
        if index is None:
            return None
        known = self._neuron is not None and index.topology.has(self._neuron)
        return self._neuron if known else Neuron(1, 0)

    def _go_to(self, neuron: Neuron | None) -> None:
        self._neuron = neuron
        self.selected.emit(neuron)


def _is_plain(event: QKeyEvent) -> bool:
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
