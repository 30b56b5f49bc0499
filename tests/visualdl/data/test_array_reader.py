"""numpy's files: their arrays become a table without loss, and no header or archive is believed."""

import io
import struct
import zipfile

import numpy as np
import pytest

from visualdl.data.own_data import points_from
from visualdl.data.table_reader import read_file

POINTS = np.random.default_rng(0).normal(size=(10, 2))
LABELS = np.arange(10) % 3
TOGETHER = np.column_stack([POINTS, LABELS])


def npy(array, allow_pickle=False):
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=allow_pickle)
    return stream.getvalue()


def npz(**arrays):
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def header(shape, body=b"", descr="'<f8'", version=1):
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + body


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)
    return stream.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(name, content):
        file = tmp_path / name
        file.write_bytes(content)
        table = read_file(file)
        return table, points_from(table, "x1", "x2", "label")

    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", npy(TOGETHER)),
        ("A.NPY", npy(np.asfortranarray(TOGETHER).astype(">f8"))),
        ("a.npz", npz(points=POINTS, labels=LABELS)),
        ("a.npz", npz(X=POINTS, y=LABELS.astype(np.uint8), other=np.zeros(3))),
        ("a.npz", npz(x1=POINTS[:, 0], x2=POINTS[:, 1], label=LABELS.astype(float))),
    ],
)
def test_arrays_are_read_without_loss(read, name, content):
    table, data = read(name, content)
    assert np.array_equal(data.positions, POINTS)
    assert np.array_equal(data.labels, LABELS)
    assert data.classes == ("0", "1", "2")
    assert table.place("x2", 4) == f"{name}, row 5, column 2 (x2)"


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (np.array(["b", "a"] * 5), ("b", "a")),
        (np.array([b"b", "é".encode()] * 5), ("b", "é")),
        (np.array([True, False] * 5), ("0", "1")),
    ],
)
def test_labels_may_be_words(read, labels, classes):
    assert read("a.npz", npz(points=POINTS, labels=labels))[1].classes == classes


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.npy", npy(POINTS), r"a.npy holds an array of shape \(10, 2\), not \(rows, 3\): x1, x2 and label"),
        ("a.npy", npy(np.array([{}, 1], object), True), "a.npy is an array of object; numbers and text are allowed"),
        ("a.npy", npy(TOGETHER + 0j), "array of complex128"),
        ("a.npy", npy(TOGETHER * np.nan), r"a.npy, row 1, column 1 \(x1\): 'nan' is not finite"),
        ("a.npy", npy(TOGETHER)[:-5], r"promises shape \(10, 3\) of float64, but holds 235 bytes"),
        ("a.npy", header((100_001, 3)), r"shape \(100001, 3\); at most 2 dimensions and 100,000 rows"),
        ("a.npy", header((10**12, 3)), "at most 2 dimensions"),
        ("a.npy", header((-2, -3), bytes(48)), "at most 2 dimensions"),
        ("a.npy", header((True, 3), bytes(24)), "at most 2 dimensions"),
        ("a.npy", header("(1L, 3L)"), "promises shape"),  # as Python 2 wrote it
        ("a.npy", header("(" * 900), "a.npy is not an .npy array"),
        ("a.npy", header((4, 3), descr="'|O'"), "array of object"),
        ("a.npy", header((4, 3), b"\xff" * 48, "'<U1'"), "holds text that cannot be read"),
        ("a.npy", header((4, 3), version=3), r"version \(3, 0\)"),
        ("a.npy", b"", "a.npy is not an .npy array"),
        ("a.npz", b"PK\x03\x04", "a.npz is not an .npz file"),
        (
            "a.npz",
            npz(a=POINTS, b=LABELS),
            "a.npz holds a, b, not points and labels, nor x and y, nor x1, x2 and label",
        ),
        ("a.npz", npz(points=POINTS.T, labels=LABELS), r"array points has shape \(2, 10\), not \(rows, 2\)"),
        ("a.npz", npz(points=POINTS, labels=POINTS), r"array labels has shape \(10, 2\), not \(rows,\)"),
        ("a.npz", npz(points=POINTS, labels=LABELS[:5]), "array labels has 5 rows, but points has 10"),
        ("a.npz", archive(points=header((10**12, 2)), labels=npy(LABELS)), "array points has shape"),
        ("a.npz", archive(points=bytes(2**26 + 1), labels=npy(LABELS)), "array points is too large: at most 64 MiB"),
    ],
)
def test_what_is_no_data_is_refused_in_one_sentence(read, name, content, sentence):
    with pytest.raises(ValueError, match=sentence) as refusal:
        read(name, content)
    assert "\n" not in str(refusal.value)
