"""`visualdl bench` measures the window on this machine, and prints what it found as a table, or writes it as JSON."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visualdl.cli.arguments import help_text, or_refuse
from visualdl.cli.terminal import DONE, FAILED, RefusalError, check_libraries, progress_bar, say
from visualdl.experiment.choices import Range
from visualdl.files.atomic_file import destination, write_whole
from visualdl.process import display
from visualdl.sentences import quoted

if TYPE_CHECKING:
    from visualdl.gui.measuring.results import Bench, Case

HELP = "Measure how smooth the window is on this machine: training speed, pictures, gaps, responses, start and memory."
ROUNDS = Range("Rounds", 1, 100, "How often each case is measured; medians are taken.", "rounds", integer=True)
SECONDS = Range("Seconds", 0.1, 60, "How long each measurement of a round takes.", "s")
DEFAULT_ROUNDS, DEFAULT_SECONDS = 5, 2.0


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the command's flags."""
    parser.set_defaults(run=_run)
    parser.add_argument("--json", metavar="FILE", help="Write all figures to this file as well, as JSON.")
    for flag, choice, default in (("--rounds", ROUNDS, DEFAULT_ROUNDS), ("--seconds", SECONDS, DEFAULT_SECONDS)):
        text = help_text(choice, default)
        parser.add_argument(flag, type=or_refuse(choice.parse), default=default, metavar="NUMBER", help=text)
    parser.add_argument(
        "--offscreen",
        action="store_true",
        help="Measure without showing a window, as is done where there is no display.",
    )


def _run(options: argparse.Namespace) -> int:
    file = None if options.json is None else _ready(options.json)
    platforms = () if options.offscreen else display.seen_platforms()
    check_libraries(platforms or ("offscreen",))
    if not platforms:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found = _measure(options.rounds, options.seconds)
    say(_table(found), sys.stdout)
    if file is not None:
        try:
            write_whole(file, found.to_json())
        except OSError as error:
            raise RefusalError(
                f"The figures could not be written to {quoted(options.json)}: {error.strerror}.", FAILED
            ) from error
    return DONE


def _ready(name: str) -> Path:
    """Return the file to write; raise RefusalError, before any time is spent, if it cannot be one."""
    file = Path(name)
    try:
        folder = destination(file).parent if name else None
    except OSError as error:
        raise RefusalError(f"No figures can be written to {quoted(name)}: {error.strerror}.") from None
    if folder is None or not folder.is_dir():
        raise RefusalError(f"No figures can be written to {quoted(name)}: it must be a file in a folder that exists.")
    if not os.access(folder, os.W_OK):
        raise RefusalError(f"No figures can be written to {quoted(name)}: its folder cannot be written to.")
    return file


def _measure(rounds: int, seconds: float) -> "Bench":
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn

    from visualdl.gui.measuring.bench import run_bench
    from visualdl.gui.measuring.cases import SETTINGS

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(" of "), TimeElapsedColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("start", total=len(SETTINGS) + 1)

        def tell(news: "str | Case") -> None:
            if isinstance(news, str):
                progress.update(task, description=news, advance=0 if news == "start" else 1, refresh=True)

        found: Bench = run_bench(SETTINGS, rounds, seconds, tell)
        return found


def _table(found: "Bench") -> str:
    width, height = found.window
    lines = [
        f"{width} x {height}, {found.platform}, unlimited speed, {found.rounds} rounds of {found.seconds:g} s; "
        f"{found.machine['cores']} cores, {found.machine['processor']}",
        "",
        f"{'':27}{'steps/s':>9}{'window':>9}{'share':>7}{'frames':>8}{'gap ms':>8}{'longest':>9}"
        f"{'answer ms':>11}{'p95':>7}{'MB':>7}",
    ]
    lines += [
        f"{case.name:27}{case.steps_alone:9,.0f}{case.steps_with_window:9,.0f}{case.share:7.2f}{case.frames:8.1f}"
        f"{case.gap_p99:8.1f}{case.gap_longest:9.1f}{case.response_median:11.1f}{case.response_p95:7.1f}"
        f"{case.memory:7.0f}"
        for case in found.cases
    ]
    start = found.start
    lines += [
        "",
        f"window {start.first_picture:.2f} s after the command, first map in it {start.first_map:.2f} s, "
        f"first trained one {start.first_trained_map:.2f} s; {found.memory_at_rest:.0f} MB at rest",
        "steps/s: without a window and with it, in turns; share: the second of the first; frames: drawn a second;",
        "gap: 99 % of the event loop's passes follow within it; answer: from a control's change to its picture.",
    ]
    return "\n".join(lines) + "\n"
