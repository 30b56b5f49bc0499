"""What the window says where nothing can be written, and that it goes on; and two windows that remember at once."""

import sys

import pytest
from PySide6.QtCore import QSettings

from visualdl import cli
from visualdl.experiment.experiment import Experiment
from visualdl.gui.window.main_window import MainWindow
from visualdl.gui.window.window_settings import user_settings

if sys.platform == "win32":
    pytest.skip("these faults are made with what Windows does not have", allow_module_level=True)

from tests.faults.disk import files_no_larger_than
from tests.visualdl.gui.finding import actions, message
from tests.visualdl.gui.remembering import memory_of

SMALL = Experiment(depth=1, width=60, samples=200)


@pytest.mark.no_qt_log  # Qt has words of its own for it
def test_a_window_tells_in_one_sentence_that_there_is_no_room_and_goes_on(qtbot, tmp_path, monkeypatch):
    def export_data(file):
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(file), ""))
        actions(window)["Export data …"].trigger()

    window = MainWindow(SMALL)
    qtbot.addWidget(window)
    window.show()
    window.begin_seeds(5, with_torch=False)
    qtbot.waitUntil(lambda: window.snapshot is not None and window.frame.seeds is not None)
    window.play_seeds(False)
    saves = {
        "a.safetensors": (window.save_weights, "The weights"),
        "runs.csv": (window.export_runs, "The runs"),
        "points.csv": (export_data, "The data"),
    }
    for name, (save, what) in saves.items():
        file = tmp_path / name
        file.write_bytes(b"old")
        with files_no_larger_than(10):
            save(file)
        assert message(window) == f"{what} could not be saved to {name}: File too large."
        assert file.read_bytes() == b"old"
    window.train_step()
    qtbot.waitUntil(lambda: window.snapshot.step == 1)
    with files_no_larger_than(10):
        window.close()


@pytest.mark.no_qt_log
def test_a_home_that_cannot_be_written_is_none_of_the_windows_business(qtbot, tmp_path):
    (tmp_path / "config").write_text("a file where a folder should be")
    window = MainWindow(SMALL)
    qtbot.addWidget(window)
    window.set_theme_name("Dark")
    qtbot.waitUntil(lambda: window.snapshot is not None)
    window.close()
    assert user_settings().value("theme") in (None, "Dark")


def test_settings_that_cannot_be_removed_are_not_looked_at(qtbot, tmp_path, monkeypatch):
    file = tmp_path / "settings.ini"
    file.write_bytes(b"[General]\ntheme=Dark\nfigures=@Variant(\\0\\0\\0\\t\\xff\\xff\\x3\\0)\n")
    monkeypatch.setattr(
        "pathlib.Path.unlink", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    window = MainWindow(SMALL, settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    assert actions(window)["System"].isChecked()
    window.close()
    assert b"theme=Dark" in file.read_bytes()


def test_two_windows_at_once_leave_settings_that_can_be_read(qtbot, tmp_path):
    file = tmp_path / "settings.ini"
    windows = [MainWindow(SMALL, settings=QSettings(str(file), QSettings.Format.IniFormat)) for _ in range(2)]
    for window, theme in zip(windows, ("Dark", "Light"), strict=True):
        qtbot.addWidget(window)
        window.set_theme_name(theme)
    memories = [memory_of(window, QSettings(str(file), QSettings.Format.IniFormat)) for window in windows]
    for _ in range(5):
        for memory in memories:
            memory.save()
    for window in windows:
        window.close()
    again = MainWindow(SMALL, settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert actions(again)["Light"].isChecked()
    again.close()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["bench", "--json", "/dev/full"], "No figures can be written to '/dev/full'"),
        (["bench", "--json", "loop"], "No figures can be written to 'loop'"),
        (["paper", "--out", "loop"], "No report can be written to 'loop'"),
        (["presets", "--out", "loop"], "No pictures can be written to 'loop'"),
        (["--screenshot", "loop.png"], "No picture can be written to 'loop.png'"),
    ],
)
def test_a_place_that_can_hold_no_file_is_refused_before_any_work(tmp_path, monkeypatch, capsys, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    for name in ("loop", "loop.png"):
        (tmp_path / name).symlink_to(tmp_path / name)
    assert cli.main(arguments) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
