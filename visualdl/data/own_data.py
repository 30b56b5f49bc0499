"""The user's own data: points of the plane in two to six classes, picked from the columns of a table, and written back.

Positions are in the table's units; `frame` says which part of the plane is the unit square, where the network learns.
"""

import csv
import io
from dataclasses import dataclass, replace

import numpy as np

from visualdl.data.frame import UNIT, Frame, frame_around
from visualdl.data.json_arrays import in_parts
from visualdl.data.table import Table, is_not_finite, is_number, shown
from visualdl.sentences import one_line

FEWEST_ROWS = 4
FEWEST_CLASSES = 2
MOST_CLASSES = 6
LARGEST_VALUE = 1e100  # squares, and sums of them, are still finite

_ALLOWED = "a number such as -1.5 or 2e3 is needed"


@dataclass(frozen=True, eq=False)
class OwnData:
    """Points with labels: `positions` (points, 2), float64, and `labels` (points,), int64, both read-only.

    `classes` are the names of the labels 0, 1, ...; `columns` are the names of x1, x2 and the label; `frame` is what a
    picture shows. Equal when all of it is.
    Raises ValueError for other shapes, a position that is not finite, or a label that has no name.
    """

    positions: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    columns: tuple[str, str, str] = ("x1", "x2", "label")
    frame: Frame = UNIT

    def __post_init__(self) -> None:
        positions = np.array(self.positions, np.float64) + 0.0  # of the two zeros there shall be one
        labels = np.array(self.labels, np.int64)
        if positions.ndim != 2 or positions.shape[1] != 2 or labels.shape != positions.shape[:1] or len(labels) == 0:
            raise ValueError(
                f"Data needs positions (points, 2) and labels (points,), not {positions.shape} and {labels.shape}."
            )
        if not (np.abs(positions) <= LARGEST_VALUE).all():
            raise ValueError(f"Positions must be finite numbers of at most {LARGEST_VALUE:g}.")
        if not FEWEST_CLASSES <= len(self.classes) <= MOST_CLASSES:
            raise ValueError(f"Data needs {FEWEST_CLASSES} to {MOST_CLASSES} classes, not {len(self.classes)}.")
        if labels.min() < 0 or labels.max() >= len(self.classes):
            raise ValueError(f"Labels must lie between 0 and {len(self.classes) - 1}, the number of the last class.")
        for name, array in (("positions", positions), ("labels", labels)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)  # frozen from here on

    def __len__(self) -> int:
        return len(self.labels)

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, OwnData):
            return self is other or NotImplemented
        return (
            len(self) == len(other)
            and (self.classes, self.columns, self.frame) == (other.classes, other.columns, other.frame)
            and np.array_equal(self.positions, other.positions)
            and np.array_equal(self.labels, other.labels)
        )

    def __hash__(self) -> int:
        return hash((self.classes, self.columns, self.positions.tobytes(), self.labels.tobytes()))

    @property
    def counts(self) -> tuple[int, ...]:
        """How many points each class has."""
        return tuple(np.bincount(self.labels, minlength=len(self.classes)).tolist())

    @property
    def in_square(self) -> np.ndarray:
        """The positions, (points, 2), as the frame maps them: those within it lie in the unit square."""
        return self.frame.to_square(self.positions)

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where x1 and x2 go. One that does not vary has a range around it: never an empty one."""
        low, high = self.positions.min(0), self.positions.max(0)
        margin = np.where(low == high, np.maximum(np.abs(low), 1) / 2, 0)
        (low1, low2), (high1, high2) = (low - margin).tolist(), (high + margin).tolist()
        return (low1, high1), (low2, high2)


def points_from(table: Table, x1: str, x2: str, label: str) -> OwnData:
    """Return the data in three columns of a table, picked by name, in a frame a little larger than what it fills.

    Classes are sorted if all labels are numbers, and stand in order of appearance if not.
    Raises ValueError, in one sentence with source, line, column and value, for what cannot be used.
    """
    if len({x1, x2, label}) < 3:
        raise ValueError(f"x1, x2 and label must be three different columns, not {x1}, {x2} and {label}.")
    if len(table.rows) < FEWEST_ROWS:
        raise ValueError(f"{table.source} has too few rows of data, {len(table.rows)}; {FEWEST_ROWS} are needed.")
    positions = np.stack([_numbers(table, x1), _numbers(table, x2)], axis=1)
    labels, classes = _labels(table, label)
    data = OwnData(positions, labels, classes, (x1, x2, label))
    return replace(data, frame=frame_around(*data.ranges))


def to_csv(data: OwnData) -> str:
    """Return the data as CSV with a header; `read_text` and `points_from` make the same of it.

    For the same class numbers, every class must occur, in the order that `points_from` gives them.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(data.columns)
    for places, labels in zip(in_parts(data.positions), in_parts(data.labels), strict=True):
        names = [data.classes[label] for label in labels.tolist()]
        writer.writerows((x1, x2, name) for (x1, x2), name in zip(places.tolist(), names, strict=True))
    return text.getvalue()


def values_to_csv(positions: np.ndarray, values: np.ndarray) -> str:
    """Return points (points, 2) that carry values (points,) as CSV with the header x1, x2, value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("x1", "x2", "value"))
    for rows in in_parts(np.column_stack([positions, values])):
        writer.writerows(rows.tolist())
    return text.getvalue()


def _numbers(table: Table, column: str) -> np.ndarray:
    """Return the column's numbers, (rows,). A decimal comma is one only in a column that has no decimal point."""
    cells = table.column(column)
    plain = _with_points(table, cells)
    for row, cell in enumerate(plain):
        if not is_number(cell):
            fault = "is not finite" if is_not_finite(cell) else "is not a number" if cell else "is empty"
            value = f" {shown(cells[row])}" if cell else ""
            raise ValueError(f"{table.place(column, row)}:{value} {fault}; {_ALLOWED}.")
    values = np.array(list(map(float, plain)))
    for row in np.flatnonzero(~(np.abs(values) <= LARGEST_VALUE))[:1].tolist():
        raise ValueError(
            f"{table.place(column, row)}: {shown(cells[row])} is too large; at most {LARGEST_VALUE:g} is allowed."
        )
    return values


def _labels(table: Table, column: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the labels, (rows,), and the names of the classes."""
    cells = table.column(column)
    plain = _with_points(table, cells)
    first_rows = {plain[row]: row for row in range(len(plain) - 1, -1, -1)}  # so that each text is looked at once
    numeric = all(is_number(cell) or is_not_finite(cell) for cell in first_rows)
    names: dict[str, str] = {}  # of each text
    classes: dict[str, float] = {}  # the name of each, and what sorts it
    for cell, row in sorted(first_rows.items(), key=lambda item: item[1]):
        names[cell] = name = _plain_number(cell) if numeric else one_line(cells[row])
        if not name:
            raise ValueError(f"{table.place(column, row)} is empty; every row needs a label.")
        if numeric and not abs(float(cell)) <= LARGEST_VALUE:
            raise ValueError(f"{table.place(column, row)}: {shown(cell)} is not finite; a label is a number or a word.")
        if name not in classes and len(classes) == MOST_CLASSES:
            raise ValueError(
                f"{table.place(column, row)}: {shown(name)} is class {MOST_CLASSES + 1}; "
                f"{FEWEST_CLASSES} to {MOST_CLASSES} classes are allowed."
            )
        classes.setdefault(name, float(cell) if numeric else row)
    if len(classes) < FEWEST_CLASSES:
        raise ValueError(
            f"{table.place(column)}: every label is {shown(next(iter(classes)))}; at least 2 classes are needed."
        )
    ordered = sorted(classes, key=classes.__getitem__)
    number = {cell: ordered.index(name) for cell, name in names.items()}
    return np.array([number[cell] for cell in plain], np.int64), tuple(ordered)


def _with_points(table: Table, cells: tuple[str, ...]) -> tuple[str, ...]:
    if table.decimal_comma and not any("." in cell for cell in cells):
        return tuple(cell.replace(",", ".") for cell in cells)
    return cells


def _plain_number(cell: str) -> str:
    """Return the shortest text that reads as the same number: a whole one without its point."""
    value = float(cell)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
