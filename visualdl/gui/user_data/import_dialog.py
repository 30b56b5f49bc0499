"""The import dialog: which columns of a table are x1, x2 and the label, with a look at what comes of it."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualdl.data.own_data import OwnData, points_from
from visualdl.data.suggestion import suggested_columns
from visualdl.data.table import Table, shown
from visualdl.experiment.experiment import Experiment
from visualdl.gui.controls.captions import caption, muted
from visualdl.gui.engine.background_task import BackgroundTask
from visualdl.gui.theme import Theme
from visualdl.gui.user_data.data_preview import DataPreview

ROLES = ("x1 (across)", "x2 (up)", "Label")
ROWS = 6  # of the table, to be looked at
WIDTH = 640  # pixels


class ImportDialog(QDialog):
    """Shows a `table`; accepted, its `data` are the points that were picked, and can be learned from."""

    def __init__(self, table: Table, suggestion: tuple[str, str, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Import data from {table.source}")
        self.data: OwnData | None = None
        self._table = table
        self._work = BackgroundTask(self)
        self._work.done.connect(self._show_data)
        self._work.refused.connect(self._refuse)
        self._preview = DataPreview(theme)
        self._sentence = QLabel()
        self._sentence.setAccessibleName("Import result")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(3 * self.fontMetrics().lineSpacing())  # nothing moves when it grows
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._boxes = [self._box(role, name) for role, name in zip(ROLES, suggestion, strict=True)]
        self._lay_out()
        self.finished.connect(self._work.close)
        self._pick()

    def sizeHint(self) -> QSize:
        """As wide as three columns and the picture need."""
        return QSize(WIDTH, super().sizeHint().height())

    def _box(self, role: str, name: str) -> QComboBox:
        box = QComboBox()
        for column in self._table.columns:
            box.addItem(shown(column, quotes=False), column)
        box.setCurrentIndex(self._table.columns.index(name))
        box.setAccessibleName(role)
        box.setToolTip(f"<p>Which column is {role}</p>")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.currentIndexChanged.connect(self._pick)
        return box

    def _lay_out(self) -> None:
        picks = QGridLayout()
        for row, (role, box) in enumerate(zip(ROLES, self._boxes, strict=True)):
            picks.addWidget(caption(role, box), row, 0)
            picks.addWidget(box, row, 1)
        picks.setColumnStretch(1, 1)
        picks.setRowStretch(len(ROLES), 1)
        picks.addWidget(self._sentence, len(ROLES), 0, 1, 2)
        top = QHBoxLayout()
        top.addLayout(picks, 1)
        top.addWidget(self._preview)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(top)
        rows = len(self._table.rows)
        what = f"{rows:,} rows; the first {ROWS}:" if rows > ROWS else "All rows:"
        column.addWidget(muted(what))
        column.addWidget(_first_rows(self._table))
        column.addWidget(self._buttons)

    def _pick(self) -> None:
        x1, x2, label = (box.currentData() for box in self._boxes)
        self._allow(None)
        self._sentence.setText("Reading …")
        self._work.begin(partial(learnable_points, self._table, x1, x2, label))

    def _show_data(self, data: OwnData) -> None:
        counts = ", ".join(f"{count:,} {shown(name)}" for name, count in zip(data.classes, data.counts, strict=True))
        self._sentence.setText(f"{len(data):,} points: {counts}.")
        self._allow(data)

    def _refuse(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._allow(None)

    def _allow(self, data: OwnData | None) -> None:
        self.data = data
        self._preview.show_data(data)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(data is not None)


def learnable_points(table: Table, x1: str, x2: str, label: str) -> OwnData:
    """Return the points in three columns; raise ValueError, in one sentence, if no experiment can have them."""
    data = points_from(table, x1, x2, label)
    Experiment().with_own(data)
    return data


def suggested(table: Table) -> tuple[Table, tuple[str, str, str]]:
    """Return a table with the columns that are probably meant."""
    return table, suggested_columns(table)


def _first_rows(table: Table) -> QTableWidget:
    rows = table.rows[:ROWS]
    view = QTableWidget(len(rows), len(table.columns))
    view.setAccessibleName("First rows")
    view.setHorizontalHeaderLabels([shown(name, quotes=False) for name in table.columns])
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            view.setItem(row, column, QTableWidgetItem(shown(cell, quotes=False)))
    view.setVerticalHeaderLabels([str(number) for number in table.numbers[:ROWS]])
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.resizeColumnsToContents()
    view.resizeRowsToContents()
    view.horizontalHeader().setStretchLastSection(True)
    height = view.horizontalHeader().sizeHint().height() + sum(view.rowHeight(row) for row in range(len(rows)))
    view.setFixedHeight(height + view.horizontalScrollBar().sizeHint().height() + 4)
    return view
