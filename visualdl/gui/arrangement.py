"""Where the window's parts stand: controls, pages, and the boundary with its curves, which is never hidden.

    transport                    | read-outs
    note, when there is one
    presets  |                   |
    controls |      pages        |  boundary
             |                   |  loss | error

A message lies over the lowest line of all this, so that nothing moves when it comes or goes.
Without the pages the boundary is in the middle, and the curves stand one above the other beside it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from visualdl.gui.layout import scrolled

HANDLE = 8  # pixels between two columns
WIDTHS = (224, 400, 440)  # of controls, pages and boundary in the smallest window
HEIGHTS = (440, 160)  # of boundary and curves there


class Arrangement(QWidget):
    """All of the window below its menus. `columns` and `figures` are splitters: their sizes are the user's."""

    def __init__(
        self,
        *,
        top: tuple[QWidget, QWidget],
        message: QWidget,
        note: QWidget,
        controls: tuple[QWidget, QWidget],
        pages: QWidget,
        boundary: QWidget,
        curves: tuple[QWidget, QWidget],
    ) -> None:
        """`top` are transport and read-outs, `controls` presets and what scrolls below, `curves` loss and error."""
        super().__init__()
        self._pages, self._message = pages, message
        message.setParent(self)
        self._curves = QSplitter(Qt.Orientation.Horizontal)
        self.figures = QSplitter(Qt.Orientation.Vertical)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        _fill(self._curves, *curves, stretch=(1, 1))
        _fill(self.figures, boundary, self._curves, stretch=(1, 0))
        _fill(self.columns, _stacked(controls[0], scrolled(controls[1])), pages, self.figures, stretch=(0, 1, 1))
        self.figures.setSizes(HEIGHTS)
        self.columns.setSizes(WIDTHS)
        row = QHBoxLayout()
        row.addWidget(top[0])
        row.addStretch()
        row.addWidget(top[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 2)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(note)
        column.addWidget(self.columns, 1)
        message.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; puts the message in its place again."""
        super().resizeEvent(event)
        height, around = self._message.sizeHint().height(), self.layout().contentsMargins()
        width = self.width() - around.left() - around.right()
        self._message.setGeometry(around.left(), self.height() - around.bottom() - height, width, height)

    def show_pages(self, visible: bool) -> None:
        """Show the pages, or give their place to the boundary."""
        self._pages.setVisible(visible)
        self.figures.setOrientation(Qt.Orientation.Vertical if visible else Qt.Orientation.Horizontal)
        self._curves.setOrientation(Qt.Orientation.Horizontal if visible else Qt.Orientation.Vertical)


def _stacked(head: QWidget, content: QWidget) -> QWidget:
    """Return `content` below `head`, which stays in its place while `content` scrolls."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(head)
    column.addWidget(content, 1)
    return stack


def _fill(splitter: QSplitter, *parts: QWidget, stretch: tuple[int, ...]) -> None:
    splitter.setHandleWidth(HANDLE)
    for place, (part, share) in enumerate(zip(parts, stretch, strict=True)):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, share)
        splitter.setCollapsible(place, False)
