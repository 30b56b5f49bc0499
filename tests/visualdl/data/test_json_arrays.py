"""What is written in parts is whole: no row is lost, doubled or changed where one part ends and the next begins."""

import csv
import io

import msgspec
import numpy as np
import pytest

from visualdl.data.json_arrays import PART, from_lists, in_parts, to_lists
from visualdl.data.own_data import OwnData, points_from, to_csv, values_to_csv
from visualdl.data.table_reader import read_text

LENGTHS = (4, PART, PART + 1, 3 * PART - 1)


def positions_of(length):
    return np.random.default_rng(length).normal(size=(length, 2))


@pytest.mark.parametrize("length", [0, 1, *LENGTHS])
def test_parts_make_the_whole(length):
    whole = np.arange(2 * length).reshape(length, 2)
    parts = list(in_parts(whole))
    assert all(1 <= len(part) <= PART for part in parts)
    assert np.array_equal(np.concatenate([whole[:0], *parts]), whole)


@pytest.mark.parametrize("length", LENGTHS)
def test_arrays_survive_json(length):
    for array in (positions_of(length), np.arange(length)):
        text = msgspec.json.encode(array, enc_hook=to_lists)
        assert text == msgspec.json.encode(array.tolist()), "it is JSON as usual"
        assert np.array_equal(from_lists(np.ndarray, msgspec.json.decode(text)), array)


@pytest.mark.parametrize("length", LENGTHS)
def test_tables_survive_csv(length):
    data = OwnData(positions_of(length), np.arange(length) % 3, ("a", "b", "c"), ("x", "y", "kind"))
    again = points_from(read_text(to_csv(data)), "x", "y", "kind")
    assert np.array_equal(again.positions, data.positions)
    assert np.array_equal(again.labels, data.labels)


@pytest.mark.parametrize("length", LENGTHS)
def test_values_survive_csv(length):
    places, values = positions_of(length), np.random.default_rng(1).normal(size=length)
    header, *rows = csv.reader(io.StringIO(values_to_csv(places, values)))
    assert header == ["x1", "x2", "value"]
    assert np.array_equal(np.array(rows, float), np.column_stack([places, values]))
