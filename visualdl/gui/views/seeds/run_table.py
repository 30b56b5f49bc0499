"""The table of the runs: sorted by a click on a heading or by keys, one of them opened by a double-click or Return."""

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOption, QStyleOptionHeader, QTableView

from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.seeds.run_model import RunModel
from visualdl.training.values.seeds import Seeds

HELP = (
    "The runs and their errors. Return opens the selected one, Left and Right sort by another column, minus turns the "
    "order round."
)
ROW_PADDING = 4
ARROW = 7  # pixels, each way
SORTED_BY = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}  # key -> which column, counted from the one it is sorted by
HEADING = 0.85  # of the table's size of type: five headings stand side by side in 200 pixels


class SortHeader(QHeaderView):
    """Small headings with the sign of the order above: Qt would lay it on a narrow column's text."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * HEADING)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        """Qt's, and room for the sign."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + ARROW)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Qt's; leaves its own sign out."""
        super().initStyleOptionForIndex(option, section)
        option.sortIndicator = QStyleOptionHeader.SortIndicator.None_

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt's."""
        super().paintSection(painter, rect, section)
        if section != self.sortIndicatorSection():
            return
        falls = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        option = QStyleOption()
        option.initFrom(self)
        option.rect = QRect(rect.right() - ARROW - 3, rect.top() + 2, ARROW, ARROW)
        arrow = QStyle.PrimitiveElement.PE_IndicatorArrowDown if falls else QStyle.PrimitiveElement.PE_IndicatorArrowUp
        self.style().drawPrimitive(arrow, option, painter, self)


class RunTable(QTableView):
    """`open_wanted` carries the index of a run; `selection_changed` says that another run may be selected."""

    open_wanted = Signal(int)
    selection_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Runs")
        self.setAccessibleDescription(HELP)
        self.setFont(tabular(self.font()))
        self._model = RunModel()
        self._model.setParent(self)
        self.setModel(self._model)
        self.setHorizontalHeader(SortHeader())
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # tab leaves the table
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.fontMetrics().height() + ROW_PADDING)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)  # widths do not follow what is in them
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(lambda index: self.open_wanted.emit(self._model.run_of(index.row())))
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self._model.modelReset.connect(self.selection_changed)

    def draw(self, seeds: Seeds) -> None:
        """Show this moment."""
        self._model.draw(seeds)
        if self.horizontalHeader().sortIndicatorSection() >= self._model.columnCount():
            self.sortByColumn(0, Qt.SortOrder.AscendingOrder)  # torch.nn's columns have gone

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("surface"))
        self.setPalette(palette)

    def selected_run(self) -> int | None:
        """Return the index of the selected run, or None."""
        rows = self.selectionModel().selectedRows()
        return self._model.run_of(rows[0].row()) if rows else None

    def select_run(self, run: int) -> None:
        """Select a run by its index."""
        row = next(row for row in range(self._model.rowCount()) if self._model.run_of(row) == run)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._model.index(row, 0), flags.ClearAndSelect | flags.Rows)

    def sizeHint(self) -> QSize:
        """Take what there is."""
        return QSize(220, 200)

    def minimumSizeHint(self) -> QSize:
        """Leave room for the heading and three rows."""
        return QSize(120, self.horizontalHeader().sizeHint().height() + 3 * self.verticalHeader().defaultSectionSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's; Return opens the selected run, on every platform; Left, Right and minus sort."""
        run, header = self.selected_run(), self.horizontalHeader()
        if event.key() in SORTED_BY:
            column = (header.sortIndicatorSection() + SORTED_BY[event.key()]) % self._model.columnCount()
            self.sortByColumn(column, header.sortIndicatorOrder())
        elif event.key() == Qt.Key.Key_Minus:
            falls = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            order = Qt.SortOrder.AscendingOrder if falls else Qt.SortOrder.DescendingOrder
            self.sortByColumn(header.sortIndicatorSection(), order)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and run is not None:
            self.open_wanted.emit(run)
        else:
            super().keyPressEvent(event)
