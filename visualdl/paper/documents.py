"""All that a reproduction writes apart from its pictures."""

from visualdl.paper.files import RECORD, REPORT, TABLE_1, TABLE_2
from visualdl.paper.record import record
from visualdl.paper.report import report
from visualdl.paper.results import Reproduction
from visualdl.paper.tables import csv_text, table1, table2


def documents(found: Reproduction) -> dict[str, bytes]:
    """Return the content of every file by its name."""
    return {
        TABLE_1: csv_text(table1(found)).encode(),
        TABLE_2: csv_text(table2(found)).encode(),
        RECORD: record(found),
        REPORT: report(found).encode(),
    }
