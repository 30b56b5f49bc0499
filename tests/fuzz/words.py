"""Words from outside: formulas that are typed, and command lines of every subcommand."""

import contextlib
import io
import os
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from tests.fuzz.damage import PIECES, scrambled
from tests.visualdl.watched import Watched
from visualdl import cli
from visualdl.cli.terminal import DONE
from visualdl.data.features import BUILT_IN, feature_of
from visualdl.data.formula_grammar import CONSTANTS, FUNCTIONS, VARIABLES
from visualdl.data.formulas import Formula
from visualdl.experiment import presets
from visualdl.experiment.experiment import CHOICES, Experiment

POINT = np.array([[0.3, 0.7]])
SIGNS = (*"()+-*/^,.= ×·−π_²", "**", "e9", "1e308", "0", "3.5", "1e-400", *VARIABLES, *CONSTANTS, *FUNCTIONS, "y", "x₁")
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "7",
    "0.5",
    "1e-400",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "9" * 5000,
    "١٢",
    "1_0",
    "x1; x2",
    "yes",
)
PLACES = (
    "out",
    "a.png",
    "a.PNG",
    "a.gif",
    "a.json",
    ".",
    "file",
    "file/a.png",
    "n" * 300 + ".png",
    "é.png",
    "\udcff.png",
    "",
)
COMMANDS = ("", "", "", "bench", "paper", "presets", "benchh")


def make_formula(chance: Random) -> str:
    """Return a formula: signs and names in any order, an expression with a change or two, or very deep nesting."""
    match chance.randrange(6):
        case 0:
            return "".join(chance.choices(SIGNS, k=chance.randint(0, 60)))
        case 1:
            depth = chance.choice((10, 60, 99, 5000))
            opening, closing = chance.choice((("(", ")"), ("sin(", ")"), ("-", ""), ("x1^", ""), ("max(x1,", ")")))
            return opening * depth + "x1" + closing * depth
        case 2:
            return chance.choice([feature.name for feature in BUILT_IN])
        case 3:
            return _expression(chance, 4)
        case _:
            return scrambled(_expression(chance, 4), chance)


def read_formula(text: str) -> object:
    """Read a formula, and then the feature that it is on the square."""
    assert Formula(text).values(POINT).shape == (1,) if text not in {each.name for each in BUILT_IN} else True
    return feature_of(text)


def make_arguments(chance: Random) -> list[str]:
    """Return the words behind `visualdl`, none of which leads out of the folder where it is called."""
    command = chance.choice(COMMANDS)
    flags = {
        "bench": ("--json", "--rounds", "--seconds", "--offscreen"),
        "paper": ("--out", "--runs", "--seed"),
        "presets": ("--out", "--size", "--theme"),
    }.get(command, ("--train", "--speed", "--screenshot", "--epochs", "--size", "--theme", "--preset", "--features"))
    choices = [f"--{name.replace('_', '-')}" for name in CHOICES] if command not in cli.COMMANDS else []
    words = [command] if command else []
    for flag in chance.choices(
        (*flags, *flags, *choices, "--help", "--version", "--", "-x", "--no"), k=chance.randint(0, 4)
    ):
        words.append(scrambled(flag, chance) if chance.random() < 0.05 else flag)
        if chance.random() < 0.9:
            words.append(_value(flag, chance))
    if chance.random() < 0.05:
        words.insert(chance.randint(0, len(words)), chance.choice(PIECES))
    return [word if word in PLACES else word.replace("/", "|").replace("\0", "") for word in words]


def reader_of_arguments(folder: Path) -> Any:
    """Return what carries command lines out in `folder`, with stand-ins for what trains, measures and draws."""
    work = folder / "work"
    work.mkdir()
    (work / "file").write_text("here is a file already")
    frame = Watched(Experiment(depth=0, samples=50)).frame()
    done = SystemExit(0)  # the command's work would begin here

    def read(arguments: list[str]) -> object:
        output = [io.TextIOWrapper(io.BytesIO(), "utf-8", errors) for errors in ("strict", "backslashreplace")]
        with (
            contextlib.chdir(work),
            contextlib.redirect_stdout(output[0]),
            contextlib.redirect_stderr(output[1]),
            patch("visualdl.cli.terminal.check_libraries"),
            patch("visualdl.cli.window_command.draw", return_value=frame),
            patch("visualdl.cli.presets_command.draw", side_effect=done),
            patch("visualdl.paper.reproduction.reproduce", side_effect=done),
            patch("visualdl.gui.measuring.bench.run_bench", side_effect=done),
            patch.dict(os.environ, COLUMNS="100"),
        ):
            code = cli.main(arguments)
        said = output[1].buffer.getvalue().decode()
        assert code in (DONE, 1, 2), f"the exit code is {code}"
        if code != DONE:
            raise ValueError(said.removesuffix("\n").rpartition("\n")[2])
        assert said.count("\n") <= 2, said
        return code

    read(["paper", "--out", "out"])  # what it imports takes longer than any case
    return read


def _expression(chance: Random, depth: int) -> str:
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(("x1", "x2", "2", "0.5", "pi", "e", "1e300"))
    if chance.random() < 0.5:
        return f"({_expression(chance, depth - 1)} {chance.choice('+-*/^')} {_expression(chance, depth - 1)})"
    name = chance.choice(list(FUNCTIONS))
    return f"{name}({', '.join(_expression(chance, depth - 1) for _ in range(FUNCTIONS[name]))})"


def _value(flag: str, chance: Random) -> str:
    if flag in ("--out", "--screenshot", "--json"):
        return chance.choice(PLACES)
    usual = {"--size": "1200x800", "--theme": "Dark", "--preset": "the spiral", "--features": "x1; sin(3*x2)"}
    choice = CHOICES.get(flag.strip("-").replace("-", "_"))
    names = getattr(choice, "names", (usual.get(flag, "5"), str(getattr(choice, "minimum", 2))))
    if chance.random() < 0.6:
        return chance.choice(names)
    value = chance.choice((chance.choice(VALUES), chance.choice(_preset_names()), make_formula(chance)))
    return scrambled(value, chance) if chance.random() < 0.2 else value


@cache
def _preset_names() -> tuple[str, ...]:
    return tuple(preset.name for preset in presets.collect().presets)
