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
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualdl.gui.dividers import DividedBox, focus_next
from visualdl.gui.layout import scrolled

WIDTHS = (224, 400, 440)  # of controls, pages and boundary in the smallest window
HEIGHTS = (440, 160)  # of boundary and curves there


class Arrangement(QWidget):
    """All of the window below its menus. `columns`, `figures` and `curves` are divided as the user says."""

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
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.curves = DividedBox(across, dict(zip(("loss", "error"), curves, strict=True)), (1, 1))
        self.figures = DividedBox(down, {"boundary": boundary, "curves": self.curves}, (1, 0))
        controls_column = _stacked(controls[0], scrolled(controls[1]))
        parts = {"controls": controls_column, "pages": pages, "boundary": self.figures}
        self.columns = DividedBox(across, parts, (0, 1, 1))
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

    def focus_next_divider(self) -> None:
        """Give the keys to the first divider, or to the next one."""
        focus_next((self.columns, self.figures, self.curves))

    def show_pages(self, visible: bool) -> None:
        """Show the pages, or give their place to the boundary."""
        self._pages.setVisible(visible)
        self.figures.setOrientation(Qt.Orientation.Vertical if visible else Qt.Orientation.Horizontal)
        self.curves.setOrientation(Qt.Orientation.Horizontal if visible else Qt.Orientation.Vertical)


def _stacked(head: QWidget, content: QWidget) -> QWidget:
    """Return `content` below `head`, which stays in its place while `content` scrolls."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(head)
    column.addWidget(content, 1)
    return stack
