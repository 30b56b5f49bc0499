"""The journal remembers the latest acts, and one that raised, too."""

import pytest

from visualdl.gui.soaking.journal import REMEMBERED, Journal


def test_the_latest_acts_are_remembered_with_their_numbers():
    journal = Journal()
    for number in range(100):
        assert journal.keep(lambda number=number: f"turn {number}") == f"turn {number}"
    lines = journal.told().splitlines()
    assert journal.acts == 100
    assert len(lines) == REMEMBERED
    assert lines[-1].strip() == "100. turn 99"


def test_an_act_that_raises_counts_and_is_told():
    journal = Journal()
    with pytest.raises(ZeroDivisionError):
        journal.keep(lambda: str(1 / 0))
    assert journal.told().strip() == "1. what raised this"
