"""The page "Network": headers over the diagram, the popovers that change what they point at, and who listens."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.gui.controls.captions import muted
from visualdl.gui.theme import Theme
from visualdl.gui.views.network.diagram import Diagram, Target
from visualdl.gui.views.network.headers import Headers
from visualdl.gui.views.network.keyboard import Keyboard
from visualdl.gui.views.network.layer_editor import LayerEditor
from visualdl.gui.views.network.link_key import LinkKey
from visualdl.gui.views.network.number_editor import NumberEditor
from visualdl.gui.views.network.selection import Selection
from visualdl.gui.views.network.sentences import neuron_sentence, number_sentence
from visualdl.training.values.frame import Frame
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.snapshot import Snapshot
from visualdl.training.values.topology import Topology

KEEP_HELP = "When layers change, go on with the weights that are there, instead of starting with new ones."


class NetworkPage(QWidget):
    """Shows a snapshot's network, below headers of the experiment that is asked for, which may be ahead of it.

    `experiment_wanted` carries an Experiment with other hidden layers; `commit_wanted` comes before, while the button
    for it is pressed, so that what is typed acts first. `focus_wanted` carries the Neuron that is
    looked at or pinned, or None. `number_wanted` carries a Place, the number there before and after, and whether a
    step made it; `lock_wanted` a Place and whether to lock it. `hovered` carries a sentence about what is under the
    mouse, and "" when nothing is. `keep_weights_toggled` says whether new layers shall keep what was learned.
    `tiles_wanted` carries the sides of the neurons' maps, as in `SnapshotRequest`.
    """

    experiment_wanted = Signal(object)
    commit_wanted = Signal()
    focus_wanted = Signal(object)
    number_wanted = Signal(object, float, float, bool)
    lock_wanted = Signal(object, bool)
    hovered = Signal(str)
    keep_weights_toggled = Signal(bool)
    tiles_wanted = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Network")
        self._snapshot: Snapshot | None = None
        self._unseen: Frame | None = None
        self._topology: Topology | None = None
        self._said = ""
        self._diagram = Diagram(theme)
        self._diagram.setAccessibleName("Network diagram")
        self._keyboard = Keyboard(self._diagram)
        self._headers = Headers()
        self._key = LinkKey(theme)
        self._count = muted("")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a long one widens nothing
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._keep = QCheckBox("Keep weights")
        self._keep.setAccessibleName("Keep weights")
        self._keep.setAccessibleDescription(KEEP_HELP)
        self._keep.setToolTip(KEEP_HELP)
        self._attention = Selection(self)
        self._arrange()
        self._number_editor, self._layer_editor = NumberEditor(self), LayerEditor(self)
        self._connect()

    def draw(self, frame: Frame) -> None:
        """Show this moment; while the page is hidden, keep it for later."""
        if not self.isVisible():
            self._unseen = frame
            return
        snapshot = self._snapshot = frame.snapshot
        self._unseen = None
        self._diagram.draw(snapshot, advancing=frame.playback.advancing)
        if snapshot.topology != self._topology:
            self._topology = snapshot.topology
            self._attention.keep_within(snapshot.topology)
        self._number_editor.draw(snapshot)
        shown, links = len(self._diagram.links.shown), self._diagram.index.links
        count = f"{links:,} links" if shown == links else f"the {shown:,} strongest of {links:,} links"
        if self._count.text() != count:
            self._count.setText(count)
        self._say()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the layers of the experiment that is asked for, which the next wish changes."""
        self._headers.show_experiment(experiment)
        self._layer_editor.show_experiment(experiment)

    def commit(self) -> None:
        """Let a number that is typed act; whoever carries out a command calls this first."""
        self._number_editor.commit()
        self._layer_editor.commit()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._diagram.set_theme(theme)
        self._key.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's; draws what has come meanwhile."""
        super().showEvent(event)
        if self._unseen is not None:
            self.draw(self._unseen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; keeps what is open within the page."""
        super().resizeEvent(event)
        for popover in (self._number_editor, self._layer_editor):
            popover.stay_within()

    def _arrange(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._keep)
        top.addStretch(1)
        bottom.addWidget(self._key)
        bottom.addWidget(self._count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 2, 2)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._headers)
        column.addWidget(self._diagram, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        attention, diagram, keyboard = self._attention, self._diagram, self._keyboard
        attention.focus_changed.connect(self.focus_wanted)
        attention.changed.connect(self._attend)
        diagram.arranged.connect(self.tiles_wanted)
        diagram.pointed.connect(attention.point_at)
        diagram.clicked.connect(self._click)
        keyboard.selected.connect(self._select)
        keyboard.pin_pressed.connect(attention.toggle_pin)
        keyboard.number_pressed.connect(self._open_by_key)
        for part in (self._headers, self._layer_editor):
            part.experiment_wanted.connect(self._want)
            part.pressed.connect(self.commit_wanted)
        self._headers.layer_opened.connect(self._open_layer)
        self._number_editor.number_wanted.connect(self.number_wanted)
        self._number_editor.lock_wanted.connect(self.lock_wanted)
        self._number_editor.place_changed.connect(self._attend)
        self._number_editor.closed.connect(self._leave_number)
        self._layer_editor.closed.connect(self._leave_layer)
        self._keep.toggled.connect(self.keep_weights_toggled)

    def _want(self, experiment: Experiment) -> None:
        self.show_experiment(experiment)
        self.experiment_wanted.emit(experiment)

    def _click(self, target: Target, where: QPoint) -> None:
        self._keyboard.forget()
        self._layer_editor.dismiss()
        if isinstance(target, ParameterIndex):
            self._open_number(target, where)
            return
        self._number_editor.dismiss()
        if isinstance(target, Neuron):
            self._attention.toggle_pin(target)

    def _select(self, neuron: Neuron | None) -> None:
        self._attention.select(neuron)
        if neuron is not None and QAccessible.isActive():  # the outline and the status bar are for the eye
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._diagram, self._said))

    def _open_by_key(self, neuron: Neuron, wants_bias: bool) -> None:
        place = self._topology.bias(neuron) if wants_bias else self._topology.incoming(neuron, 0)
        if place is not None:
            self._open_number(place, self._diagram.place_of(neuron))

    def _open_number(self, place: ParameterIndex, where: QPoint) -> None:
        self._number_editor.open(place, self._snapshot, self._diagram.mapTo(self, where))

    def _open_layer(self, index: int, where: QPoint) -> None:
        self._number_editor.dismiss()
        if self._layer_editor.index == index:
            self._layer_editor.dismiss()
        else:
            self._layer_editor.open(index, self._headers.experiment, self._headers.mapTo(self, where))

    def _leave_number(self, had_focus: bool) -> None:
        if had_focus:
            self._diagram.setFocus()

    def _leave_layer(self, had_focus: bool) -> None:
        if had_focus:
            self._headers.take_focus(self._layer_editor.latest)

    def _attend(self) -> None:
        attention = self._attention
        self._diagram.outline(attention.looked_at, attention.pinned)
        self._diagram.emphasize(attention.target or self._number_editor.place or attention.pinned)
        self._say()

    def _say(self) -> None:
        """Tell what is attended to, as it is now."""
        target, sentence = self._attention.target, ""
        if isinstance(target, Neuron):
            sentence = neuron_sentence(target, self._snapshot)
        elif target is not None:
            sentence = number_sentence(target, self._snapshot)
        if sentence != self._said:
            self._said = sentence
            self.hovered.emit(sentence)
