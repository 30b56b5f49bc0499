"""Which columns a table's reader is offered first."""

import pytest

from visualdl.data.suggestion import suggested_columns
from visualdl.data.table_reader import read_text


@pytest.mark.parametrize(
    ("header", "rows", "suggested"),
    [
        ("x1,x2,label", ["0.1,1,a", "0.2,3,b", "0.3,2,a"], ("x1", "x2", "label")),
        ("Class,x,y", ["0,1,4", "1,3,5", "1,2,6"], ("x", "y", "Class")),
        ("id,length,width,species", ["1,5,3,s", "2,4,3.5,s", "3,6,2,v"], ("length", "width", "species")),
        (",a,b,y", ["0,5,3,0", "1,4,3.5,0", "2,6,2,1"], ("a", "b", "y")),
        ("id,word,a", ["1,p,0", "2,q,0", "3,r,1"], ("id", "word", "a")),
        ("word,b,c,text", ["p,1,3,s", "q,7,9,s", "r,3,4,t"], ("b", "c", "text")),
        ("p,q,r", [f"{n},{n * n},{-n}" for n in range(9)], ("q", "p", "r")),
    ],
)
def test_numbers_are_features_and_few_values_a_label(header, rows, suggested):
    assert suggested_columns(read_text("\n".join([header, *rows]), header=True)) == suggested


def test_a_table_without_numbers_still_has_three_columns():
    assert suggested_columns(read_text("a,b,c\nd,e,f\n")) == ("column 1", "column 2", "column 3")
