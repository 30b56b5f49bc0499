"""From words on the command line to values: each refusal is one sentence, each help text is made from the choice."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

from visualdl.cli.terminal import DONE, INTERRUPTED, RefusalError, let_every_sign_pass, say
from visualdl.experiment.choices import Names, Range
from visualdl.sentences import LONGEST, cut, one_line

A = TypeVar("A")
T = TypeVar("T")


class Parser(argparse.ArgumentParser):
    """Answers bad use in one sentence, without the usage."""

    def error(self, message: str) -> NoReturn:
        """Raise RefusalError with argparse's `message`."""
        raise RefusalError(
            f"{self.prog} does not understand this: {cut(one_line(message), LONGEST)}; see {self.prog} --help."
        )


def carried_out(make_parser: Callable[[], Parser], arguments: Sequence[str]) -> int:
    """Do what the parser's options `run`; return the exit code. A refusal is one sentence, Ctrl-C none."""
    let_every_sign_pass()
    try:
        try:
            options = make_parser().parse_args(with_negative_numbers(arguments))
            code = int(options.run(options))
        except SystemExit as end:  # argparse ends so after --help and --version
            code = int(end.code or DONE)
        say("", sys.stdout)  # what argparse printed may still be on its way
        return code
    except RefusalError as refusal:
        with suppress(RefusalError):
            say(f"{refusal}\n" if str(refusal) else "", sys.stderr)
        return refusal.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def help_text(choice: Range | Names, default: object) -> str:
    """Return help, range, unit and default in argparse's spelling."""
    shown = f"{default:g}" if isinstance(default, float) else default
    return f"{choice.help} {allowed_text(choice)}; {shown} unless given.".replace("%", "%%")


def allowed_text(choice: Range | Names) -> str:
    """Return what is allowed as the start of a sentence: "A number from 1 to 10000 steps/s"."""
    unit = f" {choice.unit}" if isinstance(choice, Range) and choice.unit else ""
    allowed = choice.allowed()
    return f"{allowed[0].upper()}{allowed[1:]}{unit}"


def or_refuse(parse: Callable[[A], T]) -> Callable[[A], T]:
    """Return `parse` with its ValueError as a RefusalError, which argparse lets pass as it is."""

    def parse_or_refuse(argument: A) -> T:
        try:
            return parse(argument)
        except ValueError as error:
            raise RefusalError(str(error)) from None

    return parse_or_refuse


def with_negative_numbers(arguments: Sequence[str]) -> list[str]:
    """Write "--flag -1e-5" as "--flag=-1e-5", for argparse would take the number for a flag."""
    joined: list[str] = []
    for argument in arguments:
        if joined and re.fullmatch(r"--[a-z-]+", joined[-1]) and re.match(r"-(\d|\.|inf|nan)", argument, re.IGNORECASE):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined
