"""Reads a table from numpy's .npy and .npz files. Nothing is unpickled, and no header is believed."""

import math
import sys
import tokenize
import warnings
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError

import numpy as np
from numpy.lib import format as npy

from visualdl.data.table import MOST_ROWS, Table, shown

COLUMNS = ("x1", "x2", "label")
NAMES = (("points", "labels"), ("x", "y"), ("x1", "x2", "label"))
"""The arrays that an .npz file may hold, in any case of letters; others beside them are left alone."""

_LARGEST_ARRAY = 64 * 2**20  # bytes
_UNREADABLE = (ValueError, TypeError, SyntaxError, MemoryError, RecursionError, tokenize.TokenError)
_UNPACKABLE = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def table_of_npy(content: bytes, source: str) -> Table:
    """Return the table of one array (rows, 3): x1, x2, label. Raises ValueError, in one sentence, for anything else."""
    array = _array(content, source)
    if array.ndim != 2 or array.shape[1] != len(COLUMNS):
        raise ValueError(f"{source} holds an array of shape {array.shape}, not (rows, 3): x1, x2 and label.")
    return _table(source, [array[:, column] for column in range(len(COLUMNS))])


def table_of_npz(content: bytes, source: str) -> Table:
    """Return the table of the arrays points (rows, 2) and labels (rows,), or x and y, or x1, x2 and label (rows,) each.

    Raises ValueError, in one sentence, for other names, shapes or contents.
    """
    with _opened(content, source) as archive:
        members = {name.removesuffix(".npy").lower(): name for name in archive.namelist() if name.endswith(".npy")}
        names = next((names for names in NAMES if members.keys() >= set(names)), None)
        if names is None:
            held = shown(", ".join(members) or "no arrays", quotes=False)
            raise ValueError(f"{source} holds {held}, not points and labels, nor x and y, nor x1, x2 and label.")
        contents = [_unpacked(archive, members[name], f"{source}, array {name}") for name in names]
    arrays = [_array(part, f"{source}, array {name}") for name, part in zip(names, contents, strict=True)]
    for name, array in zip(names, arrays, strict=True):
        pairs = len(names) == 2 and name == names[0]
        expected = "(rows, 2)" if pairs else "(rows,)"
        if array.ndim != 1 + pairs or (pairs and array.shape[1] != 2):
            raise ValueError(f"{source}, array {name} has shape {array.shape}, not {expected}.")
        if len(array) != len(arrays[0]):
            raise ValueError(f"{source}, array {name} has {len(array)} rows, but {names[0]} has {len(arrays[0])}.")
    return _table(source, [*arrays] if len(names) == 3 else [arrays[0][:, 0], arrays[0][:, 1], arrays[1]])


def _opened(content: bytes, source: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except _UNPACKABLE as error:
        raise ValueError(f"{source} is not an .npz file.") from error


def _unpacked(archive: zipfile.ZipFile, name: str, source: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_ARRAY:  # a small archive may hold a large array
        raise ValueError(f"{source} is too large: at most {_LARGEST_ARRAY // 2**20} MiB are allowed.")
    try:
        with archive.open(name) as stream:
            return stream.read(_LARGEST_ARRAY)  # never more than it promises, nor than that
    except _UNPACKABLE as error:
        raise ValueError(f"{source} cannot be unpacked: it is damaged.") from error


def _array(content: bytes, source: str) -> np.ndarray:
    """Return the array of an .npy file, once its header is known to promise numbers or text, and what is there.

    numpy's own reader believes the header: it allocates what that promises.
    """
    stream = BytesIO(content)
    try:
        version = npy.read_magic(stream)
        read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
        with warnings.catch_warnings(action="ignore"):  # of a header that Python 2 wrote
            shape, fortran_order, dtype = read_header(stream, max_header_size=1000)
    except KeyError:
        raise ValueError(f"{source} has version {version} of the .npy format; 1.0 and 2.0 are allowed.") from None
    except _UNREADABLE as error:
        raise ValueError(f"{source} is not an .npy array.") from error
    if dtype.kind not in "biufUS" or dtype.itemsize == 0:
        raise ValueError(f"{source} is an array of {shown(str(dtype), quotes=False)}; numbers and text are allowed.")
    data = content[stream.tell() :]
    if len(shape) > 2 or not all(type(length) is int and 0 <= length <= MOST_ROWS for length in shape):
        promised = shown(str(shape), quotes=False)
        raise ValueError(f"{source} has shape {promised}; at most 2 dimensions and {MOST_ROWS:,} rows are allowed.")
    if math.prod(shape) * dtype.itemsize != len(data):
        raise ValueError(f"{source} promises shape {shape} of {dtype}, but holds {len(data):,} bytes of it.")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran_order else "C")


def _table(source: str, columns: list[np.ndarray]) -> Table:
    rows = tuple(zip(*(_cells(column, source) for column in columns), strict=True))
    return Table(source, COLUMNS, rows, tuple(range(1, len(rows) + 1)), unit="row")


def _cells(array: np.ndarray, source: str) -> list[str]:
    """Return the text of each entry, without loss: the shortest that reads as the same number."""
    if array.dtype.kind == "S":
        return [entry.decode("utf-8", "replace").strip() for entry in array.tolist()]
    if array.dtype.kind == "U":
        signs = np.ascontiguousarray(array).view(np.dtype(np.uint32).newbyteorder(array.dtype.byteorder))
        if signs.max(initial=0) > sys.maxunicode:  # numpy makes text of them that breaks Python later on
            raise ValueError(f"{source} holds text that cannot be read.")
        return [entry.strip() for entry in array.tolist()]
    if array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            array = array.astype(np.float64)
    else:
        array = array.astype(np.int64) if array.dtype != np.uint64 else array
    return list(map(repr, array.tolist()))
