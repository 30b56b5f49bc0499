"""A picture of the window after some epochs, and the command for it: the real ones, trained for real."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from PySide6.QtGui import QImage

from visualdl.cli import main
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.pictures import screenshot
from visualdl.gui.pictures.picture_file import write_picture
from visualdl.gui.pictures.screenshot import TrainingFailedError, train_and_picture
from visualdl.gui.window.window_settings import user_settings

pytestmark = pytest.mark.usefixtures("qapp")

COMMAND = (sys.executable, "-m", "visualdl")
SMALL = Experiment(depth=1, width=4, batch_size=250)


def take(file, experiment=SMALL, *, epochs=2, size=(1300, 800), theme="Light", on_frame=lambda _frame: None):
    return train_and_picture(experiment, epochs=epochs, file=file, size=size, theme=theme, on_frame=on_frame)


@pytest.mark.parametrize("epochs", [0, 3])
def test_it_trains_so_many_epochs_and_draws_the_window_in_the_size_asked_for(tmp_path, epochs):
    seen = []
    last = take(tmp_path / "a.png", epochs=epochs, on_frame=seen.append)
    assert (last.snapshot.epoch, last.snapshot.step) == (epochs, 4 * epochs)
    assert (last.playback.steps_per_second > 0) is (epochs > 0)
    assert seen[-1].snapshot.step == last.snapshot.step
    assert not seen[-1].playback.advancing
    assert QImage(str(tmp_path / "a.png")).size().toTuple() == (1300, 800)
    assert [file.name for file in tmp_path.glob("*.*")] == ["a.png"]


def test_it_is_done_where_the_experiment_says_that_training_stops(tmp_path):
    last = take(tmp_path / "a.png", Experiment(depth=1, width=4, stop_when="Epochs", stop_at=1), epochs=3)
    assert (last.snapshot.epoch, last.snapshot.stopped) == (1, "Stopped: 1 epoch is done.")


def test_light_and_dark_pictures_differ_in_their_background(tmp_path):
    lightness = []
    for theme in ("Light", "Dark"):
        take(tmp_path / "a.png", epochs=0, theme=theme)
        lightness.append(QImage(str(tmp_path / "a.png")).pixelColor(2, 400).lightness())
    light, dark = lightness
    assert light > 200 > 60 > dark


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "webp", "bmp", "PNG"])
def test_the_file_is_of_the_kind_its_name_says(tmp_path, suffix):
    file = tmp_path / f"a.{suffix}"
    file.write_bytes(b"what was there before")
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    write_picture(picture, file)
    assert QImage(str(file), suffix).size() == picture.size()


def test_a_picture_takes_the_place_of_what_was_there(tmp_path):
    file = tmp_path / "a.jpeg"
    file.write_bytes(b"what was there before")
    take(file, epochs=0)
    assert QImage(str(file), "jpeg").width() == 1300


def test_what_the_user_had_chosen_in_the_window_is_neither_used_nor_changed(tmp_path):
    mine = user_settings()
    mine.setValue("theme", "Dark")
    mine.sync()
    before = {key: mine.value(key) for key in mine.allKeys()}
    take(tmp_path / "a.png", epochs=0)
    mine.sync()
    assert {key: mine.value(key) for key in mine.allKeys()} == before


def test_training_that_cannot_go_on_is_drawn_as_far_as_it_came(tmp_path):
    diverging = Experiment(depth=0, output_activation="ReLU", learning_rate=10)
    last = take(tmp_path / "a.png", diverging, epochs=1000)
    assert "not finite" in last.snapshot.problem
    assert (tmp_path / "a.png").exists()


def test_an_error_in_training_is_told_and_nothing_is_written(tmp_path, monkeypatch):
    class Failing(screenshot.MainWindow):
        def train_epochs(self, _count):
            self.failed.emit("ValueError: too wide", "where it was")

    monkeypatch.setattr(screenshot, "MainWindow", Failing)
    with pytest.raises(TrainingFailedError, match=r"^Training failed: ValueError: too wide$"):
        take(tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_ctrl_c_ends_it_and_nothing_is_written(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        take(tmp_path / "a.png", epochs=1000, on_frame=lambda _snapshot: signal.raise_signal(signal.SIGINT))
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize("file", ["a.png", "nowhere/a.png"])
def test_its_window_is_closed_whether_all_went_well_or_not(tmp_path, monkeypatch, file):
    closed = []

    class Watched(screenshot.MainWindow):
        def closeEvent(self, event):  # noqa: N802
            super().closeEvent(event)
            closed.append(self)

    monkeypatch.setattr(screenshot, "MainWindow", Watched)
    with suppress(OSError):
        take(tmp_path / file, epochs=0)
    assert len(closed) == 1


def test_a_picture_that_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path):
    with pytest.raises(OSError, match="No picture could be written to"):
        take(tmp_path / "nowhere" / "a.png", epochs=0)
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole groups of processes")
def test_ctrl_c_ends_a_training_without_a_window(tmp_path):
    command = [*COMMAND, "--epochs", "100000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as program:
        assert "no display" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        assert program.communicate(timeout=60) == ("", "")
    assert program.returncode == 130
    assert list(tmp_path.glob("*.png")) == []


def run_command(arguments, folder, **streams):
    environment = os.environ | {"PYTHONUNBUFFERED": ""}
    command = [*COMMAND, *arguments.split()]
    return subprocess.run(command, cwd=folder, env=environment, text=True, timeout=60, check=False, **streams)


def without_reader():
    reader, writer = os.pipe()
    os.close(reader)
    return open(writer, "w")


def without_room():
    return open("/dev/full", "w")


ENDS = [
    pytest.param(without_reader, "", id="a reader that has gone"),
    pytest.param(
        without_room,
        "The output could not be written: No space left on device.\n",
        marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file that is always full"),
        id="a full disk",
    ),
]


@pytest.mark.parametrize(("output", "told"), ENDS)
def test_output_that_cannot_be_written_ends_the_command_with_a_sentence_if_anybody_is_there(tmp_path, output, told):
    with output() as stream:
        ended = run_command("--version", tmp_path, stdout=stream, stderr=subprocess.PIPE)
        assert (ended.returncode, ended.stderr) == (1, told)
        assert run_command("--epochs -1", tmp_path, stdout=stream, stderr=stream).returncode == 2


@pytest.mark.parametrize(("output", "told"), ENDS)
def test_so_does_a_training_without_a_window_whose_picture_is_there(tmp_path, monkeypatch, capsys, output, told):
    with output() as stream:  # closing it would raise, as the end of Python would complain, if something were left
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["--screenshot", str(tmp_path / "a.png"), "--epochs", "0", "--width", "4"]) == 1
    assert capsys.readouterr().err == told
    assert not QImage(str(tmp_path / "a.png")).isNull()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that can close a stream")
def test_a_training_without_a_window_says_nothing_on_stderr_even_if_its_output_is_closed(tmp_path):
    shell = ["sh", "-c", f"{sys.executable} -m visualdl --screenshot a.png --epochs 1 >&-"]
    ended = subprocess.run(shell, cwd=tmp_path, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert not QImage(str(tmp_path / "a.png")).isNull()


def test_the_picture_of_a_preset_shows_its_paragraph(tmp_path):
    preset = Preset("Some", "Look at this.", SMALL, epochs=2)
    last = train_and_picture(
        SMALL,
        preset=preset,
        epochs=1,
        file=tmp_path / "a.png",
        size=(1100, 700),
        theme="Light",
        on_frame=lambda _frame: None,
    )
    assert (last.run, last.snapshot.epoch) == (1, 1)
    take(tmp_path / "b.png", epochs=1, size=(1100, 700))
    with_paragraph, without = (QImage(str(tmp_path / name)) for name in ("a.png", "b.png"))
    assert with_paragraph.pixelColor(20, 75).lightness() > without.pixelColor(20, 75).lightness()
