"""The key brush is the brush without a mouse: arrows move a cross, Return puts a point there, Delete wipes."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.brush import REACH
from visualdl.gui.views.unit_square import UnitSquare

STEP, FINE_STEP = 12, 2  # pixels, the second with Shift
ARM = 9  # pixels

WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}
PUTTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIPING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class KeyBrush(QObject):
    """Watches the keys of `view` while it is on; Tab leads there. The signals are those of `Brush`."""

    put = Signal(object)
    wiped = Signal(object, float)
    lifted = Signal()

    def __init__(self, view: UnitSquare) -> None:
        super().__init__(view)
        self._view, self._on = view, False
        arms = QPainterPath()
        for x, y in ((ARM, 0), (0, ARM)):
            arms.moveTo(-x, -y)
            arms.lineTo(x, y)
        self._cross = QGraphicsPathItem(arms)
        self._cross.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._cross.setPos(0.5, 0.5)
        self._cross.setZValue(100)
        self._cross.setVisible(False)
        view.box.addItem(self._cross, ignoreBounds=True)
        view.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or cease to watch."""
        self._on = on
        if not on:
            self._view.clearFocus()
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._cross.setPen(theme.pen("accent", 2.5))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; shows the cross while the view has the focus, and takes its keys."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._cross.setVisible(self._on and event.type() == QEvent.Type.FocusIn)
        if not (self._on and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        place = np.array([[self._cross.x(), self._cross.y()]])
        if event.key() in WAYS:
            self._move(WAYS[event.key()], event.modifiers())
        elif event.key() in PUTTING:
            self.put.emit(place)
            self.lifted.emit()
        elif event.key() in WIPING:
            self.wiped.emit(place, REACH * float(self._view.box.viewPixelSize()[0]))
            self.lifted.emit()
        else:
            return False
        return True

    def _move(self, way: tuple[int, int], keys: Qt.KeyboardModifier) -> None:
        step = FINE_STEP if keys & Qt.KeyboardModifier.ShiftModifier else STEP
        ends = self._view.box.viewRange()
        pixel = self._view.box.viewPixelSize()
        x1, x2 = (
            min(max(now + along * step * size, low), high)
            for now, along, size, (low, high) in zip((self._cross.x(), self._cross.y()), way, pixel, ends, strict=True)
        )
        self._cross.setPos(x1, x2)
        self._view.point_at(self._view.box.mapViewToScene(QPointF(x1, x2)))
