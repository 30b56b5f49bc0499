"""What all plots have in common: axes from pyqtgraph, painted without holding the training thread up."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView

from visualdl.gui.views.plot_keys import DIRECTIONS, ZOOMS, Cross


class Plot(pg.PlotWidget):
    """A plot of items that Qt paints, without pyqtgraph's menu and buttons; the mouse drags and zooms it.

    A subclass says what a new place of the mouse means (`point_at`), and what a double-click shows (`reset_zoom`).
    """

    # pyqtgraph's is Python, which keeps the interpreter's lock while C++ paints; all it adds is a late updateMatrix.
    paintEvent = QGraphicsView.paintEvent

    def __init__(self, **axes: pg.AxisItem) -> None:
        super().__init__(enableMenu=False, axisItems=axes)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the window
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        for side in ("left", "bottom"):  # a picture that touches them would have them painted, in Python, each time
            self.getPlotItem().getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.box: pg.ViewBox = self.getViewBox()
        self.box.sigRangeChanged.connect(self.on_view_changed)
        self.box.sigResized.connect(self.on_view_changed)
        self.cross = Cross(self.box)

    def on_view_changed(self) -> None:
        """Bring the items to where the axes say; see paintEvent."""
        self.box.updateMatrix()

    def point_at(self, place: QPointF | None) -> None:
        """Take note that the mouse is at a place in the scene, within the axes; or that it is not."""

    def reset_zoom(self) -> None:
        """Show everything."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's; does what `plot_keys` says."""
        if event.key() in DIRECTIONS:
            self.cross.move(event)
        elif event.key() in ZOOMS:
            self.cross.zoom(event)
        elif event.key() == Qt.Key.Key_Home:
            self.reset_zoom()
        else:
            event.ignore()
            return
        self.point_at(self.cross.place())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's; shows where the keys are."""
        super().focusInEvent(event)
        self.cross.begin()
        self.point_at(self.cross.place())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's; the keys are elsewhere."""
        super().focusOutEvent(event)
        self.cross.hide()
        self.point_at(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's. pyqtgraph's own signal would drop a move that follows another within 10 ms."""
        super().mouseMoveEvent(event)
        place = self.mapToScene(event.position().toPoint())
        self.point_at(place if self.box.sceneBoundingRect().contains(place) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's; the mouse is nowhere."""
        super().leaveEvent(event)
        self.point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's; shows everything, and no drag begins here."""
        event.accept()
        self.reset_zoom()
