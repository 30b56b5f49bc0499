"""Tables from outside: text in a file and on the clipboard, numpy's arrays, and archives of them."""

import io
import pickle
import warnings
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from tests.fuzz.damage import PIECES, damaged, scrambled
from visualdl.data.own_data import points_from, to_csv
from visualdl.data.suggestion import suggested_columns
from visualdl.data.table import Table
from visualdl.data.table_reader import read_file, read_text
from visualdl.experiment.experiment import Experiment

CELLS = (
    "1",
    "-2.5",
    "1,5",
    "nan",
    "",
    "a",
    '"',
    '"b"',
    '"p;q"',
    "1e999",
    "-1e-999",
    "1e99",
    "1_0",
    "1e100",
    "0x1",
    "b",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1")
TYPES = ("<f8", ">f4", "<f2", "<i8", "|u1", "<U3", "|S2", "|b1", "<c16", "|O", "|V8", "<M8[ns]", "<U0", "<f16", "?,<f8")
SHAPES = ("(10, 3)", "(10, 2)", "(10,)", "()", "(0, 3)", "(10**9, 3)", "(-1, 3)", "(99999999999999, 3)", "(1, 1, 1)")
NAMES = ("points", "labels", "x", "y", "x1", "x2", "label", "POINTS", "../x", "points.npy", "é\ud7ff", " ")


def make_text(chance: Random) -> str:
    """Return a table as text, more or less damaged: separators and ends of lines at odds, cells that are no numbers."""
    delimiter, end = chance.choice("\t;,,, |"), chance.choice(("\n", "\n", "\r\n", "\r"))
    rows = [
        [f"{chance.gauss(0, 9):.3g}" for _ in range(2)] + [chance.choice("ab")] for _ in range(chance.randint(0, 30))
    ]
    if chance.random() < 0.5:
        rows.insert(0, ["width", "height", "kind"])
    for _ in range(chance.choice((0, 0, 1, 3))):
        row = chance.choice(rows) if rows else []
        row.insert(chance.randint(0, len(row)), chance.choice((*CELLS, *PIECES)))
    text = "".join(delimiter.join(row) + end for row in rows)
    if chance.random() < 0.02:
        text *= chance.choice((10, 1000, 20_000))
        text = text[:300_000]
    if chance.random() < 0.2:
        other = chance.choice("\t;,")
        text = text.replace(delimiter, other, chance.randint(1, 9))
    return scrambled(text, chance) if chance.random() < 0.6 else text


def make_bytes(chance: Random) -> bytes:
    """Return such a text in one of many encodings, damaged after that, too."""
    content = make_text(chance).encode(chance.choice(ENCODINGS), "replace")
    return damaged(content, chance) if chance.random() < 0.4 else content


def make_npy(chance: Random) -> bytes:
    """Return an array's file: a good one, one whose header promises other things than follow, or one to unpickle."""
    kind = chance.randrange(10)
    if kind == 0:
        return _saved(np.array([chance.choice((1, "a", None, {}))] * 4, object), allow_pickle=True)
    if kind == 1:
        return pickle.dumps({"points": [1, 2, 3]}) + chance.randbytes(9)
    if kind < 6:
        return damaged(_saved(_points(chance)), chance)
    if kind == 6:
        return _saved(_points(chance))
    fields = f"'descr': '{chance.choice(TYPES)}', 'fortran_order': {chance.choice(('False', 'True', '1'))}"
    header = f"{{{fields}, 'shape': {chance.choice(SHAPES)}, }}"
    if chance.random() < 0.4:
        header = scrambled(header, chance)
    encoded = header.encode("latin-1", "replace") + b"\n"
    version = chance.choice((b"\1\0", b"\1\0", b"\2\0", b"\3\0", b"\xff\xff"))
    length = chance.choice((len(encoded), len(encoded), len(encoded), 0, 65535))
    count = 2 if version == b"\1\0" else 4
    size = min(length, 65535).to_bytes(count, "little")
    return b"\x93NUMPY" + version + size + encoded + chance.randbytes(chance.choice((0, 8, 80, 240, 240, 4000)))


def make_npz(chance: Random) -> bytes:
    """Return an archive of arrays: good, damaged, with a member that unpacks to far more than there is, or nested."""
    if chance.random() < 0.02:
        return _bomb()
    content = io.BytesIO()
    usual, slow = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    packing = chance.choice(slow if chance.random() < 0.1 else usual)
    positions = np.array([[chance.gauss(0, 1), chance.gauss(0, 1)] for _ in range(10)])
    good = {"points": positions, "labels": np.arange(10) % 2}
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(content, "w", packing) as archive:  # of doubles
        if chance.random() < 0.5:
            for name, array in good.items():
                archive.writestr(f"{name}.npy", _saved(array))
        else:
            for name in dict.fromkeys(chance.choices(NAMES, k=chance.choice((0, 1, 2, 3, 3, 5)))):
                member = chance.choice(
                    (make_npy(chance), _saved(positions), _saved(good["labels"]), content.getvalue())
                )
                archive.writestr(f"{name}{chance.choice(('.npy', '.npy', '.npy', '.txt', ''))}", member)
    return damaged(content.getvalue(), chance) if chance.random() < 0.6 else content.getvalue()


def read_clipboard(text: str) -> object:
    """Read text as a paste does."""
    return learnable(read_text(text))


def reader_of(suffix: str, folder: Path) -> "object":
    """Return what reads bytes as the import of a file with this suffix does, written to `folder`."""
    file = folder / f"fuzz{suffix}"

    def read(content: bytes) -> object:
        file.write_bytes(content)
        return learnable(read_file(file))

    return read


def learnable(table: Table) -> object:
    """Return the experiment that learns from a table; what the program writes of it must be read as the same points."""
    own = points_from(table, *suggested_columns(table))
    experiment = Experiment().with_own(own)
    again = read_text(to_csv(own))
    back = points_from(again, *again.columns)
    assert np.array_equal(back.positions, own.positions), "the points did not come back from their export"
    assert len(back) == len(own)
    return experiment


def _points(chance: Random) -> np.ndarray:
    rows = chance.choice((0, 4, 10, 50))
    array = np.array([[chance.gauss(0, 9), chance.gauss(0, 9), chance.randrange(2)] for _ in range(rows)])
    array = array.reshape(rows, 3).astype(chance.choice(("<f8", ">f4", "<f2", "<i8", "|u1", "<U3", "|b1")))
    return np.asfortranarray(array) if chance.random() < 0.2 else array


def _saved(array: np.ndarray, *, allow_pickle: bool = False) -> bytes:
    content = io.BytesIO()
    np.save(content, array, allow_pickle=allow_pickle)
    return content.getvalue()


@cache
def _bomb() -> bytes:
    """Return an archive of some 80 kB that unpacks to 80 MB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("points.npy", bytes(80_000_000))
        archive.writestr("labels.npy", b"")
    return content.getvalue()
