"""The command line: opens the window on an experiment; where there is no display, trains it and draws the window.

Each flag of an experiment is made from `CHOICES`. Qt and torch are loaded only once they are needed.
"""

import argparse
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

from visualdl import __version__, display
from visualdl.choices import Names, Range
from visualdl.experiment import CHOICES, DEFAULT_SPEED, SPEED, Experiment

if TYPE_CHECKING:
    from visualdl.training.snapshot import Snapshot

EPOCHS = Range("Epochs", 0, 100_000, "How many epochs to train", "epochs", integer=True)
THEME = Names("Theme", ("System", "Light", "Dark"), "The window's colours.")
PICTURE_FORMATS = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
DEFAULT_EPOCHS, DEFAULT_SIZE, DEFAULT_PICTURE = 10, (1100, 700), Path("visualdl.png")
SMALLEST, LARGEST = (1100, 700), (7680, 4320)  # less would not show everything

UNLIMITED = "unlimited"

T = TypeVar("T")

DONE, FAILED, BAD_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line, without the program's name; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        try:
            options = _parser().parse_args(_with_negative_numbers(arguments))
            code = int(options.run(options))
        except SystemExit as end:  # argparse ends so after --help and --version
            code = int(end.code or DONE)
        _say("", sys.stdout)  # what argparse printed may still be on its way
        return code
    except RefusalError as refusal:
        with suppress(RefusalError):
            _say(f"{refusal}\n" if str(refusal) else "", sys.stderr)
        return refusal.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


class RefusalError(Exception):
    """Why the program does not do what it was asked: one sentence, or none, and the exit code that goes with it."""

    def __init__(self, sentence: str, exit_code: int = BAD_USE) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def _say(text: str, stream: TextIO | None) -> None:
    """Write to stdout or stderr, at once; raise RefusalError if that fails, without a word if nobody listens."""
    if stream is None:
        return
    try:
        print(text, end="", file=stream, flush=True)
    except OSError as error:
        with open(os.devnull, "wb") as nowhere:  # for at its end Python writes what is left, and complains
            os.dup2(nowhere.fileno(), stream.fileno())
        nobody_listens = isinstance(error, BrokenPipeError)
        sentence = "" if nobody_listens else f"The output could not be written: {error.strerror}."
        raise RefusalError(sentence, FAILED) from error


class _Parser(argparse.ArgumentParser):
    """Answers bad use in one sentence, without the usage."""

    def error(self, message: str) -> NoReturn:
        raise RefusalError(f"{self.prog} does not understand this: {message}; see {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="visualdl",
        description="See a neural network learn. Without a display it trains, prints the read-outs and draws the "
        "window into a file.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=_run)
    parser.add_argument("--version", action="version", version=f"visualdl {__version__}")
    _add_window_flags(parser)
    _add_experiment_flags(parser)
    return parser


def _add_window_flags(parser: argparse.ArgumentParser) -> None:
    speed_help = _help(SPEED, DEFAULT_SPEED).replace("; ", f", or {UNLIMITED}; ", 1)
    parser.add_argument("--train", action="store_true", default=None, help="Start training at once.")
    parser.add_argument("--speed", type=_or_refuse(_speed), metavar="NUMBER", help=speed_help)
    parser.add_argument("--theme", type=_or_refuse(THEME.parse), metavar="NAME", help=_help(THEME, "as last time"))
    parser.add_argument(
        "--screenshot",
        type=_or_refuse(_picture_file),
        metavar="FILE",
        help="Train without a display and draw the window into FILE, which ends in one of "
        f"{', '.join(PICTURE_FORMATS)}.",
    )
    parser.add_argument(
        "--epochs",
        type=_or_refuse(EPOCHS.parse),
        metavar="NUMBER",
        help="How many epochs to train with --screenshot or without a display; a window trains on until it is paused. "
        f"{_allowed(EPOCHS)}; {DEFAULT_EPOCHS} unless given.",
    )
    parser.add_argument(
        "--size",
        type=_or_refuse(_size),
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
            type=_or_refuse(choice.parse),
            default=default,
            metavar="NAME" if isinstance(choice, Names) else "NUMBER",
            help=_help(choice, default),
        )


def _help(choice: Range | Names, default: object) -> str:
    shown = f"{default:g}" if isinstance(default, float) else default
    return f"{choice.help} {_allowed(choice)}; {shown} unless given.".replace("%", "%%")


def _allowed(choice: Range | Names) -> str:
    unit = f" {choice.unit}" if isinstance(choice, Range) and choice.unit else ""
    allowed = choice.allowed()
    return f"{allowed[0].upper()}{allowed[1:]}{unit}"


def _or_refuse(parse: Callable[[str], T]) -> Callable[[str], T]:
    """Return `parse` with its ValueError as a RefusalError, which argparse lets pass as it is."""

    def parse_or_refuse(text: str) -> T:
        try:
            return parse(text)
        except ValueError as error:
            raise RefusalError(str(error)) from None

    return parse_or_refuse


def _with_negative_numbers(arguments: list[str]) -> list[str]:
    """Write "--flag -1e-5" as "--flag=-1e-5", for argparse would take the number for a flag."""
    joined: list[str] = []
    for argument in arguments:
        if joined and re.fullmatch(r"--[a-z-]+", joined[-1]) and re.match(r"-(\d|\.|inf|nan)", argument, re.IGNORECASE):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


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
    experiment = Experiment(**{name: getattr(options, name) for name in CHOICES})
    platforms = () if options.screenshot else display.seen_platforms()
    _check_libraries(platforms or ("offscreen",))
    useless = ("epochs", "size") if platforms else ("train", "speed")
    given = [f"--{name}" for name in useless if getattr(options, name) is not None]
    if given:
        where = "where a window is shown" if platforms else "where no window is shown"
        _say(f"{' and '.join(given)} {'has' if len(given) == 1 else 'have'} no effect {where}.\n", sys.stderr)
    if platforms:
        with _interrupts_held():
            from visualdl.gui.application import run_window

        return int(run_window(experiment, speed=options.speed, train=bool(options.train), theme=options.theme))
    file = options.screenshot or _or_refuse(_picture_file)(str(DEFAULT_PICTURE))
    epochs = DEFAULT_EPOCHS if options.epochs is None else options.epochs
    if not options.screenshot:
        _say(f"There is no display: training {epochs} epochs without a window.\n", sys.stderr)
    return _train_without_window(experiment, epochs, file, options)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile: while Qt's libraries load, a KeyboardInterrupt is lost or aborts the process."""
    numbers: list[int] = []
    handler_before = signal.signal(signal.SIGINT, lambda number, _frame: numbers.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler_before)
    if numbers:
        raise KeyboardInterrupt


def _check_libraries(platforms: tuple[str, ...]) -> None:
    missing = display.missing_libraries(platforms)
    if missing:
        raise RefusalError(
            f"Qt cannot start without {', '.join(missing)}; on Debian and Ubuntu this installs what it needs: "
            f"apt install {display.DEBIAN_PACKAGES}",
            FAILED,
        )


def _train_without_window(experiment: Experiment, epochs: int, file: Path, options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _interrupts_held():
        from visualdl.gui.screenshot import TrainingFailedError, train_and_picture

    console = Console(stderr=True)
    columns = (TextColumn("Epoch {task.fields[epoch]} of {task.total}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, auto_refresh=False, disable=not console.is_terminal) as progress:
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
        _say(f"{last.problem}\nThe read-outs are those of the last moment when all was finite.\n", sys.stderr)
    _say(f"{_read_outs(last)}The window's picture is in {file}.\n", sys.stdout)
    return DONE


def _read_outs(snapshot: "Snapshot") -> str:
    evaluation = snapshot.evaluation
    rows = (
        ("Epoch", f"{snapshot.epoch}"),
        ("Train loss", f"{evaluation.train_loss:.4f}"),
        ("Test loss", f"{evaluation.test_loss:.4f}"),
        ("Train error %", f"{100 * evaluation.train_error:.1f}"),
        ("Test error %", f"{100 * evaluation.test_error:.1f}"),
        ("Steps per second", f"{snapshot.steps_per_second:.0f}"),
    )
    return "".join(f"{label:<17}{value:>10}\n" for label, value in rows)
