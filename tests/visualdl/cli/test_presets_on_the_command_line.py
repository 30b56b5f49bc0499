"""Presets on the command line: one to begin with, and a picture of each."""

import sys
from dataclasses import replace
from types import ModuleType, SimpleNamespace

import pytest

from visualdl import cli
from visualdl.cli import presets_command
from visualdl.experiment import presets
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.process import display
from visualdl.training.values.frame import Playback
from visualdl.training.values.snapshot import Evaluation

PRESETS = presets.collect().presets
SPIRAL = next(preset for preset in PRESETS if preset.name == "The spiral")


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Stand in for the window, and for its pictures; return what they were asked for."""
    asked = SimpleNamespace(windows=[], pictures=[], sheets=[])

    def train_and_picture(experiment, *, on_frame, **options):
        asked.pictures.append(SimpleNamespace(experiment=experiment, **options))
        evaluation = Evaluation(0.25, 0.5, 0.031, 0.0445)
        snapshot = SimpleNamespace(
            experiment=experiment, epoch=options["epochs"], evaluation=evaluation, problem="", stopped=""
        )
        return SimpleNamespace(snapshot=snapshot, playback=Playback(True, 1.0))

    monkeypatch.setattr(presets_command, "_draw_all", lambda pictures, file: asked.sheets.append((pictures, file)))
    application, screenshot = ModuleType("application"), ModuleType("screenshot")
    application.run_window = lambda experiment, **options: asked.windows.append((experiment, options)) or 0
    screenshot.train_and_picture = train_and_picture
    screenshot.TrainingFailedError = type("TrainingFailedError", (Exception,), {})
    monkeypatch.setitem(sys.modules, "visualdl.gui.application", application)
    monkeypatch.setitem(sys.modules, "visualdl.gui.pictures.screenshot", screenshot)
    monkeypatch.setattr(display, "missing_libraries", lambda _platforms: ())
    monkeypatch.setattr(display, "seen_platforms", lambda: ("xcb",))
    monkeypatch.chdir(tmp_path)
    return asked


@pytest.mark.parametrize("name", ["The spiral", "the SPIRAL"])
def test_the_window_begins_with_a_preset(asked, name):
    assert cli.main(["--preset", name]) == 0
    ((experiment, options),) = asked.windows
    assert experiment == SPIRAL.experiment
    assert options == {"preset": SPIRAL, "speed": None, "train": False, "theme": None}


def test_a_choice_beside_it_is_put_into_its_experiment_even_if_it_is_the_papers(asked):
    assert cli.main(["--preset", "The spiral", "--optimizer", "SGD", "--depth", "2"]) == 0
    ((experiment, options),) = asked.windows
    assert experiment == options["preset"].experiment == replace(SPIRAL.experiment, optimizer="SGD", depth=2)


def test_a_choice_changes_layers_that_differ_as_the_window_would(asked, monkeypatch):
    layered = replace(SPIRAL, experiment=Experiment(layers=(Layer(3, "ReLU"), Layer(5, "Tanh"))))
    monkeypatch.setattr(presets, "collect", lambda: presets.Collection((layered,), ()))
    assert cli.main(["--preset", "The spiral", "--width", "9"]) == 0
    assert asked.windows[0][0].network.hidden == (Layer(9, "ReLU"), Layer(9, "Tanh"))


@pytest.mark.parametrize(("flags", "epochs"), [("", SPIRAL.epochs), ("--epochs 3", 3)])
def test_its_picture_is_made_after_its_epochs_unless_others_are_given(asked, flags, epochs):
    assert cli.main(["--preset", "The spiral", "--screenshot", "a.png", *flags.split()]) == 0
    assert (asked.pictures[0].epochs, asked.pictures[0].preset) == (epochs, SPIRAL)


def test_an_unknown_name_is_answered_with_the_names_that_there_are(asked, capsys):
    assert cli.main(["--preset", "Spirals"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith(", not 'Spirals'.\n")
    assert all(f'"{preset.name}"' in err for preset in PRESETS)
    assert asked.windows == []


def test_without_presets_it_says_so(asked, capsys, monkeypatch):
    monkeypatch.setattr(presets, "collect", lambda: presets.Collection((), ("No presets were found in here.",)))
    assert cli.main(["--preset", "The spiral"]) == 2
    assert cli.main(["presets", "--out", "pictures"]) == 1
    assert capsys.readouterr().err == "No presets were found in here.\n" * 2


def test_each_preset_has_its_picture_after_its_epochs(asked, capsys, tmp_path):
    assert cli.main(["presets", "--out", "some/pictures", "--theme", "dark", "--size", "1600x1000"]) == 0
    assert [picture.preset for picture in asked.pictures] == list(PRESETS)
    assert [picture.experiment for picture in asked.pictures] == [preset.experiment for preset in PRESETS]
    assert [picture.epochs for picture in asked.pictures] == [preset.epochs for preset in PRESETS]
    assert {(picture.theme, picture.size) for picture in asked.pictures} == {("Dark", (1600, 1000))}
    files = [picture.file for picture in asked.pictures]
    assert {file.parent.resolve() for file in files} == {tmp_path / "some" / "pictures"}
    assert len({file.name for file in files}) == len(PRESETS)
    assert files[4].name == "05-xor-no-hidden-layer.png"
    ((pictures, sheet),) = asked.sheets
    assert sheet.name == "all.jpg"
    assert [picture for picture, _ in pictures] == files
    assert pictures[0][1] == "The paper: epoch 10, train error 3.1 %, test error 4.5 %"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "01-the-paper.png: epoch 10, train error 3.1 %, test error 4.5 %"
    assert len(lines) == len(PRESETS)


def test_a_folder_that_cannot_be_made_or_written_to_is_refused_before_training(asked, capsys, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "full" / "01-the-paper.png").mkdir(parents=True)
    for folder in ("file", "file/below", "full"):
        assert cli.main(["presets", "--out", folder]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert folder.partition("/")[0] in err
    assert asked.pictures == []
