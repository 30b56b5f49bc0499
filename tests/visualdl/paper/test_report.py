"""The report on the paper: whole for any number of runs, its numbers found in the data, its links to files that are."""

import re

import numpy as np
import pytest

from visualdl.paper.documents import documents
from visualdl.paper.files import FILES
from visualdl.paper.report import report
from visualdl.paper.spread import Spread


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("runs", [1, 2, 10, 11, 500])
def test_it_is_whole_for_any_number_of_runs(made_up, runs):
    text = report(made_up(runs))
    assert re.findall(r"^#+ (.*)$", text, re.MULTILINE)[1:] == [
        "In short",
        "Figures 1 and 2: ReLU and Tanh",
        "Figure 3: the data",
        "Table I and Figure 4: training",
        "Table II: comparison with PyTorch",
        "Figure 5: how the errors spread",
        "Why our numbers are not the printed ones",
        "PyTorch's errors were counted in one byte",
        "The two frameworks took steps of different length",
        "Chance and rounding",
        "Time",
        "What the report says in words",
        "How this was made",
    ]
    assert not re.search(r"\bnan\b|\{|\}| 1 runs|None", text)
    assert f"`visualdl paper --runs {runs} --seed 0`" in text


def test_it_shows_every_picture_and_links_to_files_that_are_written(made_up):
    linked = re.findall(r"\]\(([^)]+)\)", report(made_up()))
    assert set(linked) <= set(FILES)
    assert {name for name in FILES if name.endswith(".png")} <= set(linked)
    assert set(documents(made_up())) == {name for name in FILES if not name.startswith("figure")}


def test_what_it_says_in_short_is_what_was_found(made_up):
    found = made_up(200)
    text = words(report(found))
    train, test = Spread.of(found.minidl.train).median, Spread.of(found.minidl.test).median
    assert f"After 10 epochs minidl is at {train:.1f} % and {test:.1f} %. Printed were 6.0 % and 5.3 %." in text
    assert "With the 256 errors that one overflow takes they are 30.8 % and 34.2 %" in text
    assert "minidl takes 0.26 of `torch.nn`'s CPU time. Printed was 0.87." in text


def test_it_judges_distributions_by_what_they_are(made_up):
    alike = made_up(200)
    assert "the two spread alike" in words(report(alike))
    assert "(the printed 6.0 % is within)" in words(report(alike))
    shifted = made_up(200)
    for errors in (shifted.minidl.test, shifted.minidl.train):
        np.add(errors, 10, out=errors)
    assert "the two do not quite spread alike" in words(report(shifted))
    assert "(the printed 6.0 % is outside)" in words(report(shifted))


def test_with_few_runs_it_says_what_many_would_show(made_up):
    text = words(report(made_up(10)))
    assert "That needs more than 10 runs" in text
    assert "6.5 % [4.8, 9.2]" in text
    assert "spread alike" not in text


def test_its_lines_are_short_where_markdown_lets_them_be(made_up):
    for line in report(made_up(500)).splitlines():
        assert len(line) <= 120 or line.startswith("|"), line
