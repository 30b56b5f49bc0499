"""The view of one confusion matrix: a line that says of which points, and the table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionHeader,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from visualdl.gui.theme import Theme, tabular
from visualdl.gui.views.confusion.model import ConfusionModel
from visualdl.training.values.pictures import Labels

WIDEST, HIGHEST = 110, 46  # pixels, of a cell: a larger one would say no more
WIDEST_CELLS = "99.9 %", "100,000"
PADDING = 6  # pixels, above and below a cell's two lines together
LONGEST_NAME = 110  # pixels, of a class and its symbol


class ClassHeader(QHeaderView):
    """A header of classes, whose symbols stand in the middle where there is no name beside them."""

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Qt's."""
        super().initStyleOptionForIndex(option, section)
        option.iconAlignment = Qt.AlignmentFlag.AlignCenter


class MatrixView(QWidget):
    """The confusion matrix of a set of points, "training" or "test". It is as large as its classes need."""

    def __init__(self, set_name: str, theme: Theme) -> None:
        super().__init__()
        self._set_name = set_name
        self._title = QLabel()
        self._title.setFont(tabular(self._title.font()))
        self._model = ConfusionModel(theme)
        self._model.setParent(self)
        self._table = QTableView()
        self._table.setHorizontalHeader(ClassHeader(Qt.Orientation.Horizontal))
        self._table.setModel(self._model)
        self._table.setAccessibleName(f"Confusion matrix, {set_name} points")
        self._table.setAccessibleDescription("Rows are true classes, columns the classes that the network says.")
        font = tabular(self.font())
        self._table.setFont(font)
        self._table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self._table.setTabKeyNavigation(False)  # tab leaves the table
        self._table.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        self._table.setCornerButtonEnabled(False)
        self._table.setWordWrap(False)
        for policy in (self._table.setHorizontalScrollBarPolicy, self._table.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self._table.horizontalHeader(), self._table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setFont(font)
        self._table.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._table.verticalHeader().setMaximumWidth(LONGEST_NAME)
        self._table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._table, 1)
        self.set_theme(theme)

    def draw(self, counts: Labels, names: tuple[str, ...]) -> None:
        """Show the counts (classes, classes) of classes with these names."""
        total = int(counts.sum())
        wrong = total - int(counts.trace())
        self._title.setText(
            f"{self._set_name.capitalize()}: {wrong:,} of {total:,} points wrong, {100 * wrong / max(total, 1):.1f} %"
        )
        is_other = len(names) != self._model.rowCount()
        self._model.draw(counts, names)
        if is_other:
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self._model.set_theme(theme)
        palette = theme.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("surface"))
        self._table.setPalette(palette)

    def _fit(self) -> None:
        classes = self._model.rowCount()
        beside, above = (
            min(self._table.verticalHeader().sizeHint().width(), LONGEST_NAME),
            self._table.horizontalHeader().sizeHint(),
        )
        frame = 2 * self._table.frameWidth()
        lines = 2 * self._table.fontMetrics().height() + PADDING
        margin = self._table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._table) + 1
        column = max(map(self._table.fontMetrics().horizontalAdvance, WIDEST_CELLS)) + 2 * margin
        self._table.setMinimumSize(QSize(beside + frame + classes * column, above.height() + frame + classes * lines))
        self._table.setMaximumSize(
            QSize(beside + frame + classes * WIDEST, above.height() + frame + classes * max(HIGHEST, lines))
        )
