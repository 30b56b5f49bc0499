"""`--preset NAME` begins with one of the presets; a choice that is given beside it is put into its experiment."""

import argparse
from dataclasses import replace

from visualdl.cli.arguments import or_refuse
from visualdl.experiment import presets
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.presets import Preset
from visualdl.experiment.task import Task
from visualdl.sentences import quoted


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
    raise ValueError(f"Preset must be one of {names}, not {quoted(text)}.")


def beginning(options: argparse.Namespace) -> tuple[Experiment, Preset | None]:
    """Return the experiment that the flags ask for, and the preset that it belongs to, if any, with that experiment.

    Data and loss bring what suits them, unless that is given, too. Raises ValueError for choices that do not suit.
    """
    names = (*CHOICES, "features")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    experiment = options.preset.experiment if options.preset else Experiment()
    for name in Task._fields:
        if name in given:
            experiment = experiment.choose(name, given[name])
    for name, value in given.items():
        if name not in Task._fields:
            experiment = experiment.choose(name, value)
    experiment = replace(experiment, **{name: given[name] for name in ("classes", "loss") if name in given})
    return experiment, options.preset and replace(options.preset, experiment=experiment)
