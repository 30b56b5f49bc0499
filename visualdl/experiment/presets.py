"""Presets are experiments that teach: each shows one thing, and a paragraph says what to look at and why it happens.

A preset is a JSON file: "name", "text", "experiment" as `Experiment.from_json` reads it, and where wanted "speed", in
steps per second, and "epochs", after how many of which it can be seen. The files' names say their order.
"""

import sysconfig
from dataclasses import dataclass
from pathlib import Path

import msgspec

from visualdl.experiment.experiment import Experiment, expect_known
from visualdl.experiment.playback import SPEED
from visualdl.sentences import quoted, sentence

SOURCE_TREE = Path(__file__).parents[2] / "assets" / "presets"
INSTALLED = Path(sysconfig.get_path("data")) / "share" / "visualdl" / "presets"  # as pyproject.toml says


@dataclass(frozen=True)
class Preset:
    """An experiment with a name and a paragraph; raises ValueError for an empty one, or a number that is not allowed.

    `speed`, in steps per second, and `epochs` say how to watch it; None leaves that open.
    """

    name: str
    text: str
    experiment: Experiment
    speed: float | None = None
    epochs: int | None = None

    def __post_init__(self) -> None:
        for label, value in (("name", self.name), ("text", self.text)):
            if not value.strip():
                raise ValueError(f"A preset's {label} must not be empty, and is {quoted(value)}.")
        if self.speed is not None:
            SPEED.check(self.speed)
        if self.epochs is not None and self.epochs < 1:
            raise ValueError(f"A preset's epochs must be 1 or more, not {self.epochs}.")


@dataclass(frozen=True)
class Collection:
    """The presets that there are, in order, and a sentence about each file that holds none."""

    presets: tuple[Preset, ...]
    complaints: tuple[str, ...]


class _File(msgspec.Struct):
    """What a file of a preset may hold."""

    name: str
    text: str
    experiment: msgspec.Raw
    speed: float | None = None
    epochs: int | None = None


def read(file: Path) -> Preset:
    """Return the preset in `file`; raise ValueError, in one sentence that names the file, if it holds none."""
    try:
        content = file.read_bytes()
        expect_known(content, _File.__struct_fields__)
        found = msgspec.json.decode(content, type=_File)
        return Preset(found.name, found.text, Experiment.from_json(found.experiment), found.speed, found.epochs)
    except OSError as error:
        raise ValueError(f"The preset {file.name} could not be opened: {error.strerror}.") from error
    except (ValueError, RecursionError, msgspec.DecodeError) as error:
        raise ValueError(f"{file.name} is not a preset: {sentence(str(error))}") from error


def collect(*folders: Path) -> Collection:
    """Return the presets of the first of the `folders` that has any files of them.

    Without folders these are where the program's own presets are: in its source tree, or where they were installed.
    """
    places = folders or (SOURCE_TREE, INSTALLED)
    files = next((files for files in map(_files, places) if files), [])
    if not files:
        return Collection((), (f"No presets were found in {' or '.join(map(str, places))}.",))
    presets, complaints = [], []
    for file in files:
        try:
            presets.append(read(file))
        except ValueError as error:
            complaints.append(str(error))
    return Collection(tuple(presets), tuple(complaints))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))
