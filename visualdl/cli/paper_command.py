"""`visualdl paper` reproduces the report: it trains, draws and writes all its figures and tables into one folder."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from visualdl.cli.arguments import help_text, or_refuse
from visualdl.cli.terminal import DONE, FAILED, RefusalError, check_libraries, interrupts_held, progress_bar, say
from visualdl.experiment.choices import Range
from visualdl.experiment.data_choices import LAST_SEED
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.files.atomic_file import write_whole
from visualdl.paper.files import FILES, REPORT
from visualdl.sentences import quoted

if TYPE_CHECKING:
    from visualdl.paper.results import Reproduction

HELP = "Reproduce the report from end to end: its figures and tables, and why our numbers are not the printed ones."
RUNS = Range("Runs", 1, 10_000, "How many runs of each framework to train.", "runs", integer=True)
DEFAULT_RUNS = 10
SEED = CHOICES["seed"]


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the command's flags."""
    parser.set_defaults(run=_run)
    parser.add_argument(
        "--out",
        required=True,
        metavar="DIR",
        help="The folder for report.md, its pictures (PNG and SVG), tables (CSV) and runs.json. It is made if it is "
        "not there; files of these names are replaced.",
    )
    parser.add_argument(
        "--runs", type=or_refuse(RUNS.parse), default=DEFAULT_RUNS, metavar="NUMBER", help=help_text(RUNS, DEFAULT_RUNS)
    )
    seed_help = f"The seed of the first run; each other run has the next one. {help_text(SEED, 0)}"
    parser.add_argument("--seed", type=or_refuse(SEED.parse), default=0, metavar="NUMBER", help=seed_help)


def _run(options: argparse.Namespace) -> int:
    last = LAST_SEED - options.runs + 1
    if options.seed > last:
        raise RefusalError(f"Seed must be at most {last} for {options.runs} runs, not {options.seed}.")
    check_libraries(("offscreen",))
    folder = Path(options.out)
    with _ready(folder, options.out):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        with interrupts_held():
            from visualdl.gui.pictures.figures.paper_figures import paper_figures
            from visualdl.paper.documents import documents
            from visualdl.paper.tables import plain, summary
        found = _train(Experiment(seed=options.seed), options.runs)
        with interrupts_held():
            contents = {**paper_figures(found), **documents(found)}
        _write(folder, contents)
    say(f"{plain(summary(found, means=False))}The report is in {folder / REPORT}.\n", sys.stdout)
    return DONE


def _train(experiment: Experiment, runs: int) -> "Reproduction":
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn

    from visualdl.paper.reproduction import reproduce

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(" of "), TimeElapsedColumn())
    # raised within torch.vmap, a KeyboardInterrupt would come out as a RuntimeError
    with progress_bar(*columns) as progress, interrupts_held() as heed_interrupts:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            heed_interrupts()
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, refresh=True)

        return reproduce(experiment, runs, show)


@contextmanager
def _ready(folder: Path, named: str) -> Iterator[None]:
    """Make the folder, and meanwhile know that files can be written there; if it comes to nothing, leave no folder.

    Raises RefusalError before any time is spent.
    """
    made: list[Path] = []
    try:
        try:
            if not named:
                raise RefusalError("No report can be written to '': that is no folder's name.")
            for each in (*reversed(folder.absolute().parents), folder.absolute()):
                if not each.exists():
                    each.mkdir()
                    made.append(each)
            for name in FILES:
                if (folder / name).is_dir():
                    raise RefusalError(f"No report can be written to {quoted(named)}: its {name} is a folder.")
            with tempfile.TemporaryFile(dir=folder):
                pass
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise RefusalError(f"No report can be written to {quoted(named)}: {reason}.") from None
        yield
    except BaseException:
        for each in reversed(made):
            if each.is_dir() and not any(each.iterdir()):
                each.rmdir()
        raise


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    for name in FILES:
        try:
            write_whole(folder / name, contents[name])
        except OSError as error:
            raise RefusalError(
                f"{name} could not be written to {quoted(str(folder))}: {error.strerror}.", FAILED
            ) from error
