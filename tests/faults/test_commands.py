"""Whole commands in trouble: a disk that fills up, Ctrl-C in the middle, and a second window beside the first."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from threading import Event

import pytest

if sys.platform == "win32":
    pytest.skip("these faults are made with what Windows does not have", allow_module_level=True)

from tests.faults.disk import files_no_larger_than, full, small_disk
from visualdl import cli
from visualdl.experiment.experiment import Experiment
from visualdl.gui.measuring.results import Bench, Start
from visualdl.gui.window.main_window import MainWindow
from visualdl.gui.window.window_settings import user_settings
from visualdl.paper.files import FILES

LONG = "VISUALDL_KILLS" in os.environ  # as `make faults` has it

SMALL = Experiment(depth=1, width=3)
SOAKS = [([], 1), ([], 2), (["--steps", "20000"], 1), (["--checked"], 0)]
"""How each is begun, and how many lines it prints before the interrupt: the second one comes after twenty seconds."""

WINDOW = """
import sys
from visualdl.experiment.experiment import Experiment
from visualdl.gui import application

class Telling(application.MainWindow):
    def __init__(self, experiment):
        super().__init__(experiment)
        self.drawn.connect(lambda frame: print("It trains." if frame.snapshot.step else "It is there.", flush=True))

application.MainWindow = Telling
with application.without_offscreen_warnings():
    sys.exit(application.run_window(Experiment(depth=1, width=3), speed=1.0, train=True, theme="Light"))
"""


@pytest.fixture
def soon(monkeypatch):
    """Stand in for what takes long and writes nothing, unless there is time: the bench's measuring, the report."""
    if LONG:
        return
    machine = {"cores": "2", "processor": "a processor"}
    bench = Bench(machine, {}, "offscreen", (1100, 700), 1, 0.1, Start(0.75, 1.5, 1.75, 5), 350.0, ())
    monkeypatch.setattr("visualdl.gui.measuring.bench.run_bench", lambda *_: bench)
    monkeypatch.setattr("visualdl.paper.reproduction.reproduce", lambda *_: None)
    monkeypatch.setattr(
        "visualdl.gui.pictures.figures.paper_figures.paper_figures", lambda _: dict.fromkeys(FILES, bytes(9999))
    )
    monkeypatch.setattr("visualdl.paper.documents.documents", lambda _: {})


@pytest.mark.no_qt_log  # Qt has words of its own for it
@pytest.mark.parametrize("disk", ["of small files", "that is full"])
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("presets --out out", "No picture could be written to 'out/01-"),
        ("paper --out out --runs 1", "figure1_relu.png could not be written to 'out': "),
        ("bench --json out/b.json --rounds 1 --seconds 0.1", "The figures could not be written to 'out/b.json': "),
    ],
)
def test_a_command_without_room_for_its_files_ends_in_a_sentence(
    qapp, soon, tmp_path, monkeypatch, capsys, command, sentence, disk
):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    with ExitStack() as stack:
        if disk == "of small files":
            stack.enter_context(files_no_larger_than(10))
        elif stack.enter_context(small_disk(folder, 200_000)):
            stack.enter_context(full(folder))
        else:
            pytest.skip("no disk can be mounted here")
        code = cli.main(command.split())
        left = [each.name for each in folder.iterdir() if each.name != "rest"]
    said = capsys.readouterr().err
    assert code == 1
    assert said.startswith(sentence)
    assert said.endswith(".\n")
    assert said.count("\n") == 1
    assert left == []


@contextmanager
def started(*arguments, folder):
    """Give a process of Python's, alone in its run, whose settings and passing files are in `folder`."""
    environment = os.environ | {"XDG_CONFIG_HOME": str(folder / "config"), "TMPDIR": str(folder)}
    command = [sys.executable, *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, start_new_session=True, **streams) as process:
        try:
            yield process
        finally:
            process.kill()  # unless it has ended, as it should


@pytest.mark.parametrize(("arguments", "lines"), SOAKS if LONG else SOAKS[:1])
def test_ctrl_c_ends_a_soak_without_a_word_and_leaves_nothing(tmp_path, arguments, lines):
    with started("-m", "tests.soak", *arguments, folder=tmp_path) as program:
        for _ in range(lines):
            assert program.stdout.readline()
        while not any(tmp_path.glob("visualdl-*")):  # where its window remembers
            assert program.poll() is None
            Event().wait(0.05)
        program.send_signal(signal.SIGINT)
        _, complaints = program.communicate(timeout=60)
    assert (program.returncode, complaints) == (130, "")
    assert list(tmp_path.glob("visualdl-*")) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


def test_a_second_window_in_a_process_of_its_own_lives_beside_the_first_and_both_remember(qtbot, tmp_path):
    window = MainWindow(SMALL)
    qtbot.addWidget(window)
    window.show()
    window.set_theme_name("Dark")
    with started("-c", WINDOW, folder=tmp_path) as second:
        assert second.stdout.readline() == "It is there.\n"
        while second.stdout.readline() != "It trains.\n":
            assert second.poll() is None
        window.train_step()
        qtbot.waitUntil(lambda: window.snapshot is not None and window.snapshot.step == 1, timeout=20_000)
        second.send_signal(signal.SIGINT)
        assert second.communicate(timeout=60)[1] == ""
        assert second.returncode == 130
    theme = user_settings().value("theme")
    window.close()
    assert [theme, user_settings().value("theme")] == ["Light", "Dark"]
    assert user_settings().value("page") == "Network"
