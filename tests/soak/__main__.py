"""`visualdl soak` has a random user at the window for a long time: nothing is to break, leak or slow down."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from visualdl.cli.arguments import help_text, or_refuse
from visualdl.cli.terminal import DONE, FAILED, check_libraries, interrupts_held, say
from visualdl.experiment.choices import Range

if TYPE_CHECKING:
    from tests.soak.resource_usage import ResourceUsage

HELP = "Have a random user at the window for a long time, unseen, and see that nothing breaks, leaks or slows down."
MINUTES = Range(
    "Minutes",
    0.5,
    100_000,
    "How long the user acts; what may not grow is looked at after a first minute more.",
    "minutes",
)
SEED = Range("Seed", 0, 999_999, "Which random user it is.", integer=True)
STEPS = Range("Steps", 1000, 10**10, "How many steps a tiny network takes, instead of the user.", integer=True)
VERDICT = "Nothing broke, leaked or slowed down."
DEFAULT_MINUTES, DEFAULT_SEED = 60.0, 0


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the command's flags."""
    parser.set_defaults(run=_run)
    for flag, choice, default in (("--minutes", MINUTES, DEFAULT_MINUTES), ("--seed", SEED, DEFAULT_SEED)):
        text = help_text(choice, default)
        parser.add_argument(flag, type=or_refuse(choice.parse), default=default, metavar="NUMBER", help=text)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--steps", type=or_refuse(STEPS.parse), metavar="NUMBER", help=help_text(STEPS, "none"))
    how.add_argument(
        "--checked",
        action="store_true",
        help="After each thing the user does, come to rest, and see that what is shown is so: slower, for what is "
        "wrong rather than for what leaks.",
    )


def _run(options: argparse.Namespace) -> int:
    check_libraries(("offscreen",))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if options.steps is not None:
        faults = _train(options.steps)
    elif options.checked:
        faults = _check(60 * options.minutes, options.seed)
    else:
        faults = _soak(60 * options.minutes, options.seed)
    say("".join(f"{fault}\n" for fault in faults) or f"{VERDICT}\n", sys.stdout)
    return FAILED if faults else DONE


def _soak(seconds: float, seed: int) -> tuple[str, ...]:
    with interrupts_held():
        from tests.soak.resource_usage import HEADING, line_of
        from tests.soak.soak import soak

    def tell(level: "ResourceUsage") -> None:
        say(f"{line_of(level)}\n", sys.stdout)

    say(f"{HEADING}\n", sys.stdout)
    faults: tuple[str, ...] = soak(seconds, seed, tell)
    return faults


def _check(seconds: float, seed: int) -> tuple[str, ...]:
    with interrupts_held():
        from tests.soak.monkey import check_for

    fault: str = check_for(seconds, seed, lambda line: say(f"{line}\n", sys.stdout))
    return (fault,) if fault else ()


def _train(steps: int) -> tuple[str, ...]:
    with interrupts_held():
        from tests.soak.long_run import run_long

    faults: tuple[str, ...] = run_long(steps, lambda stage: say(f"{stage.line()}\n", sys.stdout))
    return faults
