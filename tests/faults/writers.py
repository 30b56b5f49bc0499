"""Everything that writes a file, each with contents to write in turns and a reader that says which it finds.

Contents are as large as real ones: a kill or a full disk is to meet them half-way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPixmap

from visualdl.data.own_data import OwnData, points_from, to_csv
from visualdl.data.table_reader import read_file
from visualdl.experiment.experiment import Experiment
from visualdl.files import weights_file
from visualdl.files.atomic_file import write_whole
from visualdl.gui.application import make_application
from visualdl.gui.pictures.picture_file import write_picture
from visualdl.gui.user_data.files import Files
from visualdl.training.values.seeds import Agreement, SeedCurves, Seeds
from visualdl.training.values.topology import Topology

RUNS = 100


@dataclass(frozen=True)
class Writer:
    """`write` writes content number 0 or 1 to a file; `read` returns the number of the content that it finds there."""

    name: str
    suffix: str
    write: Callable[[Path, int], object]
    read: Callable[[Path], int]


def writers() -> tuple[Writer, ...]:
    """Return all of them."""
    make_application()  # pixmaps need one
    return (
        Writer("weights", ".safetensors", _write_weights, lambda file: weights_file.read(file).experiment.seed),
        Writer("exported data", ".csv", _write_data, _read_data),
        Writer("exported runs", ".csv", _write_runs, _read_runs),
        Writer("document", ".md", lambda file, number: write_whole(file, b"%d" % number * 200_000), _read_document),
        Writer("picture", ".png", _write_picture, _read_picture),
        Writer("settings", ".ini", _write_settings, _read_settings),
    )


def _write_weights(file: Path, number: int) -> None:
    experiment = Experiment(seed=number, depth=8, width=60)
    weights = {name: np.full(shape, number, np.float32) for name, shape in Topology.of(experiment).shapes.items()}
    weights_file.write(file, weights_file.TrainedNetwork(experiment, weights))


def _write_data(file: Path, number: int) -> None:
    own = OwnData(np.arange(4000.0).reshape(2000, 2) + number, np.arange(2000) % 2, ("a", "b"))
    write_whole(file, to_csv(own).encode())


def _read_data(file: Path) -> int:
    table = read_file(file)
    own = points_from(table, *table.columns)
    assert len(own) == 2000
    return int(own.positions[0, 0])


def _write_runs(file: Path, number: int) -> None:
    numbers = np.full((2, RUNS), number / 3)
    curves = SeedCurves(np.array([0.0, number]), numbers, numbers, numbers, numbers, 1.0)
    seeds = Seeds(Experiment(), tuple(range(RUNS)), 20, 1, curves, curves, Agreement(np.zeros((33, 33))), False, 0.0)
    Files(None, _fail).save_runs(seeds, file)


def _fail(sentence: str) -> None:
    raise OSError(sentence)


def _read_runs(file: Path) -> int:
    lines = file.read_text().splitlines()
    assert len(lines) == 1 + RUNS
    (epoch,) = {float(line.split(",")[1]) for line in lines[1:]}
    assert {line.split(",")[-1] for line in lines[1:]} == {repr(epoch / 3)}
    return int(epoch)


def _read_document(file: Path) -> int:
    content = file.read_bytes()
    assert content in (b"0" * 200_000, b"1" * 200_000)
    return int(content[:1])


def _write_picture(file: Path, number: int) -> None:
    write_picture(_pixmap(number), file)


def _pixmap(number: int) -> QPixmap:
    picture = QPixmap(800 + number, 600)
    picture.fill()
    return picture


def _read_picture(file: Path) -> int:
    picture = QPixmap(str(file))
    assert picture.height() == 600
    return picture.width() - 800


def _write_settings(file: Path, number: int) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    for key in range(20):
        settings.setValue(f"key{key}", f"{number}" * 500)
    settings.sync()
    assert settings.status() == QSettings.Status.NoError


def _read_settings(file: Path) -> int:
    with TemporaryDirectory() as folder:  # of a file that it knows, Qt tells what it would like to be there
        settings = QSettings(copy(file, folder), QSettings.Format.IniFormat)
        settings.sync()
    values: set[Any] = {settings.value(f"key{key}") for key in range(20)}
    assert values in ({"0" * 500}, {"1" * 500})
    return int(values.pop()[0])
