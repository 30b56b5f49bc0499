"""What all plots have in common: axes from pyqtgraph, and a sheet over them for all that moves."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QGraphicsView

from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.overlay import Overlay
from visualdl.gui.views.plots.plot_keys import DIRECTIONS, ZOOMS, Cross
from visualdl.training.values.pictures import Floats

BEHIND, TOPMOST = -1, 1001  # where on the sheet what is behind everything lies, and the cross of the keys


class Plot(pg.PlotWidget):
    """A plot without pyqtgraph's menu and buttons; the mouse drags and zooms it.

    What is drawn lies on the `sheet`. A subclass says what a new place of the mouse means (`point_at`), and what a
    double-click shows (`reset_zoom`).
    """

    BACKGROUND = "surface"  # the theme's role

    # pyqtgraph's is Python, which keeps the interpreter's lock while C++ paints; all it adds is a late updateMatrix.
    paintEvent = QGraphicsView.paintEvent

    def __init__(self, **axes: pg.AxisItem) -> None:
        super().__init__(enableMenu=False, axisItems=axes)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the window
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.box: pg.ViewBox = self.getViewBox()
        self.box.sigRangeChanged.connect(self.on_view_changed)
        self.box.sigResized.connect(self.on_view_changed)
        self.sheet = Overlay(self)
        self.cross = Cross(self.box)
        self.points_by_keys = False  # whether the latest place that was pointed at is the cross's
        self.sheet.add_in_pixels(self.cross, TOPMOST)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.setBackground(theme.color(self.BACKGROUND))
        self.sheet.setBackgroundBrush(theme.color(self.BACKGROUND))
        self.cross.set_theme(theme)

    def event(self, event: QEvent) -> bool:
        """Qt's; on another screen pixels may be others."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.on_view_changed()
        return bool(super().event(event))

    def on_view_changed(self) -> None:
        """Bring everything to where the axes say."""
        self.sheet.follow(self.box)
        if self.points_by_keys:
            self.cross.stay_within()
            self.point_at(self.cross.place())

    def pixels_of(self, points: Floats) -> Floats:
        """Return where `points` (points, 2) of the axes are, in pixels from their upper left corner.

        Between new limits and new ranges an axis may have no length: then they are nowhere, which is not finite.
        """
        (left, right), (low, high) = self.box.viewRange()
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = (points - np.array([left, high])) / np.array([right - left, low - high])
        return shares * np.array(self.sheet.size().toTuple())

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
        self._point_by_keys()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's; shows where the keys are."""
        super().focusInEvent(event)
        self.cross.begin()
        self._point_by_keys()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's; the keys are elsewhere."""
        super().focusOutEvent(event)
        self.cross.hide()
        self.points_by_keys = False
        self.point_at(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's. pyqtgraph's own signal would drop a move that follows another within 10 ms."""
        super().mouseMoveEvent(event)
        place = self.mapToScene(event.position().toPoint())
        self.points_by_keys = False
        self.point_at(place if self.box.sceneBoundingRect().contains(place) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's; the mouse is nowhere, and the keys point again, if they are here."""
        super().leaveEvent(event)
        if self.cross.isVisible():
            self._point_by_keys()
        else:
            self.point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's; shows everything, and no drag begins here."""
        event.accept()
        self.reset_zoom()

    def _point_by_keys(self) -> None:
        self.points_by_keys = True
        self.point_at(self.cross.place())
