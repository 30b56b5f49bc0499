"""Text from a file or the clipboard: read as it was meant, or refused in one sentence that says where and what."""

import gc

import pytest

from visualdl.data.csv_text import DELIMITERS, rows_of
from visualdl.data.own_data import points_from
from visualdl.data.table_reader import read_file, read_text

ROWS = (("1.5", "2", "a"), ("-3", "4e1", "b"), ("5", ".5", "a"), ("0", "1", "b"))
NAMES = ("width", "height", "kind")


def text(rows, delimiter=",", end="\n"):
    return "".join(delimiter.join(row) + end for row in rows)


def comma(rows):
    return [[cell.replace(".", ",") for cell in row] for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("header", [(), (NAMES,)])
def test_delimiter_and_header_are_found(delimiter, header, end):
    table = read_text(text((*header, *ROWS), delimiter, end))
    assert table.rows == ROWS
    assert table.columns == (NAMES if header else ("column 1", "column 2", "column 3"))
    assert table.numbers == tuple(range(1 + len(header), 5 + len(header)))


@pytest.mark.parametrize(
    "content",
    [
        text(ROWS).rstrip("\n"),
        "\n\n" + text(ROWS, end="\n \n"),
        text(ROWS, end=",\n"),
        text(ROWS, end=",,,\n"),
        text(ROWS[:3]) + "0,1,b,,\n",
        text([[f'"{cell}"' for cell in row] for row in ROWS]),
        text([[f'"{cell}"' for cell in row] for row in ROWS], ", "),
        text(ROWS, " , "),
        "\ufeff" + text(ROWS),
        "sep=;\n" + text(ROWS, ";"),
        text(ROWS) + ",,\n",
    ],
)
def test_what_programs_write_around_the_cells_does_not_matter(content):
    assert read_text(content).rows == ROWS


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_decimal_commas_are_numbers(delimiter):
    table = read_text(text([NAMES, *comma(ROWS)], delimiter))
    assert points_from(table, *NAMES).positions.tolist() == [[1.5, 2], [-3, 40], [5, 0.5], [0, 1]]


def test_a_column_has_decimal_points_or_decimal_commas_but_not_both():
    table = read_text("1,5;1;a\n2.5;2;b\n3;3;a\n4;4;b\n")
    with pytest.raises(ValueError, match="line 1, column 1: '1,5' is not a number"):
        points_from(table, *table.columns)


def test_a_delimiter_in_quotes_is_none():
    rows = [("1", "2", '"p;3;4;q"'), ("3", "4", '"r\t5\t6, ""s""\n7;8"')] * 2
    assert [row[2] for row in read_text(text(rows)).rows[:2]] == ["p;3;4;q", 'r\t5\t6, "s"\n7;8']


def test_lines_are_counted_as_an_editor_does():
    content = 'a,b,c\r\n\r\n1,2,"one\r\ntwo"\r\n3,4,x\r\n5,6,x\r\nwrong,6,x\r\n'
    table = read_text(content, "points.csv")
    assert table.numbers == (3, 5, 6, 7)
    with pytest.raises(ValueError, match=r"points\.csv, line 7, column 1 \(a\): 'wrong' is not a number"):
        points_from(table, "a", "b", "c")


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        ("x1,x2,label", True),
        ("0,1,label", False),  # it may be a row with a label that occurs once
        ("1,wrong,0", False),
        ("nan,inf,0", False),
        ("x1,x2,0", True),
    ],
)
def test_a_header_has_words_where_numbers_follow(first, is_header):
    content = f"{first}\n" + "1,2,0\n3,4,1\n" * 3
    assert (len(read_text(content).rows) == 6) == is_header
    assert len(read_text(content, header=True).rows) == 6
    assert len(read_text(content, header=False).rows) == 7


def test_columns_have_different_names_that_are_no_numbers():
    table = read_text("# x,x,,1,nan,x (2)\n1,2,3,4,5,6\n", header=True)
    assert table.columns == ("x", "x (2)", "column 3", "column 1", "column nan", "x (2) (2)")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "points.csv is empty; it must hold"),
        (" \n\n,,\n", "points.csv is empty"),
        ("1,2\n3,4\n", "points.csv has too few columns, 2; at least 3"),
        ("1 2 a\n3 4 b\n", "points.csv has too few columns, 1; .* a comma, a semicolon or a tab"),
        (text(ROWS) + "1,2\n", "points.csv, line 5 has 2 columns, not 3"),
        (text(ROWS) + "1\n", "points.csv, line 5 has 1 column, not 3"),
        (text(ROWS) + "1,2,a,b\n", "points.csv, line 5 has 4 columns, not 3"),
        (text(ROWS) + '1,2,"a\n\n', "points.csv, line 5: the quotes do not match"),
        (text(ROWS) + '1,2,"a"b"\n', "points.csv, line 5: the quotes do not match"),
        (text(ROWS) + '1,2,"' + "a\n" * 70_000, "points.csv, line 5: the quotes do not match"),
        (text(ROWS) + "1,2,\0\n", "points.csv, line 5 holds a zero byte: it is not text"),
        (text(ROWS) + "1," + "2" * 100_000 + ",a\n", "points.csv, line 5 has 100,005 characters; at most 100,000"),
        ("," * 90_000, "points.csv, line 1 has 90,001 columns; at most 256"),
        ("\n" * 300_001, "points.csv has more than 300,000 lines"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, sentence):
    file = tmp_path / "points.csv"
    file.write_bytes(content.encode())
    with pytest.raises(ValueError, match=sentence) as refusal:
        read_file(file)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("1,2,a\n" * 11, "The clipboard has more than 10 rows"),
        ("x,y,z\n" + "1,2,a\n" * 12, "The clipboard, line 12 is beyond row 10"),
        ("1,2,a,3,4\n" * 9, "The clipboard, line 9 is beyond cell 40"),
    ],
)
def test_more_than_this_program_can_show_is_refused(monkeypatch, content, sentence):
    for name in ("table_reader.MOST_ROWS", "csv_text.MOST_ROWS"):
        monkeypatch.setattr(f"visualdl.data.{name}", 10)
    monkeypatch.setattr("visualdl.data.csv_text.MOST_CELLS", 40)
    assert len(read_text("x,y,z\n" + "1,2,a\n" * 9).rows) == 9
    with pytest.raises(ValueError, match=sentence):
        read_text(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_common_encodings_are_read(tmp_path, encoding):
    file = tmp_path / "points.txt"
    file.write_bytes(text([("Höhe", "Länge", "Größe"), *ROWS]).encode(encoding))
    assert read_file(file).columns == ("Höhe", "Länge", "Größe")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"1,2,a\n3,4,\x81\xff\n", "line 2 cannot be read as text; allowed is UTF-8 or Windows-1252"),
        (b"\xff\xfe\x00\xd8,\x00", "line 1 cannot be read as text; allowed is UTF-16"),
        (b"PK\x03\x04\x14\x00", "line 1 holds a zero byte: it is not text; a spreadsheet is saved as CSV first"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path, content, sentence):
    file = tmp_path / "points.csv"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=sentence):
        read_file(file)


def test_only_a_file_of_bearable_size_is_read(tmp_path):
    with pytest.raises(ValueError, match="is not a file"):
        read_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "absent.csv")
    file = tmp_path / "large.csv"
    with file.open("wb") as stream:
        stream.truncate(2**26 + 1)  # sparse: takes no room
    with pytest.raises(ValueError, match=r"large\.csv is too large: at most 64 MiB"):
        read_file(file)
    with pytest.raises(ValueError, match="The clipboard is too large"):
        read_text("1" * (2**26 + 1))


def test_many_rows_do_not_burden_the_garbage_collector():
    _, rows = rows_of(text(ROWS) * 1000, "many.csv")
    assert len(rows) == 4000
    for _ in range(2):  # the first time it may look at a row before its cells
        gc.collect()
    assert not any(map(gc.is_tracked, rows))
