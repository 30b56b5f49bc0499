"""Guesses which columns of a table are meant: two features and a label."""

from visualdl.data.own_data import FEWEST_CLASSES, MOST_CLASSES
from visualdl.data.table import Table, is_number

LABEL_NAMES = ("label", "labels", "class", "target", "species", "category", "group", "color", "colour")
_SAMPLE = 50  # cells that say whether a column holds numbers


def suggested_columns(table: Table) -> tuple[str, str, str]:
    """Return the names of x1, x2 and label, three different ones.

    The label is a column with its usual name, else the last with two to six different cells, else the last.
    The features are the first two other columns of numbers; columns that only number the rows come last.
    """
    by_name = {name.casefold(): name for name in reversed(table.columns)}
    label = next(
        (by_name[name] for name in LABEL_NAMES if name in by_name),
        next((name for name in reversed(table.columns) if _has_few_values(table.column(name))), table.columns[-1]),
    )

    def rank(name: str) -> int:
        cells = table.column(name)
        if not all(is_number(cell, table.decimal_comma) for cell in cells[:_SAMPLE]):
            return 2
        return int(_numbers_the_rows(cells))

    first, second = sorted((name for name in table.columns if name != label), key=rank)[:2]
    return first, second, label


def _has_few_values(cells: tuple[str, ...]) -> bool:
    values: set[str] = set()
    for cell in cells:
        values.add(cell)
        if len(values) > MOST_CLASSES:
            return False
    return len(values) >= FEWEST_CLASSES


def _numbers_the_rows(cells: tuple[str, ...]) -> bool:
    return any(all(cell == str(number) for number, cell in enumerate(cells, start)) for start in (0, 1))
