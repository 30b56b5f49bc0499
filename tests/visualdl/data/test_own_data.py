"""Own data: picked from a table without loss, refused with place and value, and written so that it returns."""

import os

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from visualdl.data.own_data import OwnData, points_from, to_csv
from visualdl.data.table_reader import read_text

EXAMPLES = int(os.environ.get("VISUALDL_EXAMPLES", "200"))


def data_of(*rows, header="x1,x2,label"):
    return points_from(read_text("\n".join([header, *rows]), "points.csv", header=True), *header.split(","))


def test_columns_are_picked_by_name():
    table = read_text("id,kind,b,a\n1,p,0.1,10\n2,q,0.2,20\n3,p,0.3,30\n4,p,0.4,5\n")
    data = points_from(table, "a", "b", "kind")
    assert data.positions.tolist() == [[10, 0.1], [20, 0.2], [30, 0.3], [5, 0.4]]
    assert (data.labels.tolist(), data.classes) == ([0, 1, 0, 0], ("p", "q"))
    assert data.columns == ("a", "b", "kind")
    assert data.ranges == ((5, 30), (0.1, 0.4))


@pytest.mark.parametrize(
    ("labels", "classes", "numbers"),
    [
        (["b", "a", "b", "c"], ("b", "a", "c"), [0, 1, 0, 2]),
        (["10", "9", "10.0", "1e1"], ("9", "10"), [1, 0, 1, 1]),
        (["1", "-1", "+1", "-1.0"], ("-1", "1"), [1, 0, 1, 0]),
        (["0.5", "2.5", "0.50", "1"], ("0.5", "1", "2.5"), [0, 2, 0, 1]),
        (["1", "b", "1", "1.0"], ("1", "b", "1.0"), [0, 1, 0, 2]),
        (["nan", "ham", "nan", "ham"], ("nan", "ham"), [0, 1, 0, 1]),
        (['"two\nlines"', "two lines", "Two  lines", "x"], ("two lines", "Two lines", "x"), [0, 0, 1, 2]),
    ],
)
def test_classes_are_sorted_numbers_or_words_as_they_appear(labels, classes, numbers):
    data = data_of(*(f"{row},{row},{label}" for row, label in enumerate(labels)))
    assert (data.classes, data.labels.tolist()) == (classes, numbers)


GOOD = ("1,2,a", "3,4,b", "5,6,a", "7,8,b")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1,two,a", r"points.csv, line 6, column 2 \(x2\): 'two' is not a number; a number such as"),
        ("1,,a", r"points.csv, line 6, column 2 \(x2\): is empty"),
        ("nan,2,a", r"points.csv, line 6, column 1 \(x1\): 'nan' is not finite"),
        ("-inf,2,a", r"points.csv, line 6, column 1 \(x1\): '-inf' is not finite"),
        ("1e999,2,a", r"points.csv, line 6, column 1 \(x1\): '1e999' is too large; at most 1e\+100"),
        ("1_000,2,a", r"'1_000' is not a number"),
        ("٣,2,a", r"'٣' is not a number"),
        ('"1,5",2,a', r"'1,5' is not a number"),
        (f"{'9' * 500},2,a", r"'9{39}…' is too large"),
        ("1,2,", r"points.csv, line 6, column 3 \(label\) is empty; every row needs a label"),
        ("1,2,\u200b", r"points.csv, line 6, column 3 \(label\) is empty"),
    ],
)
def test_a_cell_at_fault_is_named(row, sentence):
    with pytest.raises(ValueError, match=sentence):
        data_of(*GOOD, row)


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("aaaa", r"column 3 \(label\): every label is 'a'; at least 2 classes"),
        ("abcdefg", r"line 8, column 3 \(label\): 'g' is class 7; 2 to 6 classes are allowed"),
        ("123456789", r"line 8, column 3 \(label\): '7' is class 7"),
        (["0", "1", "nan", "1"], r"line 4, column 3 \(label\): 'nan' is not finite"),
        ("ab", r"too few rows of data, 2; 4 are needed"),
    ],
)
def test_labels_at_fault_are_named(labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        data_of(*(f"1,2,{label}" for label in labels))


def test_columns_must_exist_and_differ():
    table = read_text("x1,x2,label\n" + "\n".join(GOOD), "points.csv")
    with pytest.raises(ValueError, match=r"points.csv has no column 'z'; it has x1, x2, label"):
        points_from(table, "x1", "z", "label")
    with pytest.raises(ValueError, match="three different columns"):
        points_from(table, "x1", "x1", "label")


def test_a_feature_that_does_not_vary_still_has_a_range():
    data = OwnData(np.array([[3.0, 1e100]] * 4), np.array([0, 1, 0, 1]), ("a", "b"))
    assert data.ranges[0] == (1.5, 4.5)
    assert data.ranges[1][0] < 1e100 < data.ranges[1][1]


@pytest.mark.parametrize(
    ("positions", "labels", "classes", "sentence"),
    [
        (np.zeros((3, 3)), np.zeros(3), "ab", r"not \(3, 3\) and \(3,\)"),
        (np.zeros((3, 2)), np.zeros(2), "ab", r"not \(3, 2\) and \(2,\)"),
        (np.zeros((0, 2)), np.zeros(0), "ab", r"not \(0, 2\)"),
        (np.full((3, 2), np.nan), np.zeros(3), "ab", "must be finite"),
        (np.zeros((3, 2)), np.zeros(3), "a", "2 to 6 classes, not 1"),
        (np.zeros((3, 2)), np.full(3, 2), "ab", "between 0 and 1"),
    ],
)
def test_what_is_no_data_is_refused(positions, labels, classes, sentence):
    with pytest.raises(ValueError, match=sentence):
        OwnData(positions, labels, tuple(classes))


def test_data_is_frozen_and_leaves_the_callers_arrays_alone():
    positions = np.zeros((4, 2))
    data = OwnData(positions, np.array([0, 1, 0, 1]), ("a", "b"))
    positions[0, 0] = 9
    assert data.positions[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        data.positions[0, 0] = 9


numbers = st.floats(-1e100, 1e100)
labels = st.one_of(
    st.lists(st.integers(-3, 3).map(str), min_size=2, max_size=6, unique=True),
    st.lists(st.text(alphabet='ab",;\t1.e# é\ufeff', min_size=1, max_size=6), min_size=2, max_size=6, unique=True),
)
names = st.lists(st.text(alphabet='xy12",;\t#= \ufeff', max_size=5), min_size=3, max_size=3)


@settings(max_examples=EXAMPLES)
@given(st.data(), labels, names)
def test_what_is_written_reads_as_the_same_data(draw, labels, names):
    assume(any(name.strip() for name in names))  # or the header is a blank line
    rows = draw.draw(st.lists(st.tuples(numbers, numbers, st.sampled_from(labels)), min_size=4, max_size=12))
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    lines = [",".join(quoted)]
    lines += [f"{x1!r},{x2!r}," + '"' + label.replace('"', '""') + '"' for x1, x2, label in rows]
    try:
        table = read_text("\n".join(lines), header=True)
        data = points_from(table, *table.columns)
    except ValueError:  # one class only, or a label without a printable character
        return
    assert data.positions.tolist() == [[x1, x2] for x1, x2, _ in rows]
    again = read_text(to_csv(data))
    assert again.columns == data.columns
    back = points_from(again, *again.columns)
    assert np.array_equal(back.positions, data.positions)
    assert np.array_equal(back.labels, data.labels)
    assert back.classes == data.classes
