"""`visualdl` alone opens the window on an experiment; where there is no display, it trains it and draws the window.

Each flag of an experiment is made from `CHOICES`.
"""

import argparse
import os
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from visualdl import display
from visualdl.choices import Names, Range
from visualdl.cli.arguments import allowed_text, help_text, or_refuse
from visualdl.cli.terminal import DONE, FAILED, RefusalError, check_libraries, interrupts_held, progress_bar, say
from visualdl.experiment import CHOICES, DEFAULT_SPEED, SPEED, Experiment
from visualdl.task import Task

if TYPE_CHECKING:
    from visualdl.training.snapshot import Snapshot

EPOCHS = Range("Epochs", 0, 100_000, "How many epochs to train", "epochs", integer=True)
THEME = Names("Theme", ("System", "Light", "Dark"), "The window's colours.")
PICTURE_FORMATS = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
DEFAULT_EPOCHS, DEFAULT_SIZE, DEFAULT_PICTURE = 10, (1100, 700), Path("visualdl.png")
SMALLEST, LARGEST = (1100, 700), (7680, 4320)  # less would not show everything

UNLIMITED = "unlimited"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the window's flags, and one for every choice of an experiment."""
    parser.set_defaults(run=_run)
    _add_window_flags(parser)
    _add_experiment_flags(parser)


def _add_window_flags(parser: argparse.ArgumentParser) -> None:
    speed_help = help_text(SPEED, DEFAULT_SPEED).replace("; ", f", or {UNLIMITED}; ", 1)
    parser.add_argument("--train", action="store_true", default=None, help="Start training at once.")
    parser.add_argument("--speed", type=or_refuse(_speed), metavar="NUMBER", help=speed_help)
    parser.add_argument("--theme", type=or_refuse(THEME.parse), metavar="NAME", help=help_text(THEME, "as last time"))
    parser.add_argument(
        "--screenshot",
        type=or_refuse(_picture_file),
        metavar="FILE",
        help="Train without a display and draw the window into FILE, which ends in one of "
        f"{', '.join(PICTURE_FORMATS)}.",
    )
    parser.add_argument(
        "--epochs",
        type=or_refuse(EPOCHS.parse),
        metavar="NUMBER",
        help="How many epochs to train with --screenshot or without a display; a window trains on until it is paused. "
        f"{allowed_text(EPOCHS)}; {DEFAULT_EPOCHS} unless given.",
    )
    parser.add_argument(
        "--size",
        type=or_refuse(_size),
        metavar="WxH",
        help=f"The size of the picture in pixels, from {_written(SMALLEST)} to {_written(LARGEST)}; "
        f"{_written(DEFAULT_SIZE)} unless given.",
    )


def _add_experiment_flags(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the experiment")
    for name, choice in CHOICES.items():
        default = getattr(Experiment(), name)
        group.add_argument(
            f"--{name.replace('_', '-')}",
            type=or_refuse(choice.parse),
            default=argparse.SUPPRESS,  # what is not given, a loss or a data set may bring
            metavar="NAME" if isinstance(choice, Names) else "NUMBER",
            help=help_text(choice, default),
        )


def _speed(text: str) -> float:
    """Return the speed that `text` writes; the upper end of its range has a name of its own."""
    return SPEED.maximum if text.casefold() == UNLIMITED else SPEED.parse(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})x(\d{1,6})", text, re.ASCII)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise ValueError(
            f"Size must be a width and a height from {_written(SMALLEST)} to {_written(LARGEST)}, not {text!r}."
        )
    return width, height


def _written(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _picture_file(text: str) -> Path:
    """Return the file if a picture can be written there; raise ValueError if not, before any time is spent on it."""
    file = Path(text)
    if file.suffix.lower() not in PICTURE_FORMATS:
        raise ValueError(f"The picture's file must end in one of {', '.join(PICTURE_FORMATS)}, not {text!r}.")
    try:
        if file.exists() and not (file.is_file() and os.access(file, os.W_OK)):
            raise ValueError(f"No picture can be written to {text!r}: it is there and is no file to write to.")
        with tempfile.TemporaryFile(dir=file.resolve().parent):
            pass
    except OSError as error:
        raise ValueError(f"No picture can be written to {text!r}: {error.strerror}.") from None
    return file


def _run(options: argparse.Namespace) -> int:
    experiment = or_refuse(_experiment)(options)
    platforms = () if options.screenshot else display.seen_platforms()
    check_libraries(platforms or ("offscreen",))
    useless = ("epochs", "size") if platforms else ("train", "speed")
    given = [f"--{name}" for name in useless if getattr(options, name) is not None]
    if given:
        where = "where a window is shown" if platforms else "where no window is shown"
        say(f"{' and '.join(given)} {'has' if len(given) == 1 else 'have'} no effect {where}.\n", sys.stderr)
    if platforms:
        with interrupts_held():
            from visualdl.gui.application import run_window

        return int(run_window(experiment, speed=options.speed, train=bool(options.train), theme=options.theme))
    file = options.screenshot or or_refuse(_picture_file)(str(DEFAULT_PICTURE))
    epochs = DEFAULT_EPOCHS if options.epochs is None else options.epochs
    if not options.screenshot:
        say(f"There is no display: training {epochs} epochs without a window.\n", sys.stderr)
    return _train_without_window(experiment, epochs, file, options)


def _experiment(options: argparse.Namespace) -> Experiment:
    """Return the experiment of the flags that are given; data and loss bring what suits them where that is not."""
    given = {name: getattr(options, name) for name in CHOICES if hasattr(options, name)}
    experiment = Experiment()
    for name in Task._fields:
        if name in given:
            experiment = experiment.choose(name, given[name])
    return replace(experiment, **given)


def _train_without_window(experiment: Experiment, epochs: int, file: Path, options: argparse.Namespace) -> int:
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with interrupts_held():
        from visualdl.gui.screenshot import TrainingFailedError, train_and_picture

    columns = (TextColumn("Epoch {task.fields[epoch]} of {task.total}"), BarColumn(), TimeElapsedColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("", total=epochs, epoch=0)

        def show(snapshot: "Snapshot") -> None:
            done = snapshot.epoch + snapshot.batch / snapshot.batches
            progress.update(task, completed=done, epoch=snapshot.epoch, refresh=True)

        try:
            last: Snapshot = train_and_picture(
                experiment,
                epochs=epochs,
                file=file,
                size=options.size or DEFAULT_SIZE,
                theme=options.theme or "Light",
                on_snapshot=show,
            )
        except (OSError, TrainingFailedError) as error:
            raise RefusalError(str(error), FAILED) from error
    if last.problem:
        say(f"{last.problem}\nThe read-outs are those of the last moment when all was finite.\n", sys.stderr)
    if last.stopped:
        say(f"{last.stopped}\n", sys.stderr)
    say(f"{_read_outs(last)}The window's picture is in {file}.\n", sys.stdout)
    return DONE


def _read_outs(snapshot: "Snapshot") -> str:
    evaluation, error = snapshot.evaluation, snapshot.experiment.task.error_name
    rows = (
        ("Epoch", f"{snapshot.epoch}"),
        ("Train loss", f"{evaluation.train_loss:.4f}"),
        ("Test loss", f"{evaluation.test_loss:.4f}"),
        (f"Train {error} %", f"{100 * evaluation.train_error:.1f}"),
        (f"Test {error} %", f"{100 * evaluation.test_error:.1f}"),
        ("Steps per second", f"{snapshot.steps_per_second:.0f}"),
    )
    return "".join(f"{label:<17}{value:>10}\n" for label, value in rows)
