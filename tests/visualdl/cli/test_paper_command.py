"""`visualdl paper`: it writes the whole report or nothing, and refuses what cannot be before any time is spent."""

import json
import os
import re
import signal
from pathlib import Path

import pytest

from visualdl import cli
from visualdl.cli import paper_command
from visualdl.gui.pictures.figures import paper_figures as figures
from visualdl.paper import reproduction
from visualdl.paper.files import FILES
from visualdl.process import display
from visualdl.sentences import quoted

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def trained(monkeypatch, made_up):
    """Stand in for the training and for the drawing; return what was asked for."""
    asked = []

    def reproduce(experiment, runs, on_progress):
        asked.append((experiment, runs))
        on_progress("Runs one by one", runs, runs)
        return made_up(runs, experiment.seed)

    monkeypatch.setattr(reproduction, "reproduce", reproduce)
    monkeypatch.setattr(figures, "paper_figures", lambda _found: dict.fromkeys(FILES, b"a picture"))
    return asked


def sentence_of(capsys):
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"[^\n]+\n", err), err
    return err.strip()


def test_it_reproduces_the_report_from_end_to_end(tmp_path, capsys):
    folder = tmp_path / "new" / "report"
    assert cli.main(["paper", "--out", str(folder), "--runs", "2", "--seed", "3"]) == 0
    out, err = capsys.readouterr()
    assert err == ""  # no terminal, no progress bar
    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)
    assert all(file.stat().st_size > 50 for file in folder.iterdir())
    assert out.startswith(f"{'':<25}  Wall ms  CPU ms")
    assert out.endswith(f"The report is in {folder / 'report.md'}.\n")
    runs = json.loads((folder / "runs.json").read_text())["runs"]
    assert [run["seed"] for run in runs] == [3, 4]
    assert all(run["minidl"]["train_error"] < 40 for run in runs)


def test_ten_runs_from_seed_0_on_are_trained_unless_told_otherwise(tmp_path, trained):
    assert cli.main(["paper", "--out", str(tmp_path)]) == 0
    ((experiment, runs),) = trained
    assert (experiment.seed, runs) == (0, 10)


def test_files_of_its_names_are_replaced_and_others_left_alone(tmp_path, trained):
    for name in ("report.md", "mine.txt"):
        (tmp_path / name).write_text("before")
    assert cli.main(["paper", "--out", str(tmp_path), "--runs", "1"]) == 0
    assert (tmp_path / "report.md").read_text().startswith("# Implementing")
    assert (tmp_path / "mine.txt").read_text() == "before"
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == sorted((*FILES, "mine.txt"))


def test_a_terminal_shows_how_far_it_is(tmp_path, trained, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main(["paper", "--out", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "Runs one by one" in err
    assert "10 of 10" in re.sub(r"\x1b\[[\d;]*m", "", err)
    assert "one by one" not in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("--out new --runs 0", "Runs must be a whole number from 1 to 10000, not 0."),
        ("--out new --runs 10001", "Runs must be a whole number from 1 to 10000, not 10001."),
        ("--out new --runs many", "Runs must be a whole number from 1 to 10000, not 'many'."),
        ("--out new --seed -1", "Seed must be a whole number from 0 to 999999, not -1."),
        ("--out new --seed 999995", "Seed must be at most 999990 for 10 runs, not 999995."),
        ("--out file", "No report can be written to 'file': Not a directory."),
        ("--out file/new", "No report can be written to 'file/new': Not a directory."),
        ("--out taken", "No report can be written to 'taken': its report.md is a folder."),
        ("--out=", "No report can be written to '': that is no folder's name."),
        (f"--out new/{'a' * 300}", f"No report can be written to {quoted('new/' + 'a' * 300)}: File name too long."),
        ("--runs 3", "visualdl paper does not understand this: the following arguments are required: --out; "),
        ("--out new --width 3", "visualdl paper does not understand this: unrecognized arguments: --width 3; see "),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_leaves_nothing(
    tmp_path, trained, capsys, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    Path("taken/report.md").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    assert cli.main(["paper", *arguments.split()]) == 2
    assert sentence_of(capsys).startswith(sentence)
    assert sorted(tmp_path.rglob("*")) == before
    assert trained == []


def test_a_folder_that_cannot_be_written_to_is_refused_before_training(tmp_path, trained, capsys, monkeypatch):
    def refuse(**_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(paper_command.tempfile, "TemporaryFile", refuse)
    assert cli.main(["paper", "--out", str(tmp_path / "new")]) == 2
    assert sentence_of(capsys).endswith("/new': Permission denied.")
    assert not (tmp_path / "new").exists()
    assert trained == []


def test_without_qts_libraries_it_does_not_begin(tmp_path, trained, capsys, monkeypatch):
    monkeypatch.setattr(display, "missing_libraries", lambda _platforms: ("libEGL.so.1",))
    assert cli.main(["paper", "--out", str(tmp_path / "new")]) == 1
    assert sentence_of(capsys).startswith("Qt cannot start without libEGL.so.1")
    assert not (tmp_path / "new").exists()


def test_ctrl_c_while_training_leaves_nothing_and_no_word(tmp_path, capsys, monkeypatch):
    done = []

    def interrupted(_experiment, runs, on_progress):
        on_progress("Runs one by one", 1, runs)
        signal.raise_signal(signal.SIGINT)
        done.append("the step that had begun")
        on_progress("Runs one by one", 2, runs)
        done.append("another one")

    monkeypatch.setattr(reproduction, "reproduce", interrupted)
    assert cli.main(["paper", "--out", str(tmp_path / "new" / "report")]) == 130
    assert capsys.readouterr() == ("", "")
    assert not (tmp_path / "new").exists()
    assert done == ["the step that had begun"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_writing_leaves_no_half_written_file(tmp_path, trained, capsys, monkeypatch):
    written = []

    def interrupt_third(_descriptor):
        written.append(1)
        if len(written) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt_third)
    folder = tmp_path / "new"
    assert cli.main(["paper", "--out", str(folder)]) == 130
    assert capsys.readouterr() == ("", "")
    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES[:2])


def test_a_disk_that_is_full_is_told_in_a_sentence(tmp_path, trained, capsys, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert cli.main(["paper", "--out", str(tmp_path / "new")]) == 1
    assert re.fullmatch(
        r"figure1_relu.png could not be written to '.*/new': No space left on device\.", sentence_of(capsys)
    )
    assert not (tmp_path / "new").exists()


def test_the_help_documents_the_flags_and_names_the_command(capsys):
    assert cli.main(["--help"]) == 0
    assert f"visualdl paper: {paper_command.HELP}" in " ".join(capsys.readouterr().out.split())
    assert cli.main(["paper", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("usage: visualdl paper")
    assert "A whole number from 1 to 10000 runs; 10 unless given." in text
    assert "--seed NUMBER The seed of the first run; each other run has the next one." in text


def test_a_command_behind_other_flags_is_not_taken_for_one(capsys, trained):
    assert cli.main(["--width", "3", "paper", "--out", "new"]) == 2
    assert "unrecognized arguments: paper" in sentence_of(capsys)
