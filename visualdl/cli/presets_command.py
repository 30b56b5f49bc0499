"""`visualdl presets` draws the window once for each preset, after the epochs that it is to be watched for; and all."""

import argparse
import re
import sys
from pathlib import Path

from visualdl.cli.pictures import DEFAULT_EPOCHS, add_look_flags, draw, picture_file
from visualdl.cli.terminal import DONE, FAILED, RefusalError, check_libraries, say
from visualdl.experiment import presets
from visualdl.sentences import quoted

HELP = "Draw a picture of the window for each preset, as it is after the epochs that the preset is watched for."
SHEET = "all.jpg"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the command's flags."""
    parser.set_defaults(run=_run)
    parser.add_argument(
        "--out",
        required=True,
        metavar="DIR",
        help=f"The folder for the pictures (PNG), and for {SHEET} with all of them in small. It is made if it is not "
        "there; pictures of these names are replaced.",
    )
    add_look_flags(parser, "Light")


def _run(options: argparse.Namespace) -> int:
    found = presets.collect()
    if not found.presets:
        raise RefusalError(" ".join(found.complaints), FAILED)
    check_libraries(("offscreen",))
    folder = Path(options.out)
    files = [folder / f"{place:02}-{_slug(preset.name)}.png" for place, preset in enumerate(found.presets, start=1)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in (*files, folder / SHEET):
            picture_file(str(file))
    except OSError as error:
        raise RefusalError(f"No pictures can be written to {quoted(options.out)}: {error.strerror}.") from None
    except ValueError as error:
        raise RefusalError(str(error)) from None
    captions = []
    for preset, file in zip(found.presets, files, strict=True):
        last = draw(preset.experiment, preset, preset.epochs or DEFAULT_EPOCHS, file, options).snapshot
        errors = last.evaluation.train_error, last.evaluation.test_error
        train, test = (f"{100 * error:.1f} %" for error in errors)
        read_outs = f"epoch {last.epoch}, train error {train}, test error {test}"
        captions.append(f"{preset.name}: {read_outs}")
        say(f"{file.name}: {read_outs}\n", sys.stdout)
    _draw_all(list(zip(files, captions, strict=True)), folder / SHEET)
    return DONE


def _draw_all(pictures: list[tuple[Path, str]], file: Path) -> None:
    from visualdl.gui.pictures.contact_sheet import write_contact_sheet
    from visualdl.gui.theme import LIGHT

    try:
        write_contact_sheet(pictures, file, LIGHT)
    except OSError as error:
        raise RefusalError(str(error), FAILED) from error


def _slug(name: str) -> str:
    """Return the name as part of a file's: "XOR, no hidden layer" is "xor-no-hidden-layer"."""
    return "-".join(re.findall(r"\w+", name.casefold()))
