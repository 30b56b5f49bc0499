"""The runs as a table for Qt: a row for each run, in the order of one of its columns."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from visualdl.training.values.seeds import Seeds

COLUMNS = (  # two lines of heading, and what they mean
    ("Seed", "Seed"),
    ("Train\n%", "Training {error} (%)"),
    ("Test\n%", "Test {error} (%)"),
    ("torch\ntrain", "Training {error} of torch.nn (%)"),
    ("torch\ntest", "Test {error} of torch.nn (%)"),
)
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class RunModel(QAbstractTableModel):
    """Seed, and errors in percent; torch's as well where it trains beside. A run keeps its selection when it moves."""

    def __init__(self) -> None:
        super().__init__()
        self._seeds: tuple[int, ...] = ()
        self._error_name = "error"
        self._values = np.empty((0, 3))  # (runs, columns)
        self._order = np.empty(0, int)  # row -> run
        self._column, self._descending = 0, False

    def draw(self, seeds: Seeds) -> None:
        """Show this moment. Other runs than before begin with nothing selected."""
        values = np.stack([seeds.seeds, *_errors(seeds)], axis=1)
        self._error_name = seeds.experiment.task.error_name
        if seeds.seeds == self._seeds and values.shape == self._values.shape:
            self._values = values
            self._put_in_order()
            return
        self.beginResetModel()
        self._seeds, self._values = seeds.seeds, values
        self._column = self._column if self._column < values.shape[1] else 0
        self._order = self._sorted()
        self.endResetModel()

    def run_of(self, row: int) -> int:
        """Return the index of the run that a row shows."""
        return int(self._order[row])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's; the order is kept while values change. What is no number comes last either way."""
        self._column, self._descending = max(column, 0), order == Qt.SortOrder.DescendingOrder
        self._put_in_order()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else self._values.shape[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's; the seed, or an error with one decimal: of 1000 points, that is exact."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = self._values[self._order[index.row()], index.column()]
        if index.column() == 0:
            return f"{value:.0f}"
        return f"{value:.1f}" if np.isfinite(value) else "–"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's; what the columns are."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return COLUMNS[section][1].format(error=self._error_name)
        return None

    def _put_in_order(self) -> None:
        order = self._sorted()
        if np.array_equal(order, self._order):
            if len(order):
                self.dataChanged.emit(self.index(0, 0), self.index(len(order) - 1, self.columnCount() - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before, self._order = self._order, order
        row_of = np.argsort(order)  # run -> row
        kept = self.persistentIndexList()
        moved = [self.index(int(row_of[before[index.row()]]), index.column()) for index in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _sorted(self) -> np.ndarray:
        keys = self._values[:, self._column]
        return np.argsort(-keys if self._descending else keys, kind="stable")


def _errors(seeds: Seeds) -> list[np.ndarray]:
    """Return each run's latest errors in percent, (runs,) each."""
    frameworks = [curves for curves in (seeds.minidl, seeds.torch) if curves is not None]
    return [100 * error[-1] for curves in frameworks for error in (curves.train_error, curves.test_error)]
