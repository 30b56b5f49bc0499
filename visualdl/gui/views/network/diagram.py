"""The diagram: neurons, biases and links of a snapshot's network as Qt's own graphics items, from left to right."""

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsSimpleTextItem, QGraphicsView, QSizePolicy

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.diagram_geometry import DiagramGeometry
from visualdl.gui.views.network.links import Links
from visualdl.gui.views.network.marks import BiasBars, Frames, Padlocks
from visualdl.gui.views.network.network_index import NetworkIndex
from visualdl.gui.views.network.outlines import Outline
from visualdl.gui.views.network.tiles import Tiles
from visualdl.training.values.parameter_index import Neuron, ParameterIndex
from visualdl.training.values.snapshot import Snapshot

FEW, SLOW_FRAME, SLOWEST_FRAME = 500, 100, 200
"""Up to how many links; milliseconds between two drawings of those while training goes on, and of more links."""

LABEL = 0.9  # of the font's size
BELOW = 2  # pixels from a tile down to its name

Target = Neuron | ParameterIndex | None
"""What can be pointed at: a neuron; the place of a weight or a bias; nothing."""


class Diagram(QGraphicsView):
    """Draws a snapshot's network. `pointed` carries the Target under the mouse whenever it may be another one.

    `clicked` carries the Target that was clicked and where, in the diagram's pixels; `arranged` the sides of the tiles
    of each layer, in the screen's pixels.
    """

    arranged = Signal(tuple)
    pointed = Signal(object)
    clicked = Signal(object, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.viewport().setMouseTracking(True)
        self.index: NetworkIndex | None = None
        self.arrangement: DiagramGeometry | None = None
        self.links = Links()
        self._snapshot: Snapshot | None = None
        self._tiles: list[Tiles] = []
        self._labels: list[QGraphicsSimpleTextItem] = []
        self._frames, self._bars, self._locks = Frames(), BiasBars(), Padlocks()
        self._looked_at, self._pinned = Outline("text", 1.5), Outline("accent", 2.5)
        self._outlined: tuple[Neuron | None, Neuron | None] = (None, None)
        self._since_slow_frame = QElapsedTimer()
        items = (self.links.all, self.links.emphasized, self._frames, self._bars, self._locks)
        for depth, item in enumerate((*items, self._pinned, self._looked_at)):
            item.setZValue(2 * depth)
            self.scene().addItem(item)
        self._tiles_depth = 2 * items.index(self._frames) + 1
        self.set_theme(theme)

    def draw(self, snapshot: Snapshot, *, advancing: bool = False) -> None:
        """Show this moment; numbers less often than neurons while training goes on."""
        self._snapshot = snapshot
        is_new = self.index is None or snapshot.topology != self.index.topology
        if is_new:
            self.index = NetworkIndex(snapshot.topology)
            self.links.forget()
            self._arrange()
        self._draw_neurons()
        pause = SLOW_FRAME if self.index.links <= FEW else SLOWEST_FRAME
        if is_new or not advancing or self._since_slow_frame.hasExpired(pause):
            self._draw_numbers()

    def outline(self, looked_at: Neuron | None, pinned: Neuron | None) -> None:
        """Mark the neuron that is looked at, with its links, and the one that is pinned."""
        self._outlined = (looked_at, pinned)
        if self.arrangement is not None:
            self._looked_at.surround(looked_at, self.arrangement)
            self._pinned.surround(pinned, self.arrangement)

    def emphasize(self, target: Target) -> None:
        """Point out the links of a neuron, or the one link of a place."""
        if self.index is None:
            return
        if isinstance(target, Neuron):
            self.links.emphasize(self.index.links_of(target))
            return
        link = self.index.link(target) if target is not None else None
        self.links.emphasize(np.array([] if link is None else [link], np.int64))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._theme = theme
        self.setBackgroundBrush(theme.color("window"))
        for part in (self.links, self._frames, self._bars, self._locks, self._looked_at, self._pinned):
            part.set_theme(theme)
        for label in self._labels:
            label.setBrush(theme.color("muted"))
        if self._snapshot is not None:
            self._draw_neurons()

    def target_at(self, x: float, y: float) -> Target:
        """Return what stands at a point of the diagram: a neuron, its bias or, between them, the nearest link."""
        if self.index is None or self.arrangement is None:
            return None
        neuron = self.arrangement.neuron_at(x, y)
        if neuron is not None:
            return neuron
        owner = self.arrangement.bias_at(x, y)
        place = self.index.topology.bias(owner) if owner is not None else None
        if place is not None:
            return place
        link = self.links.at(x, y)
        return None if link is None else self.index.weight(link)

    def place_of(self, target: Neuron | ParameterIndex) -> QPoint:
        """Return where a neuron, the neuron of a bias, or the middle of a link is."""
        assert self.index is not None
        assert self.arrangement is not None
        if isinstance(target, ParameterIndex):
            link = self.index.link(target)
            if link is not None:
                return QPointF(*self.links.middles(np.array([link]))[0]).toPoint()
            target = self.index.topology.ends(target)[1]
        left, top, side = self.arrangement.tile(target)
        return QPoint(left + side // 2, top + side // 2)

    def sizeHint(self) -> QSize:
        """As much as there is room for."""
        return QSize(420, 440)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; arranges everything anew."""
        super().resizeEvent(event)
        if self._snapshot is not None:
            self._arrange()
            self._draw_neurons()
            self._draw_numbers()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's; tells what the mouse points at."""
        place = event.position()
        target = self.target_at(place.x(), place.y())
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor)
        self.pointed.emit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's; tells what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = event.position()
            self.clicked.emit(self.target_at(place.x(), place.y()), place.toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's; the mouse points at nothing here."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _arrange(self) -> None:
        """Find every neuron and link its place."""
        assert self.index is not None
        topology, view = self.index.topology, self.viewport().size()
        self.setSceneRect(0, 0, view.width(), view.height())
        self.arrangement = DiagramGeometry(topology.widths, (view.width(), view.height()))
        self.links.arrange(self.arrangement.segments())
        self._frames.arrange(self.arrangement)
        self._bars.arrange(self.arrangement)
        for item in (*self._tiles, *self._labels):
            self.scene().removeItem(item)
        pixels = int(np.ceil(self.devicePixelRatioF()))
        self._tiles = [Tiles(column, pixels) for column in self.arrangement.columns]
        self._labels = []
        for layer, names in ((0, topology.inputs), (topology.last, topology.outputs)):
            if self.arrangement.columns[layer].has_room_for_names:
                self._labels += [self._label(Neuron(layer, number), name) for number, name in enumerate(names)]
        for item in (*self._tiles, *self._labels):
            item.setZValue(self._tiles_depth)
            self.scene().addItem(item)
        self._outlined = tuple(neuron if neuron and topology.has(neuron) else None for neuron in self._outlined)
        self.outline(*self._outlined)
        self.arranged.emit(tuple(column.tile * pixels for column in self.arrangement.columns))

    def _label(self, neuron: Neuron, text: str) -> QGraphicsSimpleTextItem:
        assert self.arrangement is not None
        left, top, side = self.arrangement.tile(neuron)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * LABEL)
        edge = self.sceneRect().right() - 1 if neuron.layer else left + side  # beyond it, an input's links begin
        room = round(min(edge, self.sceneRect().width() / len(self.arrangement.columns) - 4))
        label = QGraphicsSimpleTextItem(QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room))
        label.setFont(font)
        label.setBrush(self._theme.color("muted"))
        width = label.boundingRect().width()
        label.setPos(min(round(left + (side - width) / 2), round(edge - width)), top + side + BELOW)
        return label

    def _draw_neurons(self) -> None:
        assert self._snapshot is not None
        maps = self._snapshot.neurons
        for layer, tiles in enumerate(self._tiles):
            tiles.setVisible(maps is not None)
            if maps is not None:
                tiles.draw(maps.levels[layer], self._theme)

    def _draw_numbers(self) -> None:
        assert self._snapshot is not None
        assert self.index is not None
        self._since_slow_frame.start()
        snapshot, index = self._snapshot, self.index
        places = [(place, index.link(place)) for place in snapshot.locked]
        links = [link for _, link in places if link is not None]
        self.links.draw(index.link_values(snapshot.weights), links)
        self._bars.draw(index.bias_values(snapshot.weights))
        owners = {owner: number for number, owner in enumerate(index.neurons_with_bias)}
        biases = [owners[snapshot.topology.ends(place)[1]] for place, link in places if link is None]
        points = (self.links.middles(np.array(links, np.int64)), self._bars.centres(np.array(biases, np.int64)))
        self._locks.draw(np.concatenate(points))
