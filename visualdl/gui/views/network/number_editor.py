"""The editor of one number: its value, whether it is locked, what it does, and the way to its neighbours."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from visualdl.gui.controls.captions import caption, muted
from visualdl.gui.controls.wheel import WheelWithFocus
from visualdl.gui.theme import tabular
from visualdl.gui.views.network.boxes import ValueBox
from visualdl.gui.views.network.popover import Popover, wrapped
from visualdl.gui.views.network.sentences import formula, gradient, value_at
from visualdl.training.values.parameter_index import ParameterIndex
from visualdl.training.values.snapshot import Snapshot

WIDTH, BOX = 250, 130  # pixels: of the editor's text, and of the value's box
LOCK_HELP = "A locked number stays as it is while the others learn."
SOURCE_HELP = "Which of the neuron's incoming numbers this is: the neuron of the layer before, or its bias."


class SourceBox(WheelWithFocus, QSpinBox):
    """Chooses a neuron's bias, 0, or the weight from neuron 1, 2, ... of the layer before."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpecialValueText("bias")
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Incoming link")
        self.setAccessibleDescription(SOURCE_HELP)
        self.setToolTip(SOURCE_HELP)


class NumberEditor(Popover):
    """Edits one weight or bias. `place` is that number's, None while the editor is closed.

    `number_wanted` carries a place, the value there before and after, and whether a step made it; `lock_wanted` a
    place and whether it shall be locked; `place_changed` that another number is open now, or None.
    """

    number_wanted = Signal(object, float, float, bool)
    lock_wanted = Signal(object, bool)
    place_changed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "Number")
        self.place: ParameterIndex | None = None
        self._snapshot: Snapshot | None = None
        self._source = SourceBox()
        self.box = ValueBox()
        self._lock = QCheckBox("Locked")
        self._lock.setAccessibleName("Locked")
        self._lock.setAccessibleDescription(LOCK_HELP)
        self._lock.setToolTip(LOCK_HELP)
        self._formula = wrapped(WIDTH)
        self._formula.setFont(tabular(self._formula.font()))
        self._name = muted("")
        self.box.setFixedWidth(BOX)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (caption("Value", self.box), self.box):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._lock)
        chooser = QHBoxLayout()
        chooser.addWidget(caption("From", self._source))
        chooser.addWidget(self._source)
        chooser.addStretch(1)
        self.column.addWidget(self._name)
        self.column.addLayout(row)
        self.column.addLayout(chooser)
        self.column.addWidget(self._formula)
        for before, after in ((self.box, self._lock), (self._lock, self._source)):
            self.setTabOrder(before, after)
        self.box.valueChanged.connect(self._want_number)
        self._lock.clicked.connect(lambda locked: self.lock_wanted.emit(self.place, locked))
        self._source.valueChanged.connect(self._choose_source)
        self.closed.connect(self._forget)

    def open(self, place: ParameterIndex, snapshot: Snapshot, where: QPoint) -> None:
        """Edit the number at a place, beside a point of the page."""
        self._snapshot = snapshot
        self._take(place)
        self.show_at(where, self.box)
        self.box.selectAll()

    def draw(self, snapshot: Snapshot) -> None:
        """Show this moment's number; close if the network has no such number any more."""
        before, self._snapshot = self._snapshot, snapshot
        if self.place is None:
            return
        if not snapshot.topology.has(self.place):
            with QSignalBlocker(self.box), QSignalBlocker(self._source):  # what is typed has no place any more
                self.dismiss()
        else:
            if snapshot.topology != before.topology:
                self._show_ends()
            self._show()

    def commit(self) -> None:
        """Let a number that is typed act."""
        if self.place is not None:
            self.box.interpretText()
            self.box.forget()

    def _take(self, place: ParameterIndex) -> None:
        self.place = place
        self.box.forget()
        self.title.setText(place.kind.capitalize())
        self._show_ends()
        self._show()
        self.place_changed.emit(place)

    def _show_ends(self) -> None:
        """Say between which neurons the number stands, and offer what else leads there: in another network, others."""
        topology = self._snapshot.topology
        self._name.setText(topology.ends_name(self.place))
        source, target = topology.ends(self.place)
        with QSignalBlocker(self._source):
            self._source.setRange(0, topology.widths[target.layer - 1])
            self._source.setValue(0 if source is None else source.number + 1)

    def _show(self) -> None:
        snapshot, place = self._snapshot, self.place
        self.box.follow(value_at(place, snapshot))
        self._lock.setChecked(place in snapshot.locked)
        text = f"{gradient(place, snapshot)}\n{formula(place, snapshot)}"
        if self._formula.text() != text:
            self._formula.setText(text)

    def _want_number(self, value: float) -> None:
        if self.place is not None:
            self.number_wanted.emit(self.place, value_at(self.place, self._snapshot), value, self.box.stepping)

    def _choose_source(self, source: int) -> None:
        topology = self._snapshot.topology
        _, target = topology.ends(self.place)
        self._take(topology.incoming(target, source - 1) if source else topology.bias(target))

    def _forget(self) -> None:
        self.box.forget()
        self.place = None
        self.place_changed.emit(None)
