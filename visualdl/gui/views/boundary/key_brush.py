"""The key brush is the brush without a mouse: where the plot's cross stands, Return puts a point and Delete wipes."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from visualdl.gui.views.boundary.brush import REACH
from visualdl.gui.views.plots.unit_square import UnitSquare

PUTTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIPING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class KeyBrush(QObject):
    """Watches the keys of `view` while it is `on`; all others are the plot's. The signals are those of `Brush`."""

    put = Signal(object)
    wiped = Signal(object, float)
    lifted = Signal()

    def __init__(self, view: UnitSquare) -> None:
        super().__init__(view)
        self.on = False
        self._view = view
        view.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or cease to watch."""
        self.on = on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; takes the keys that put and wipe."""
        if not (self.on and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() not in (*PUTTING, *WIPING):
            return False
        place = self._view.box.mapSceneToView(self._view.cross.place())
        places = np.array([[place.x(), place.y()]])
        if event.key() in PUTTING:
            self.put.emit(places)
        else:
            self.wiped.emit(places, REACH * float(self._view.box.viewPixelSize()[0]))
        self.lifted.emit()
        return True
