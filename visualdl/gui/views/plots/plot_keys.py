"""A plot by keyboard: arrows move a cross that points as a mouse does, plus and minus zoom, Home shows all."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme

HELP = "Arrow keys move a cross that tells what is there, Shift faster; plus and minus zoom, Home shows everything."

STEP, LEAP = 4, 40  # pixels
ARM = 9  # pixels
CLOSER = 0.8

DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
ZOOMS = {Qt.Key.Key_Plus: CLOSER, Qt.Key.Key_Equal: CLOSER, Qt.Key.Key_Minus: 1 / CLOSER}


class Cross(QGraphicsPathItem):
    """The cross that the keys move within the axes of `box`, in its pixels; shown while the plot has the focus."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        path = QPainterPath()
        for end in (QPointF(ARM, 0), QPointF(0, ARM)):
            path.moveTo(-end)
            path.lineTo(end)
        self.setPath(path)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.setPen(theme.pen("text", 3))

    def begin(self) -> None:
        """Show the cross where it was; at first, or where that is no more, in the middle."""
        area = self._box.rect()
        if not area.contains(self.pos()) or self.pos().isNull():
            self.setPos(area.center())
        self.show()

    def place(self) -> QPointF:
        """Return where it is in the scene."""
        return self._box.mapToScene(self.pos())

    def move(self, event: QKeyEvent) -> None:
        """Go where an arrow key says, and no further than the axes."""
        far = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        self.setPos(self.pos() + DIRECTIONS[Qt.Key(event.key())] * far)
        self.stay_within()

    def stay_within(self) -> None:
        """Come back to the axes' edge from beyond it."""
        area, at = self._box.rect(), self.pos()
        self.setPos(min(max(at.x(), area.left()), area.right()), min(max(at.y(), area.top()), area.bottom()))

    def zoom(self, event: QKeyEvent) -> None:
        """Go nearer to what is under the cross, or further away."""
        self._box.scaleBy((ZOOMS[Qt.Key(event.key())],) * 2, center=self._box.mapSceneToView(self.place()))
        self._box.sigRangeChangedManually.emit(self._box.state["mouseEnabled"])
