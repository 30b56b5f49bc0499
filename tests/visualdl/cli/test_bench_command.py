"""`visualdl bench`: a table on the terminal, all figures in a file, and refusals before any time is spent."""

import json

import pytest

from visualdl import cli
from visualdl.cli import bench_command
from visualdl.gui.measuring.results import Bench, Case, Start

CASES = (
    Case("3 x 25", 2000.0, 1200.0, 0.6, 58.5, 16.2, 40.0, 20.0, 35.0, 400.0),
    Case("8 x 128", 20.0, 10.0, 0.5, 12.0, 46.2, 80.0, 120.0, 235.0, 1400.0),
)


@pytest.fixture
def measured(monkeypatch):
    """Stand in for the measuring; return what was asked for."""
    asked = []

    def measure(rounds, seconds):
        asked.append((rounds, seconds))
        return Bench(
            {"cores": "2", "processor": "a processor"}, {}, "offscreen", (1100, 700), rounds, seconds,
            Start(0.75, 1.5, 1.75, 5), 350.0, CASES,
        )  # fmt: skip

    monkeypatch.setattr(bench_command, "_measure", measure)
    return asked


def test_it_prints_a_table_and_writes_all_figures(tmp_path, measured, capsys):
    file = tmp_path / "bench.json"
    assert cli.main(["bench", "--json", str(file), "--rounds", "3", "--seconds", "0.5"]) == 0
    assert measured == [(3, 0.5)]
    out, err = capsys.readouterr()
    assert err == ""
    rows = [line.split() for line in out.splitlines()]
    assert ["3", "x", "25", "2,000", "1,200", "0.60", "58.5", "16.2", "40.0", "20.0", "35.0", "400"] in rows
    assert len({len(line) for line in out.splitlines() if " x 25" in line or " x 128" in line}) == 1, "aligned"
    assert "window 0.75 s after the command, first map in it 1.50 s, first trained one 1.75 s; 350 MB at rest" in out
    assert json.loads(file.read_text())["cases"][1]["gap_longest"] == 80.0


def test_five_rounds_of_two_seconds_unless_told_otherwise(measured):
    assert cli.main(["bench"]) == 0
    assert measured == [(5, 2.0)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rounds", "0"], "Rounds must be a whole number from 1 to 100, not 0."),
        (["--seconds", "nan"], "Seconds must be a number from 0.1 to 60, not nan."),
        (["--json", ""], "No figures can be written to '': it must be a file in a folder that exists."),
        (["--json", "no/such/folder/b.json"], "it must be a file in a folder that exists."),
        (["--jsn", "x"], "visualdl bench does not understand this"),
    ],
)
def test_what_cannot_be_is_refused_before_measuring(measured, capsys, arguments, sentence):
    assert cli.main(["bench", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1
    assert measured == []


def test_a_file_that_cannot_be_written_in_the_end_is_told(tmp_path, measured, capsys, monkeypatch):
    def fail(_file, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bench_command, "write_whole", fail)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["bench", "--json", "b.json"]) == 1
    assert capsys.readouterr().err.endswith(" 'b.json': No space left on device.\n")
