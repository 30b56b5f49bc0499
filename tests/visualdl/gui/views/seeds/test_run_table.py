"""The table of the runs: sorted as asked for while its numbers change, and one of the runs opened."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from visualdl.gui.theme import LIGHT
from visualdl.gui.views.seeds.run_model import COLUMNS
from visualdl.gui.views.seeds.run_table import ARROW, RunTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
SEED, TRAIN, TEST, TORCH_TRAIN = range(4)


@pytest.fixture
def table(qtbot):
    table = RunTable()
    qtbot.addWidget(table)
    table.resize(220, 200)
    table.show()
    table.tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    table.opened = []
    table.open_wanted.connect(table.opened.append)
    return table


def texts(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def column(table, index):
    return [row[index] for row in texts(table)]


def click_heading(qtbot, table, section):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section) + 15, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_row_is_seed_and_errors_in_percent(table, seeds_of):
    table.draw(seeds_of([[0.5, 0.5], [0.049, 0.1]], first=7))
    assert texts(table) == [["7", "4.9", "9.8"], ["8", "10.0", "20.0"]]
    table.draw(seeds_of([[0.049, 0.1]], [[0.3, np.nan]], first=7))
    assert texts(table) == [["7", "4.9", "9.8", "30.0", "60.0"], ["8", "10.0", "20.0", "–", "–"]]


def test_a_click_on_a_heading_sorts_and_another_one_turns_the_order(qtbot, table, seeds_of):
    table.draw(seeds_of([[0.3, 0.1, 0.2]]))
    assert column(table, SEED) == ["0", "1", "2"]
    click_heading(qtbot, table, TRAIN)
    assert column(table, SEED) == ["1", "2", "0"]
    click_heading(qtbot, table, TRAIN)
    assert column(table, SEED) == ["0", "2", "1"]


@pytest.mark.parametrize("order", [UP, DOWN])
def test_a_lost_run_comes_last_and_equal_ones_stay_in_the_order_of_their_seeds(table, seeds_of, order):
    table.sortByColumn(TRAIN, order)
    table.draw(seeds_of([[np.nan, *[0.2] * 60]]))
    assert column(table, SEED) == [*map(str, range(1, 61)), "0"]


def test_order_and_selected_run_stay_while_the_numbers_change(table, seeds_of):
    table.sortByColumn(TRAIN, UP)
    table.draw(seeds_of([[0.3, 0.1, 0.2]]))
    table.select_run(0)
    table.draw(seeds_of([[0.05, 0.1, 0.2]]))
    assert column(table, SEED) == ["0", "1", "2"]
    assert table.selected_run() == 0
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]
    table.draw(seeds_of([[0.15, 0.1, 0.2]]))
    assert table.selected_run() == 0
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]


def test_other_runs_begin_with_nothing_selected_and_the_same_order(table, seeds_of):
    table.sortByColumn(TRAIN, DOWN)
    table.draw(seeds_of([[0.3, 0.1, 0.2]]))
    table.select_run(0)
    table.draw(seeds_of([[0.1, 0.2]]))
    assert table.selected_run() is None
    assert column(table, SEED) == ["1", "0"]


def test_when_a_column_goes_by_which_it_was_sorted_it_is_sorted_by_seed(table, seeds_of):
    table.draw(seeds_of([[0.1, 0.2]], [[0.2, 0.1]]))
    table.sortByColumn(TORCH_TRAIN, UP)
    assert column(table, SEED) == ["1", "0"]
    table.draw(seeds_of([[0.1, 0.2]]))
    assert column(table, SEED) == ["0", "1"]
    assert table.horizontalHeader().sortIndicatorSection() == SEED


def test_a_double_click_and_return_open_the_run_of_the_row(qtbot, table, seeds_of):
    table.draw(seeds_of([[0.3, 0.1, 0.2]], first=5))
    table.sortByColumn(TRAIN, UP)
    row = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert table.opened == []
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert table.opened == [2]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    assert table.opened == [2, 2, 1]


def test_return_opens_nothing_while_nothing_is_selected(qtbot, table, seeds_of):
    table.draw(seeds_of([[0.3, 0.1]]))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.opened == []


def test_widths_do_not_follow_the_numbers(table, seeds_of):
    table.draw(seeds_of([[0.0, 0.0]]))
    widths = [table.columnWidth(each) for each in range(3)]
    table.draw(seeds_of([[1.0, 0.4999]]))
    assert [table.columnWidth(each) for each in range(3)] == widths


def test_five_columns_fit_into_200_pixels(table, seeds_of):
    table.resize(200, 200)
    table.draw(seeds_of([[1.0] * 100], [[1.0] * 100]))
    widest = table.fontMetrics().horizontalAdvance("100.0")
    assert all(table.columnWidth(each) >= widest for each in range(5))
    header = table.horizontalHeader()
    for each, (heading, _) in enumerate(COLUMNS):
        assert max(map(header.fontMetrics().horizontalAdvance, heading.splitlines())) <= table.columnWidth(each) - 2
    assert header.height() >= 2 * header.fontMetrics().height() + ARROW, "the sign of the order is above the text"


def test_the_order_is_seen(table, seeds_of):
    table.set_theme(LIGHT)
    table.draw(seeds_of([[0.1, 0.1]]))
    pictures = []
    for section, order in ((SEED, UP), (SEED, DOWN), (TEST, UP)):
        table.sortByColumn(section, order)
        pictures.append(table.horizontalHeader().grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_headings_are_told_in_full(table, seeds_of):
    table.draw(seeds_of([[0.1]], [[0.1]]))
    told = [
        table.model().headerData(each, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        for each in range(len(COLUMNS))
    ]
    assert told[3] == "Training error of torch.nn (%)"


def test_a_hundred_runs_are_shown(table, trained):
    table.draw(trained(100, steps=1).seeds)
    assert table.model().rowCount() == 100


def test_keys_sort_by_another_column_and_turn_the_order_round(qtbot, table, seeds_of):
    table.draw(seeds_of([[0.5, 0.5, 0.2], [0.049, 0.1, 0.3]]))
    header = table.horizontalHeader()
    order = lambda: (header.sortIndicatorSection(), header.sortIndicatorOrder())  # noqa: E731
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Minus, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Minus):
        qtbot.keyClick(table, key)
        seen.append(order())
    last = table.model().columnCount() - 1
    assert seen == [(1, UP), (1, DOWN), (0, DOWN), (last, DOWN), (last, UP)]
    numbers = [float(text) for text in column(table, last)]
    assert numbers == sorted(numbers)
