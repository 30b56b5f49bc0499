"""The brush turns the mouse on a picture of the unit square into strokes: the left button puts points, the right wipes.

The wheel still zooms, and the middle button still moves the picture.
"""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from visualdl.gui.views.plots.unit_square import UnitSquare

SPACING = 16  # pixels between two points of a stroke
WIPING_SPACING = 6  # pixels between two places where it wipes
REACH = 12  # pixels around the mouse that are wiped

PUTTING, WIPING = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Brush(QObject):
    """Watches the mouse on `view` while it is `on`.

    `put` carries places (points, 2) of the square that lie within what the view shows, `wiped` these and a radius;
    `lifted` says that a stroke has ended. A stroke's places stand at even distances along its way.
    """

    put = Signal(object)
    wiped = Signal(object, float)
    lifted = Signal()

    def __init__(self, view: UnitSquare) -> None:
        super().__init__(view)
        self.on = False
        self._view = view
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()  # the place of the stroke's latest point, in pixels
        view.viewport().installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or cease to watch; a stroke that is under way ends."""
        self._lift()
        self.on = on
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's; takes the buttons' events, and lets all others pass."""
        if not (self.on and isinstance(event, QMouseEvent)):
            return False
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._press(event)
        if kind == QEvent.Type.MouseMove and self._button != Qt.MouseButton.NoButton:
            self._draw_on(event.position())
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == self._button:
            self._lift()
            return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        if self._button != Qt.MouseButton.NoButton:
            return True
        if event.button() not in (PUTTING, WIPING) or not self._is_within(event.position()):
            return False
        self._button, self._last = event.button(), event.position()
        self._tell([event.position()])
        return True

    def _draw_on(self, place: QPointF) -> None:
        spacing = SPACING if self._button == PUTTING else WIPING_SPACING
        way = place - self._last
        count = int(np.hypot(way.x(), way.y()) / spacing)
        if count:
            step = way * (spacing / np.hypot(way.x(), way.y()))
            places = [self._last + step * number for number in range(1, count + 1)]
            self._last = places[-1]
            self._tell([each for each in places if self._is_within(each)])

    def _tell(self, places: list[QPointF]) -> None:
        if not places:
            return
        found = [self._in_square(place) for place in places]
        array = np.array([[place.x(), place.y()] for place in found])
        if self._button == PUTTING:
            self.put.emit(array)
        else:
            self.wiped.emit(array, REACH * float(self._view.box.viewPixelSize()[0]))

    def _lift(self) -> None:
        if self._button != Qt.MouseButton.NoButton:
            self._button = Qt.MouseButton.NoButton
            self.lifted.emit()

    def _is_within(self, place: QPointF) -> bool:
        return bool(self._view.box.sceneBoundingRect().contains(self._view.mapToScene(place.toPoint())))

    def _in_square(self, place: QPointF) -> QPointF:
        return self._view.box.mapSceneToView(self._view.mapToScene(place.toPoint()))
