"""The command line: `visualdl` opens the window, `visualdl COMMAND` does what that command's room says.

Qt and torch are loaded only once they are needed: help, version and refusals come at once.
"""

import sys
from collections.abc import Sequence

from visualdl import __version__
from visualdl.cli import bench_command, paper_command, presets_command, window_command
from visualdl.cli.arguments import Parser, carried_out

COMMANDS = {"bench": bench_command, "paper": paper_command, "presets": presets_command}
"""The word behind `visualdl` -> its room, with a HELP sentence and `add_flags`, which also sets what to `run`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line, without the program's name; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments.pop(0) if arguments and arguments[0] in COMMANDS else ""
    return carried_out(lambda: parser(command), arguments)


def parser(command: str = "") -> Parser:
    """Return what understands the flags behind `visualdl`, or behind `visualdl COMMAND`."""
    if command:
        room = COMMANDS[command]
        of_command = Parser(prog=f"visualdl {command}", description=room.HELP, allow_abbrev=False)
        room.add_flags(of_command)
        return of_command
    of_window = Parser(
        prog="visualdl",
        description="See a neural network learn. Without a display it trains, prints the read-outs and draws the "
        "window into a file.",
        epilog="There are commands, too, each with a --help of its own. "
        + " ".join(f"visualdl {name}: {room.HELP}" for name, room in COMMANDS.items()),
        allow_abbrev=False,
    )
    of_window.add_argument("--version", action="version", version=f"visualdl {__version__}")
    window_command.add_flags(of_window)
    return of_window
