"""The command line: what it asks of the window, what it prints, and how it refuses."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from types import ModuleType, SimpleNamespace

import pytest

import visualdl
from visualdl import cli
from visualdl.experiment.choices import Names
from visualdl.experiment.data_choices import OWN
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.playback import SPEED
from visualdl.experiment.task import BINARY, SOFTMAX
from visualdl.process import display
from visualdl.sentences import quoted
from visualdl.training.values.frame import Playback
from visualdl.training.values.snapshot import Evaluation


def frame(epoch=10, problem="", stopped=""):
    snapshot = SimpleNamespace(
        experiment=Experiment(),
        epoch=epoch,
        batch=5,
        batches=20,
        evaluation=Evaluation(0.25, 0.5, 0.031, 0.0445),
        problem=problem,
        stopped=stopped,
    )
    return SimpleNamespace(snapshot=snapshot, playback=Playback(True, 1234.5))


@pytest.fixture
def window(monkeypatch):
    """Stand in for the window with a display, and for the one without; return what they were asked for."""
    asked = SimpleNamespace(window=None, picture=None, last=frame(), error=None)

    def run_window(experiment, **options):
        asked.window = SimpleNamespace(experiment=experiment, **options)
        return 0

    def train_and_picture(experiment, *, on_frame, **options):
        asked.picture = SimpleNamespace(experiment=experiment, **options)
        if asked.error:
            raise asked.error
        on_frame(frame(epoch=1))
        on_frame(asked.last)
        return asked.last

    application, screenshot = ModuleType("application"), ModuleType("screenshot")
    application.run_window = run_window
    screenshot.train_and_picture = train_and_picture
    screenshot.TrainingFailedError = type("TrainingFailedError", (Exception,), {})
    asked.TrainingFailedError = screenshot.TrainingFailedError
    monkeypatch.setitem(sys.modules, "visualdl.gui.application", application)
    monkeypatch.setitem(sys.modules, "visualdl.gui.pictures.screenshot", screenshot)
    monkeypatch.setattr(display, "missing_libraries", lambda _platforms: ())
    return asked


@pytest.fixture
def seen(monkeypatch, window):
    monkeypatch.setattr(display, "seen_platforms", lambda: ("xcb",))
    return window


@pytest.fixture
def unseen(monkeypatch, window, tmp_path):
    monkeypatch.setattr(display, "seen_platforms", lambda: ())
    monkeypatch.chdir(tmp_path)
    return window


def the_only_sentence(text):
    assert re.fullmatch(r"[^\n]+\n", text), text
    assert "usage" not in text
    return text.strip()


@pytest.mark.parametrize(("flag", "answer"), [("--help", "usage: visualdl"), ("--version", "visualdl ")])
def test_help_and_version_load_neither_torch_nor_qt(flag, answer):
    code = f"""
import sys
from visualdl.cli import main
code = main([{flag!r}])
print(code, [name for name in ("torch", "PySide6", "shiboken6", "pyqtgraph") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(answer)
    assert done.stdout.endswith("\n0 []\n")
    assert done.stderr == ""


def test_the_package_can_be_run():
    done = subprocess.run([sys.executable, "-m", "visualdl", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"visualdl {visualdl.__version__}\n"


def test_the_help_names_range_unit_and_default_of_every_choice(capsys):
    assert cli.main(["--help"]) == 0
    text = " ".join(capsys.readouterr().out.split()).replace("- ", "-")  # lines break there, too
    for name, choice in CHOICES.items():
        default = getattr(Experiment(), name)
        default = f"{default:g}" if isinstance(default, float) else default
        unit = f" {choice.unit}" if getattr(choice, "unit", "") else ""
        allowed = choice.allowed()
        assert f"{choice.help} {allowed[0].upper()}{allowed[1:]}{unit}; {default} unless given." in text
        assert f"--{name.replace('_', '-')}" in text


def test_without_flags_the_window_opens_on_the_papers_experiment_as_it_was_left(seen):
    assert cli.main([]) == 0
    assert seen.window == SimpleNamespace(experiment=Experiment(), preset=None, speed=None, train=False, theme=None)
    assert seen.picture is None


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_has_its_flag(seen, name):
    choice = CHOICES[name]
    value = [each for each in choice.names if each != OWN][-1] if isinstance(choice, Names) else choice.maximum
    assert cli.main([f"--{name.replace('_', '-')}", str(value)]) == 0
    assert seen.window.experiment == Experiment().choose(name, value)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["--loss", "softmax cross-entropy", "--dataset", "rings"], {"loss": SOFTMAX, "output_activation": "Identity"}),
        (["--dataset", "plane", "--output-activation", "relu"], {"dataset": "Plane", "output_activation": "ReLU"}),
        (["--loss", "binary cross-entropy"], {"loss": BINARY, "output_activation": "Identity"}),
    ],
)
def test_what_a_loss_brings_comes_unless_something_else_is_asked_for(seen, flags, expected):
    assert cli.main(flags) == 0
    experiment = seen.window.experiment
    assert {name: getattr(experiment, name) for name in expected} == expected


def test_a_loss_that_does_not_suit_the_data_is_refused_in_a_sentence(capsys):
    assert cli.main(["--dataset", "rings", "--classes", "3", "--loss", "binary cross-entropy"]) == 2
    assert "Binary cross-entropy tells 2 classes apart, not 3" in capsys.readouterr().err


@pytest.mark.parametrize("preset", [[], ["--preset", "The paper"]])
def test_what_suits_no_other_choice_that_is_given_is_refused_with_and_without_a_preset(seen, capsys, preset):
    flags = ["--dataset", "Gaussians", "--classes", "4", "--loss", "Binary cross-entropy"]
    assert cli.main([*flags, *preset]) == 2
    assert "Binary cross-entropy tells 2 classes apart, not 4" in the_only_sentence(capsys.readouterr().err)


def test_the_inputs_have_their_flag_with_semicolons_between_them(seen, capsys):
    assert cli.main(["--features", "x1 squared; min(x1, x2)"]) == 0
    assert seen.window.experiment == Experiment(features=("x1 squared", "min(x1, x2)"))
    assert cli.main(["--features", "x1", "--preset", "A linear network"]) == 0
    assert seen.window.experiment.features == ("x1",)
    assert cli.main(["--features", "x1; log(x1 - 0.5)"]) == 2
    assert "is nan at x1 = 0, x2 = 0" in the_only_sentence(capsys.readouterr().err)
    cli.main(["--help"])
    assert "sine of x2, or formulas in x1 and x2 such as sin(3*x1)" in " ".join(capsys.readouterr().out.split())


def test_own_points_cannot_be_said_by_name_alone(seen, capsys):
    assert cli.main(["--dataset", "own"]) == 2
    assert capsys.readouterr().err.startswith("The dataset Own needs points")
    assert seen.window is None


def test_how_the_window_starts_can_be_said(seen):
    assert cli.main(["--train", "--speed", "200", "--theme", "dark"]) == 0
    assert (seen.window.train, seen.window.speed, seen.window.theme) == (True, 200, "Dark")


def test_the_windows_exit_code_is_the_programs(seen, monkeypatch):
    monkeypatch.setattr(sys.modules["visualdl.gui.application"], "run_window", lambda *_, **__: 130)
    assert cli.main([]) == 130


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--depth 9", "Depth must be a whole number from 0 to 8, not 9."),
        ("--depth -1", "Depth must be a whole number from 0 to 8, not -1."),
        ("--width 2.5", "Width must be a whole number from 1 to 128, not '2.5'."),
        ("--learning-rate -1e-3", "Learning rate must be a number from 1e-05 to 10, not -0.001."),
        ("--learning-rate=-1e-3", "Learning rate must be a number from 1e-05 to 10, not -0.001."),
        ("--learning-rate -inf", "Learning rate must be a number from 1e-05 to 10, not -inf."),
        ("--learning-rate nan", "Learning rate must be a number from 1e-05 to 10, not nan."),
        (
            "--hidden-activation cube",
            "Hidden activation must be one of ReLU, LeakyReLU, ELU, SELU, "
            "Sigmoid, Tanh, Softplus, GELU, Identity, not 'cube'.",
        ),
        ("--speed 0", "Speed must be a number from 1 to 10000, not 0.0."),
        ("--epochs -1", "Epochs must be a whole number from 0 to 100000, not -1."),
        ("--theme pink", "Theme must be one of System, Light, Dark, not 'pink'."),
        ("--size 100x100", "Size must be a width and a height from 1100x700 to 7680x4320, not '100x100'."),
        ("--size 1100x99999", "Size must be a width and a height from 1100x700 to 7680x4320, not '1100x99999'."),
        ("--size large", "Size must be a width and a height from 1100x700 to 7680x4320, not 'large'."),
        ("--screenshot a.gif", "The picture's file must end in one of .png, .jpg, .jpeg, .webp, .bmp, not 'a.gif'."),
        ("--seed", "visualdl does not understand this: argument --seed: expected one argument; see visualdl --help."),
        ("--see 1", "visualdl does not understand this: unrecognized arguments: --see 1; see visualdl --help."),
    ],
)
def test_bad_use_is_answered_in_one_sentence_with_value_and_range(seen, capsys, arguments, sentence):
    assert cli.main(arguments.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert the_only_sentence(err) == sentence
    assert seen.window is None


def test_without_a_display_it_says_so_trains_and_writes_a_picture(unseen, capsys, tmp_path):
    assert cli.main(["--width", "7"]) == 0
    out, err = capsys.readouterr()
    assert the_only_sentence(err) == "There is no display: training 10 epochs without a window."
    assert unseen.window is None
    asked = unseen.picture
    assert (asked.experiment, asked.epochs) == (Experiment(width=7), 10)
    assert asked.file.absolute() == tmp_path / "visualdl.png"
    assert asked.size == (1100, 700)
    assert out.splitlines() == [
        "Epoch                    10",
        "Train loss           0.2500",
        "Test loss            0.5000",
        "Train error %           3.1",
        "Test error %            4.5",
        "Steps per second       1234",
        "The window's picture is in visualdl.png.",
    ]


def test_a_screenshot_is_made_without_the_display_that_is_there(seen, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    file = tmp_path / "a picture.PNG"
    assert cli.main(["--screenshot", str(file), "--epochs", "3", "--size", "1600x900", "--theme", "dark"]) == 0
    assert seen.window is None
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    asked = seen.picture
    assert (asked.file, asked.epochs, asked.size, asked.theme) == (file, 3, (1600, 900), "Dark")
    assert capsys.readouterr().err == ""


def test_a_terminal_shows_how_far_it_is(unseen, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main([]) == 0
    out, err = capsys.readouterr()
    assert "Epoch 1 of 10" in err
    assert "Epoch 10 of 10" in err
    assert "of 10" not in out


def test_why_training_stopped_by_itself_is_told(unseen, capsys, tmp_path):
    unseen.last = frame(epoch=2, stopped="Stopped: 2 epochs are done.")
    assert cli.main(["--stop-when", "epochs", "--stop-at", "2", "--screenshot", str(tmp_path / "picture.png")]) == 0
    assert unseen.picture.experiment == Experiment(stop_when="Epochs", stop_at=2)
    assert "Stopped: 2 epochs are done." in capsys.readouterr().err


def test_training_that_cannot_go_on_is_told_and_still_drawn(unseen, capsys):
    unseen.last = frame(epoch=2, problem="The loss is not finite.")
    assert cli.main(["--screenshot", "a.png"]) == 0
    out, err = capsys.readouterr()
    assert err == "The loss is not finite.\nThe read-outs are those of the last moment when all was finite.\n"
    assert out.endswith("The window's picture is in a.png.\n")


@pytest.mark.parametrize("kind", ["TrainingFailedError", "OSError"])
def test_what_fails_on_the_way_is_told_in_a_sentence(unseen, capsys, kind):
    unseen.error = {"OSError": OSError, "TrainingFailedError": unseen.TrainingFailedError}[kind]("It did not work.")
    assert cli.main(["--screenshot", "a.png"]) == 1
    assert the_only_sentence(capsys.readouterr().err) == "It did not work."


@pytest.mark.parametrize("place", ["nowhere/a.png", "file/a.png", "folder.png", "a\n.png/b.png", f"{'a' * 300}.png"])
def test_a_file_that_cannot_be_written_is_refused_before_training(unseen, capsys, tmp_path, place):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.png").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert cli.main(["--screenshot", place]) == 2
    sentence = the_only_sentence(capsys.readouterr().err)
    assert sentence.startswith(f"No picture can be written to {quoted(place)}: ")
    assert unseen.picture is None
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_where_the_picture_cannot_be_written_is_refused_before_training(unseen, capsys, monkeypatch):
    def refuse(**_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert cli.main([]) == 2
    sentence = capsys.readouterr().err
    assert the_only_sentence(sentence) == "No picture can be written to 'visualdl.png': Permission denied."
    assert unseen.picture is None


@pytest.mark.parametrize("where", ["seen", "unseen"])
def test_without_qts_libraries_it_names_them_and_how_to_install_them(request, capsys, monkeypatch, where):
    window = request.getfixturevalue(where)
    monkeypatch.setattr(display, "missing_libraries", lambda _platforms: ("libEGL.so.1", "libGL.so.1"))
    assert cli.main([]) == 1
    sentence = the_only_sentence(capsys.readouterr().err)
    assert sentence.startswith("Qt cannot start without libEGL.so.1, libGL.so.1; ")
    assert re.search(r"apt install libegl1 .*libxcb-cursor0", sentence)
    assert window.window is None
    assert window.picture is None


def test_what_is_missing_is_asked_for_the_platform_that_will_be_used(seen, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(display, "missing_libraries", lambda platforms: asked.append(platforms) or ())
    cli.main([])
    cli.main(["--screenshot", str(tmp_path / "a.png")])
    assert asked == [("xcb",), ("offscreen",)]


def test_ctrl_c_ends_it_with_130_and_no_word(unseen, capsys):
    unseen.error = KeyboardInterrupt()
    assert cli.main(["--screenshot", "a.png"]) == 130
    assert capsys.readouterr() == ("", "")


def test_ctrl_c_while_qt_is_being_loaded_waits_for_it(unseen, monkeypatch):
    loaded = []

    class Loading(ModuleType):
        def __getattr__(self, name):
            signal.raise_signal(signal.SIGINT)
            loaded.append(name)
            return Exception

    monkeypatch.setitem(sys.modules, "visualdl.gui.pictures.screenshot", Loading("screenshot"))
    assert cli.main(["--screenshot", "a.png"]) == 130
    assert "train_and_picture" in loaded
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_speed_without_a_limit_has_a_name():
    assert cli.parser().parse_args(["--speed", "Unlimited"]).speed == SPEED.maximum
    assert "A number from 1 to 10000 steps/s, or unlimited; 50 unless" in " ".join(cli.parser().format_help().split())


@pytest.mark.parametrize(
    ("display", "flags", "sentence"),
    [
        ("seen", "--train --speed 5 --theme dark", ""),
        ("seen", "--size 1200x800 --epochs 0", "--epochs and --size have no effect where a window is shown.\n"),
        ("seen", "--screenshot a.png --train", "--train has no effect where no window is shown.\n"),
        ("unseen", "--screenshot a.png --speed 5", "--speed has no effect where no window is shown.\n"),
    ],
)
def test_a_flag_that_has_no_effect_is_named(request, capsys, monkeypatch, tmp_path, display, flags, sentence):
    request.getfixturevalue(display)
    monkeypatch.chdir(tmp_path)
    assert cli.main(flags.split()) == 0
    assert capsys.readouterr().err == sentence


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_the_terminal_cannot_show_is_written_as_an_escape(unseen, monkeypatch, encoding):
    output = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", output)
    unseen.last.snapshot.experiment = Experiment(dataset="Plane", output_activation="Identity")
    assert cli.main(["--screenshot", "\udcff.png"]) == 0
    said = output.buffer.getvalue().decode(encoding)
    assert r"is in \udcff.png." in said
    assert "Train 1 − R²" in said or r"Train 1 \u2212 R" in said
