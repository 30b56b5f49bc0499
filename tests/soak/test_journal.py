"""The journal remembers the latest acts, and one that raised, too."""

import pytest

from tests.soak.journal import REMEMBERED, Journal


def test_the_latest_acts_are_remembered_with_their_numbers():
    journal = Journal(3)
    for number in range(100):
        assert journal.record(lambda number=number: f"turn {number}") == f"turn {number}"
    journal.note("look")
    head, *lines = journal.text().splitlines()
    assert head == "Seed 3, act 100:"
    assert len(lines) == REMEMBERED
    assert lines[-2:] == ["  100. turn 99", "  look"]


def test_an_act_that_raises_counts_and_is_told():
    journal = Journal(3)
    with pytest.raises(ZeroDivisionError):
        journal.record(lambda: str(1 / 0))
    assert journal.text().splitlines() == ["Seed 3, act 1:", "  1. an act that raised"]
