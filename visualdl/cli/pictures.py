"""Pictures of the window on the command line: their flags, the training before them, and the read-outs after it."""

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from visualdl.cli.arguments import help_text, or_refuse
from visualdl.cli.terminal import FAILED, RefusalError, interrupts_held, progress_bar, say
from visualdl.experiment.choices import Names
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.files.atomic_file import destination
from visualdl.sentences import quoted

if TYPE_CHECKING:
    from visualdl.training.values.frame import Frame

THEME = Names("Theme", ("System", "Light", "Dark"), "The window's colours.")
FORMATS = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
DEFAULT_EPOCHS, DEFAULT_SIZE = 10, (1100, 700)
SMALLEST, LARGEST = (1100, 700), (7680, 4320)  # less would not show everything


def add_look_flags(parser: argparse.ArgumentParser, default_theme: str) -> None:
    """Give `parser` the flags for the theme and the size of pictures."""
    parser.add_argument("--theme", type=or_refuse(THEME.parse), metavar="NAME", help=help_text(THEME, default_theme))
    parser.add_argument(
        "--size",
        type=or_refuse(size),
        metavar="WxH",
        help=f"The size of the picture in pixels, from {_written(SMALLEST)} to {_written(LARGEST)}; "
        f"{_written(DEFAULT_SIZE)} unless given.",
    )


def size(text: str) -> tuple[int, int]:
    """Return width and height of "WxH"; raise ValueError, naming text and range, for another text."""
    found = re.fullmatch(r"(\d{1,6})x(\d{1,6})", text, re.ASCII)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise ValueError(
            f"Size must be a width and a height from {_written(SMALLEST)} to {_written(LARGEST)}, not {quoted(text)}."
        )
    return width, height


def _written(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def picture_file(text: str) -> Path:
    """Return the file if a picture can be written there; raise ValueError if not, before any time is spent on it."""
    file = Path(text)
    if file.suffix.lower() not in FORMATS:
        raise ValueError(f"The picture's file must end in one of {', '.join(FORMATS)}, not {quoted(text)}.")
    try:
        if file.exists() and not (file.is_file() and os.access(file, os.W_OK)):
            raise ValueError(f"No picture can be written to {quoted(text)}: it is there and is no file to write to.")
        with tempfile.TemporaryFile(dir=destination(file).parent):
            pass
    except OSError as error:
        raise ValueError(f"No picture can be written to {quoted(text)}: {error.strerror}.") from None
    return file


def draw(
    experiment: Experiment, preset: Preset | None, epochs: int, file: Path, options: argparse.Namespace
) -> "Frame":
    """Train without a display and draw the window into `file`; say what went otherwise than planned.

    Returns the last frame. Raises RefusalError if that is impossible.
    """
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with interrupts_held():
        from visualdl.gui.pictures.screenshot import TrainingFailedError, train_and_picture

    columns = (TextColumn("Epoch {task.fields[epoch]} of {task.total}"), BarColumn(), TimeElapsedColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("", total=epochs, epoch=0)

        def show(frame: "Frame") -> None:
            snapshot = frame.snapshot
            done = snapshot.epoch + snapshot.batch / snapshot.batches
            progress.update(task, completed=done, epoch=snapshot.epoch, refresh=True)

        try:
            last: Frame = train_and_picture(
                experiment,
                preset=preset,
                epochs=epochs,
                file=file,
                size=options.size or DEFAULT_SIZE,
                theme=options.theme or "Light",
                on_frame=show,
            )
        except (OSError, TrainingFailedError) as error:
            raise RefusalError(str(error), FAILED) from error
    if last.snapshot.problem:
        say(f"{last.snapshot.problem}\nThe read-outs are those of the last moment when all was finite.\n", sys.stderr)
    if last.snapshot.stopped:
        say(f"{last.snapshot.stopped}\n", sys.stderr)
    return last


def read_outs(frame: "Frame") -> str:
    """Return what the window's read-outs say, a line each."""
    snapshot = frame.snapshot
    evaluation, error = snapshot.evaluation, snapshot.experiment.task.error_name
    rows = (
        ("Epoch", f"{snapshot.epoch}"),
        ("Train loss", f"{evaluation.train_loss:.4f}"),
        ("Test loss", f"{evaluation.test_loss:.4f}"),
        (f"Train {error} %", f"{100 * evaluation.train_error:.1f}"),
        (f"Test {error} %", f"{100 * evaluation.test_error:.1f}"),
        ("Steps per second", f"{frame.playback.steps_per_second:.0f}"),
    )
    return "".join(f"{label:<17}{value:>10}\n" for label, value in rows)
