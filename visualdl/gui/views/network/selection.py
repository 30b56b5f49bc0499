"""What the user attends to: the target under the mouse, the neuron that the keyboard has selected, the pinned one."""

from PySide6.QtCore import QObject, Signal

from visualdl.gui.views.network.diagram import Target
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.topology import Topology


class Selection(QObject):
    """Where mouse and keyboard are; the mouse counts before the keyboard, and both before the pin.

    `changed` tells of every change; `focus_changed` carries the Neuron that is to fill the large map, or None.
    """

    changed = Signal()
    focus_changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pointed: Target = None
        self.selected: Neuron | None = None
        self.pinned: Neuron | None = None
        self._focus: Neuron | None = None

    @property
    def target(self) -> Target:
        """What the mouse or else the keyboard is on."""
        return self.selected if self.pointed is None else self.pointed

    @property
    def looked_at(self) -> Neuron | None:
        """The neuron that the mouse or else the keyboard is on."""
        return self.target if isinstance(self.target, Neuron) else None

    def point_at(self, target: Target) -> None:
        """Take note that the mouse is on a target, or on None."""
        if target != self.pointed:
            self.pointed = target
            self._tell()

    def select(self, neuron: Neuron | None) -> None:
        """Take note that the keyboard is on a neuron, or on None."""
        if neuron != self.selected:
            self.selected = neuron
            self._tell()

    def toggle_pin(self, neuron: Neuron | None) -> None:
        """Pin a neuron, unpin the pinned one; with None unpin."""
        self.pinned = None if neuron == self.pinned else neuron
        self._tell()

    def keep_within(self, topology: Topology) -> None:
        """Let go what a network does not have."""
        for name in ("pointed", "selected", "pinned"):
            target = getattr(self, name)
            if target is not None and not topology.has(target):
                setattr(self, name, None)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        focus = self.looked_at or self.pinned
        if focus != self._focus:
            self._focus = focus
            self.focus_changed.emit(focus)
