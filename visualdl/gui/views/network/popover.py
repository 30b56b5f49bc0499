"""A popover: a small frame over the page that edits what it points at. Escape closes it; it never blocks anything."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from visualdl.gui.controls.captions import heading

AWAY = 10  # pixels between the popover and what it is about
PADDING = 10


class Popover(QFrame):
    """A titled frame in `page`, hidden at first. `column` takes what it holds; `closed` tells that it went away, and
    whether the focus was in it."""

    closed = Signal(bool)

    def __init__(self, page: QWidget, name: str) -> None:
        super().__init__(page)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFrameShadow(QFrame.Shadow.Raised)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Light)
        self._place = QPoint()
        self.title = heading("")
        self._close = QToolButton()
        self._close.setText("×")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(f"Close {name.lower()}")
        self._close.setToolTip("Close (Escape)")
        self._close.clicked.connect(self.dismiss)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self._close)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, PADDING - 4, PADDING, PADDING)
        self.column.setSpacing(6)
        self.column.addLayout(top)
        self.hide()

    def show_at(self, place: QPoint, first: QWidget) -> None:
        """Appear beside a place of the page, wholly within it, with the focus on the `first` widget."""
        self.place_at(place)
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_at(self, place: QPoint) -> None:
        """Stand beside a place of the page: below and right of it where there is room, else above or left."""
        self._place = place
        self.ensurePolished()
        self.layout().activate()
        size, page = self.sizeHint(), self.parentWidget().rect()
        left = place.x() + AWAY if place.x() + AWAY + size.width() <= page.right() else place.x() - AWAY - size.width()
        top = (
            place.y() + AWAY if place.y() + AWAY + size.height() <= page.bottom() else place.y() - AWAY - size.height()
        )
        left = max(page.left() + 2, min(left, page.right() - size.width() - 2))
        top = max(page.top() + 2, min(top, page.bottom() - size.height() - 2))
        self.setGeometry(QRect(QPoint(left, top), size))

    def stay_within(self) -> None:
        """Stand within the page, which has another size now."""
        if not self.isHidden():
            self.place_at(self._place)

    def dismiss(self) -> None:
        """Go away."""
        if not self.isHidden():
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.isAncestorOf(focused)
            self.hide()
            self.closed.emit(had_focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's; Escape closes, wherever in the popover the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def wrapped(width: int) -> QLabel:
    """Return a muted label for sentences of several lines, `width` pixels wide."""
    label = QLabel()
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFixedWidth(width)
    return label
