"""`visualdl` alone opens the window on an experiment; where there is no display, it trains it and draws the window.

Each flag of an experiment is made from `CHOICES`.
"""

import argparse
import sys
from pathlib import Path

from visualdl.cli.arguments import allowed_text, help_text, or_refuse
from visualdl.cli.pictures import DEFAULT_EPOCHS, FORMATS, add_look_flags, draw, picture_file, read_outs
from visualdl.cli.preset_flag import add_preset_flag, beginning
from visualdl.cli.terminal import DONE, check_libraries, interrupts_held, say
from visualdl.data.features import BUILT_IN, MOST_FEATURES, PAPER_FEATURES, split_features
from visualdl.experiment.choices import Names, Range
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.playback import DEFAULT_SPEED, SPEED
from visualdl.process import display
from visualdl.process.loading import without_collecting

EPOCHS = Range("Epochs", 0, 100_000, "How many epochs to train", "epochs", integer=True)
DEFAULT_PICTURE = Path("visualdl.png")

UNLIMITED = "unlimited"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the window's flags, and one for every choice of an experiment."""
    parser.set_defaults(run=_run)
    _add_window_flags(parser)
    add_preset_flag(parser)
    _add_experiment_flags(parser)


def _add_window_flags(parser: argparse.ArgumentParser) -> None:
    speed_help = help_text(SPEED, DEFAULT_SPEED).replace("; ", f", or {UNLIMITED}; ", 1)
    parser.add_argument("--train", action="store_true", default=None, help="Start training at once.")
    parser.add_argument("--speed", type=or_refuse(_speed), metavar="NUMBER", help=speed_help)
    parser.add_argument(
        "--screenshot",
        type=or_refuse(picture_file),
        metavar="FILE",
        help=f"Train without a display and draw the window into FILE, which ends in one of {', '.join(FORMATS)}.",
    )
    parser.add_argument(
        "--epochs",
        type=or_refuse(EPOCHS.parse),
        metavar="NUMBER",
        help="How many epochs to train with --screenshot or without a display; a window trains on until it is paused. "
        f"{allowed_text(EPOCHS)}; {DEFAULT_EPOCHS} unless given.",
    )
    add_look_flags(parser, "as last time")


def _add_experiment_flags(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the experiment")
    for name, choice in CHOICES.items():
        default = getattr(Experiment(), name)
        group.add_argument(
            f"--{name.replace('_', '-')}",
            type=or_refuse(choice.parse),
            metavar="NAME" if isinstance(choice, Names) else "NUMBER",
            help=help_text(choice, default),
        )
    group.add_argument(
        "--features",
        type=or_refuse(split_features),
        metavar="NAMES",
        help=f"The network's inputs: {', '.join(feature.name for feature in BUILT_IN)}, or formulas in x1 and x2 such "
        f"as sin(3*x1). From 1 to {MOST_FEATURES}, semicolons between them; {'; '.join(PAPER_FEATURES)} unless given.",
    )


def _speed(text: str) -> float:
    """Return the speed that `text` writes; the upper end of its range has a name of its own."""
    return SPEED.maximum if text.casefold() == UNLIMITED else SPEED.parse(text)


def _run(options: argparse.Namespace) -> int:
    experiment, preset = or_refuse(beginning)(options)
    platforms = () if options.screenshot else display.seen_platforms()
    check_libraries(platforms or ("offscreen",))
    useless = ("epochs", "size") if platforms else ("train", "speed")
    given = [f"--{name}" for name in useless if getattr(options, name) is not None]
    if given:
        where = "where a window is shown" if platforms else "where no window is shown"
        say(f"{' and '.join(given)} {'has' if len(given) == 1 else 'have'} no effect {where}.\n", sys.stderr)
    if platforms:
        with interrupts_held(), without_collecting():
            from visualdl.gui.application import run_window

        return int(
            run_window(experiment, preset=preset, speed=options.speed, train=bool(options.train), theme=options.theme)
        )
    file = options.screenshot or or_refuse(picture_file)(str(DEFAULT_PICTURE))
    usual = preset.epochs if preset and preset.epochs else DEFAULT_EPOCHS
    epochs = usual if options.epochs is None else options.epochs
    if not options.screenshot:
        say(f"There is no display: training {epochs} epochs without a window.\n", sys.stderr)
    last = draw(experiment, preset, epochs, file, options)
    say(f"{read_outs(last)}The window's picture is in {file}.\n", sys.stdout)
    return DONE
