"""Reads a table from a file of text or of arrays, or from the clipboard's text: finds delimiter, header and width."""

from collections import Counter
from pathlib import Path

from visualdl.data.array_reader import table_of_npy, table_of_npz
from visualdl.data.csv_text import Rows, decoded, rows_of
from visualdl.data.table import FEWEST_COLUMNS, MOST_ROWS, Table, is_not_finite, is_number
from visualdl.sentences import one_line

LARGEST = 64 * 2**20  # bytes; 100,000 rows of three columns have about 6 million
CLIPBOARD = "The clipboard"
_SAMPLE = 50  # rows that say whether the first one is a header


def read_file(file: Path, header: bool | None = None) -> Table:
    """Return the table in `file`: .npy or .npz by its name, otherwise text. `header` is as in `read_text`.

    Raises OSError if the file cannot be read, and ValueError, in one sentence, if it holds no table.
    """
    if not file.is_file() and file.exists():
        raise ValueError(f"{file.name} is not a file.")
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"{file.name} is too large: at most {LARGEST // 2**20} MiB are allowed.")
    match file.suffix.lower():
        case ".npy":
            return table_of_npy(content, file.name)
        case ".npz":
            return table_of_npz(content, file.name)
        case _:
            return read_text(decoded(content, file.name), file.name, header)


def read_text(text: str, source: str = CLIPBOARD, header: bool | None = None) -> Table:
    """Return the table in `text`, whose cells stand between commas, semicolons or tabs.

    `header` says whether the first row names the columns; None finds out. Blank lines and empty columns at the right
    are dropped. Raises ValueError, in one sentence, for what is no table: with the line at fault, if it is one line's.
    """
    if len(text) > LARGEST:
        raise ValueError(f"{source} is too large: at most {LARGEST // 2**20} million characters are allowed.")
    delimiter, rows = rows_of(text, source)
    if not rows:
        raise ValueError(f"{source} is empty; it must hold two columns of numbers and one of labels.")
    cells = _rectangle(rows, source)
    decimal_comma = delimiter != ","
    if header is None:
        header = _has_header(cells, decimal_comma)
    columns = _names(cells[0] if header else ("",) * len(cells[0]))
    start = int(header)
    if len(cells) - start > MOST_ROWS:
        raise ValueError(f"{source} has more than {MOST_ROWS:,} rows, which is the most that is allowed.")
    lines = tuple(line for line, _ in rows[start:])
    return Table(source, columns, cells[start:], lines, decimal_comma=decimal_comma)


def _rectangle(rows: Rows, source: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells as rows of one length: the most frequent one, without the columns at the right that are empty.

    Raises ValueError for a row that is shorter, or that holds something further to the right.
    """
    usual, _ = Counter(len(row) for _, row in rows).most_common(1)[0]
    filled = [len(row) if row[-1] else _filled(row) for _, row in rows]
    width = min(usual, max(filled))
    if width < FEWEST_COLUMNS:
        raise ValueError(
            f"{source} has too few columns, {width}; at least {FEWEST_COLUMNS} are needed, two of numbers and one of "
            "labels, with a comma, a semicolon or a tab between them."
        )
    for (line, row), end in zip(rows, filled, strict=True):
        if end > usual or len(row) < width:
            columns = f"{max(end, len(row))} columns" if len(row) > 1 else "1 column"
            raise ValueError(f"{source}, line {line} has {columns}, not {width} as most lines have.")
    return tuple(row[:width] for _, row in rows)


def _filled(row: tuple[str, ...]) -> int:
    """Return how many columns there are up to the last cell that holds something; at least one cell does."""
    end = len(row)
    while not row[end - 1]:
        end -= 1
    return end


def _has_header(rows: tuple[tuple[str, ...], ...], decimal_comma: bool) -> bool:
    """Say whether, in the columns that hold numbers below, the first row holds more words than numbers."""
    words = numbers = 0
    for first, *others in zip(*rows[: _SAMPLE + 1], strict=True):
        below = [is_number(cell, decimal_comma) for cell in others if cell]
        if below and all(below) and first:
            is_word = not (is_number(first, decimal_comma) or is_not_finite(first))
            words += is_word
            numbers += not is_word
    return words > numbers


def _names(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return names that differ from one another, and that nobody takes for numbers when they are read again."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = one_line(cell.replace("\ufeff", "")).lstrip("# ")
        if not name or is_number(name, decimal_comma=True) or is_not_finite(name):
            name = f"column {name or number}"
        repeats = 1
        unique = name
        while unique in names:
            repeats += 1
            unique = f"{name} ({repeats})"
        names.append(unique)
    return tuple(names)
