"""All readers of what comes from outside, each with what makes its input: every case has a generator of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz import documents, tables, words


@dataclass(frozen=True)
class Reader:
    """`make` makes an input by chance; `read` reads it, or raises ValueError with one sentence."""

    name: str
    make: Callable[[Random], Any]
    read: Callable[[Any], object]

    def case(self, number: int) -> Any:
        """Return input `number`, the same each time."""
        return self.make(Random(f"{self.name} {number}"))


NAMES = ("csv", "clipboard", "npy", "npz", "weights", "preset", "experiment", "formula", "command line", "settings")


@contextmanager
def reader(name: str, folder: Path) -> Iterator[Reader]:
    """Give the reader of a name, which may use `folder`."""
    if name == "settings":
        from tests.fuzz.settings import reader_of_settings  # here rather than above: it needs Qt

        make, read, close = reader_of_settings(folder)
        try:
            yield Reader(name, make, read)
        finally:
            close()
        return
    make, read = {
        "csv": lambda: (tables.make_bytes, tables.reader_of(".csv", folder)),
        "clipboard": lambda: (tables.make_text, tables.read_clipboard),
        "npy": lambda: (tables.make_npy, tables.reader_of(".npy", folder)),
        "npz": lambda: (tables.make_npz, tables.reader_of(".npz", folder)),
        "weights": lambda: (documents.make_weights, documents.reader_of_weights(folder)),
        "preset": lambda: (documents.make_preset, documents.reader_of_preset(folder)),
        "experiment": lambda: (documents.make_experiment, documents.read_experiment),
        "formula": lambda: (words.make_formula, words.read_formula),
        "command line": lambda: (words.make_arguments, words.reader_of_arguments(folder)),
    }[name]()
    yield Reader(name, make, read)
