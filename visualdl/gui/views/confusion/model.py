"""A confusion matrix as a table for Qt: a row for each true class, a column for each class that the network says."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from visualdl.gui.theme import Theme
from visualdl.gui.views.boundary.symbols import class_icon
from visualdl.training.values.pictures import Labels

MOST_NAMED = 4
"""With more classes than so many, columns have room for their symbols alone; the rows name them."""

STRONGEST = 0.5  # of the accent, behind a cell that has all points of its row

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def percent(share: float) -> str:
    """Return a share in six characters at most."""
    return "100 %" if share == 1 else f"{100 * share:.1f} %"


class ConfusionModel(QAbstractTableModel):
    """Counts, and percent of each row: of the points that are of a class, so many are said to be of another."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._counts: Labels = np.zeros((0, 0), np.int64)

    def draw(self, counts: Labels, names: tuple[str, ...]) -> None:
        """Show the counts (classes, classes) of classes with these names."""
        if names != self._names:
            self.beginResetModel()
            self._names, self._counts = names, counts
            self.endResetModel()
        elif not np.array_equal(counts, self._counts):
            self._counts = counts
            last = len(names) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, last))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.beginResetModel()
        self._theme = theme
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt's."""
        return 0 if parent.isValid() else len(self._names)

    def share(self, row: int, column: int) -> float:
        """Return which share of the points of a true class the network says are of a class."""
        return float(self._counts[row, column] / max(self._counts[row].sum(), 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's; the count, below it percent of its row, and behind them the more colour, the more of the row it is."""
        row, column = index.row(), index.column()
        share, count = self.share(row, column), int(self._counts[row, column])
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{count:,}\n{percent(share)}" if count else "0"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color("text" if count else "muted")
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._theme.tint("accent", STRONGEST * share)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            truth, said = self._names[row], self._names[column]
            return f"{count:,} points that are {truth} are said to be {said}: {percent(share)} of those that are"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's; each class by its name, with its symbol beside it; above, by its symbol where names have no room."""
        is_row = orientation == Qt.Orientation.Vertical
        is_named = is_row or len(self._names) <= MOST_NAMED
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[section] if is_named else ""
        if role == Qt.ItemDataRole.DecorationRole:
            return (
                class_icon(self._theme, section) if is_row or not is_named else None
            )  # above, Qt puts both in one place
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{'True' if is_row else 'Predicted'} class: {self._names[section]}"
        return None
