"""`--preset NAME` begins with one of the presets; a choice that is given beside it is put into its experiment."""

import argparse
from dataclasses import replace
from functools import partial
from typing import Any

from visualdl import presets
from visualdl.cli.arguments import or_refuse
from visualdl.experiment import CHOICES, Experiment
from visualdl.presets import Preset


def add_preset_flag(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the flag."""
    parser.add_argument(
        "--preset",
        type=or_refuse(preset_called),
        metavar="NAME",
        help="Begin with one of the presets that the window offers, whose paragraph says what to look at. Its speed, "
        "and for a picture its epochs, count unless others are given.",
    )


def preset_called(text: str) -> Preset:
    """Return the preset of the name that `text` writes in any case of letters; raise ValueError if there is none."""
    found = presets.collect()
    for preset in found.presets:
        if preset.name.casefold() == text.casefold():
            return preset
    if not found.presets:
        raise ValueError(" ".join(found.complaints))
    names = ", ".join(f'"{preset.name}"' for preset in found.presets)
    raise ValueError(f"Preset must be one of {names}, not {text!r}.")


def beginning(options: argparse.Namespace) -> tuple[Experiment, Preset | None]:
    """Return the experiment that the flags ask for, and the preset that it belongs to, if any, with that experiment."""
    names = (*CHOICES, "features")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if options.preset is None:
        return or_refuse(_experiment)(given), None
    experiment = options.preset.experiment
    for name, value in given.items():
        experiment = or_refuse(partial(experiment.choose, name))(value)
    return experiment, replace(options.preset, experiment=experiment)


def _experiment(given: dict[str, Any]) -> Experiment:
    return Experiment(**given)
