"""A table of text: what a file or the clipboard holds, before anybody says which columns are positions and labels."""

import re
from dataclasses import dataclass

from visualdl.sentences import one_line

MOST_ROWS = 100_000
MOST_COLUMNS = 256
FEWEST_COLUMNS = 3  # two features and a label
MOST_CELLS = 2_000_000  # some 200 MB of text in memory

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Table:
    """Columns by name, and rows of cells, one for each column, without surrounding space.

    `source` is the file's name and `numbers` are the rows' numbers in it, both for sentences; `unit` is what a row is
    called there. With `decimal_comma`, 1,5 may be a number.
    """

    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    unit: str = "line"
    decimal_comma: bool = False

    def column(self, name: str) -> tuple[str, ...]:
        """Return the cells of a column, from the first row on; raise ValueError if there is none of this name."""
        position = self._position(name)
        return tuple(row[position] for row in self.rows)

    def place(self, name: str, row: int | None = None) -> str:
        """Say where a column is, or one of its cells: "points.csv, line 3, column 2 (x2)"."""
        line = "" if row is None else f" {self.unit} {self.numbers[row]},"
        column = f"column {self._position(name) + 1}"
        return f"{self.source},{line} {column}" + (f" ({shown(name, quotes=False)})" if name != column else "")

    def _position(self, name: str) -> int:
        if name not in self.columns:
            known = shown(", ".join(self.columns), quotes=False)
            raise ValueError(f"{self.source} has no column {shown(name)}; it has {known}.")
        return self.columns.index(name)


def is_number(cell: str, decimal_comma: bool = False) -> bool:
    """Say whether a cell writes a number with digits, in ASCII: no underscores, no spaces, no nan and no inf."""
    return _NUMBER.fullmatch(cell.replace(",", ".") if decimal_comma else cell) is not None


def is_not_finite(cell: str) -> bool:
    """Say whether a cell writes nan or infinity, as programs do."""
    return _NOT_FINITE.fullmatch(cell) is not None


def shown(text: str, quotes: bool = True) -> str:
    """Return `text` fit for a sentence: on one line, short, and in quotes unless these are unwanted."""
    line = one_line(text[: 2 * _LONGEST_SHOWN])
    if len(line) > _LONGEST_SHOWN or len(text) > 2 * _LONGEST_SHOWN:
        line = line[: _LONGEST_SHOWN - 1] + "…"
    return f"'{line}'" if quotes else line
