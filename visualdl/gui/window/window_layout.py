"""Where the window's parts stand: controls, pages, and the boundary with its curves, which is never hidden.

    transport                    | read-outs
    note, when there is one
    presets  |                   |
    controls |      pages        |  boundary
             |                   |  loss | error

A message lies over the lowest line of all this, so that nothing moves when it comes or goes.
Without the pages the boundary is in the middle, and the curves stand one above the other beside it.
"""

from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualdl.gui.widgets.dividers import DividedBox, focus_next
from visualdl.gui.widgets.layout_helpers import scrolled

WIDTHS = (224, 400, 440)  # of controls, pages and boundary in the smallest window
HEIGHTS = (440, 160)  # of boundary and curves there


class WindowLayout(QWidget):
    """All of the window below its menus. How it is divided is the user's, with the pages and without."""

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
        self._has_pages = True
        self._other_sizes: list[int] = []  # with the pages if they are hidden, without if not; empty until they were so
        message.setParent(self)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        curves_box = DividedBox(across, dict(zip(("loss", "error"), curves, strict=True)), (1, 1))
        self._figures = DividedBox(down, {"boundary": boundary, "curves": curves_box}, (1, 0))
        controls_column = _stacked(controls[0], scrolled(controls[1]))
        parts = {"controls": controls_column, "pages": pages, "boundary": self._figures}
        columns = DividedBox(across, parts, (0, 1, 1))
        self.boxes = columns, self._figures, curves_box
        self._figures.setSizes(HEIGHTS)
        columns.setSizes(WIDTHS)
        row = QHBoxLayout()
        row.addWidget(top[0])
        row.addStretch()
        row.addWidget(top[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 2)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(note)
        column.addWidget(columns, 1)
        message.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; puts the message in its place again."""
        super().resizeEvent(event)
        height, around = self._message.sizeHint().height(), self.layout().contentsMargins()
        width = self.width() - around.left() - around.right()
        self._message.setGeometry(around.left(), self.height() - around.bottom() - height, width, height)

    def focus_next_divider(self) -> None:
        """Give the keys to the first divider, or to the next one."""
        focus_next(self.boxes)

    def show_pages(self, visible: bool) -> None:
        """Show the pages, or give their place to the boundary; all else is divided as it was when they last were so."""
        if visible == self._has_pages:
            return
        sizes = self._other_sizes
        self._has_pages, self._other_sizes = visible, self._sizes()
        self._pages.setVisible(visible)
        self._figures.setOrientation(Qt.Orientation.Vertical if visible else Qt.Orientation.Horizontal)
        self.boxes[-1].setOrientation(Qt.Orientation.Horizontal if visible else Qt.Orientation.Vertical)
        self._divide(sizes)

    def sizes(self, *, with_pages: bool) -> list[int]:
        """Return the pixels of all parts, box by box, with the pages or without; nothing if it never was so."""
        return self._sizes() if with_pages == self._has_pages else list(self._other_sizes)

    def divide(self, sizes: list[int], *, with_pages: bool) -> None:
        """Divide all parts, as `sizes` says, now or when the pages are next shown or hidden.

        Raises ValueError if there are not as many sizes as parts.
        """
        if len(sizes) != len(self._sizes()):
            raise ValueError(f"There are {len(self._sizes())} parts, and not {len(sizes)}.")
        if with_pages == self._has_pages:
            self._divide(sizes)
        else:
            self._other_sizes = list(sizes)

    def _sizes(self) -> list[int]:
        return [size for box in self.boxes for size in box.sizes()]

    def _divide(self, sizes: list[int]) -> None:
        rest = iter(sizes)
        for box in self.boxes if sizes else ():
            box.setSizes(list(islice(rest, box.count())))


def _stacked(head: QWidget, content: QWidget) -> QWidget:
    """Return `content` below `head`, which stays in its place while `content` scrolls."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(head)
    column.addWidget(content, 1)
    return stack
