"""`python -m tests.soak` has a random user at the window for a long time: nothing is to break, leak or slow down."""

import argparse
import os
import sys
from collections.abc import Sequence

from visualdl.cli.arguments import Parser, carried_out, help_text, or_refuse
from visualdl.cli.terminal import DONE, FAILED, check_libraries, interrupts_held, say
from visualdl.experiment.choices import Range

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


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line, without the program's name; return the exit code."""
    return carried_out(parser, arguments)


def parser() -> Parser:
    """Return what understands the flags."""
    parser = Parser(prog="python -m tests.soak", description=HELP, allow_abbrev=False)
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
    return parser


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

    say(f"{HEADING}\n", sys.stdout)
    return soak(seconds, seed, lambda usage: say(f"{line_of(usage)}\n", sys.stdout))


def _check(seconds: float, seed: int) -> tuple[str, ...]:
    with interrupts_held():
        from tests.soak.monkey import check_for

    fault = check_for(seconds, seed, lambda line: say(f"{line}\n", sys.stdout))
    return (fault,) if fault else ()


def _train(steps: int) -> tuple[str, ...]:
    with interrupts_held():
        from tests.soak.long_run import run_long

    return run_long(steps, lambda stage: say(f"{stage.line()}\n", sys.stdout))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
