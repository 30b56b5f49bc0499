"""From bytes to rows of cells: which encoding, which delimiter, and where the text is at fault.

The csv module's own Sniffer takes quadratic time and is easily misled, so that the delimiter is found by a vote.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from visualdl.data.table import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, is_number

DELIMITERS = "\t;,"  # of two that fit equally well the first: 1,5;2,5;3 has commas, but in its numbers
MOST_LINES = 3 * MOST_ROWS  # the others blank, or inside quotes
LONGEST_LINE = 100_000  # characters; less than what the csv module allows for one cell

_VOTERS = 50  # lines
_QUOTED = re.compile(r'(^|[\t;,]) *"(?:[^"]|"")*"', re.MULTILINE)
_EXCEL_HINT = re.compile(r"sep=.?", re.IGNORECASE)

Rows = list[tuple[int, tuple[str, ...]]]
"""The number of the line that a row starts on, from 1, and its cells.

Tuples of text, for the garbage collector soon leaves these alone, while it would look at a hundred thousand lists again
and again.
"""


def decoded(content: bytes, source: str) -> str:
    """Return the text in UTF-8, in UTF-16 with its mark, or else in Windows' Western encoding.

    Raises ValueError, in one sentence, for what is no text.
    """
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and (zero := content.find(0)) >= 0:
        line = content.count(b"\n", 0, zero) + 1
        raise ValueError(
            f"{source}, line {line} holds a zero byte: it is not text; a spreadsheet is saved as CSV first."
        )
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
    allowed = "UTF-16, as its first bytes promise" if utf16 else "UTF-8 or Windows-1252"
    raise ValueError(f"{source}, line {line} cannot be read as text; allowed is {allowed}.")


def rows_of(text: str, source: str) -> tuple[str, Rows]:
    """Return the delimiter, and all rows that are not blank, as long as they happen to be.

    Raises ValueError, in one sentence, for quotes that do not match, and for more than this program can show.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ValueError(f"{source}, line {text.count(chr(10), 0, text.index(chr(0))) + 1} holds a zero character.")
    if text.count("\n") > MOST_LINES:
        raise ValueError(f"{source} has more than {MOST_LINES:,} lines; at most {MOST_ROWS:,} rows can be used.")
    delimiter = _delimiter(text, source)
    reader = csv.reader(_lines(text, source), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: Rows = []
    cells, line = 0, 1
    try:
        for found in reader:
            row = tuple(map(str.strip, found))
            if len(row) > MOST_COLUMNS:
                raise ValueError(f"{source}, line {line} has {len(row):,} columns; at most {MOST_COLUMNS} are allowed.")
            if any(row) and (rows or not _EXCEL_HINT.fullmatch("".join(row))):
                rows.append((line, row))
                cells += len(row)
                if len(rows) > MOST_ROWS + 1:  # perhaps the first is a header
                    raise ValueError(f"{source}, line {line} is beyond row {MOST_ROWS:,}, the last that is allowed.")
                if cells > MOST_CELLS:
                    raise ValueError(f"{source}, line {line} is beyond cell {MOST_CELLS:,}, the last that is allowed.")
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(
            f"{source}, line {line}: the quotes do not match; a quote inside quotes is written twice."
        ) from error
    return delimiter, rows


def _lines(text: str, source: str) -> Iterator[str]:
    for number, line in enumerate(StringIO(text, newline="\n"), 1):
        if len(line) > LONGEST_LINE:
            raise ValueError(
                f"{source}, line {number} has {len(line):,} characters; at most {LONGEST_LINE:,} are allowed."
            )
        yield line


def _delimiter(text: str, source: str) -> str:
    """Return the delimiter that cuts most of the first lines into equally many cells, two of them numbers.

    A cell in quotes counts as a number whatever is in it, so that a delimiter in quotes is none.
    """
    sample = "".join(islice(_lines(text, source), _VOTERS))[:LONGEST_LINE]
    lines = [line for line in _QUOTED.sub(r"\g<1>0", sample).split("\n") if line.strip()]

    def agreements(delimiter: str) -> tuple[int, int]:
        rows = [[cell.strip() for cell in line.split(delimiter)] for line in lines]
        count = Counter(len(row) for row in rows if len(row) > 1).most_common(1)
        alike = [row for row in rows if count and len(row) == count[0][0]]
        with_numbers = [row for row in alike if sum(is_number(cell, delimiter != ",") for cell in row) >= 2]
        return len(with_numbers) if count and count[0][0] > 2 else 0, len(alike)

    return max(DELIMITERS, key=agreements)
