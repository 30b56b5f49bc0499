"""`python -m tests.soak`: which search is begun, what is printed, and which exit code the verdict has."""

import signal
import sys
from types import ModuleType

import pytest

from tests.soak import __main__ as soak_command


@pytest.fixture
def searches(monkeypatch):
    """Stand in for all three searches; return what was asked for, and the faults to find."""
    asked, faults = [], []
    for name in ("_soak", "_check", "_train"):
        monkeypatch.setattr(
            soak_command, name, lambda *asked_for, name=name: (asked.append((name, *asked_for)), tuple(faults))[1]
        )
    return asked, faults


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ("_soak", 3600.0, 0)),
        (["--minutes", "1", "--seed", "7"], ("_soak", 60.0, 7)),
        (["--checked", "--minutes", "0.5"], ("_check", 30.0, 0)),
        (["--steps", "10000000"], ("_train", 10_000_000)),
    ],
)
def test_it_searches_for_what_is_asked_for(searches, capsys, arguments, asked):
    assert soak_command.main(arguments) == 0
    assert searches[0] == [asked]
    assert capsys.readouterr().out == "Nothing broke, leaked or slowed down.\n"


def test_a_fault_is_told_and_fails(searches, capsys):
    searches[1].append("Memory has grown by 30.0 MB, from 540.0 to 570.0 MB.")
    assert soak_command.main([]) == 1
    assert capsys.readouterr().out == "Memory has grown by 30.0 MB, from 540.0 to 570.0 MB.\n"


def test_an_interrupt_ends_it_without_a_traceback(monkeypatch, capsys):
    def interrupt(*_asked):
        raise KeyboardInterrupt

    monkeypatch.setattr(soak_command, "_soak", interrupt)
    assert soak_command.main([]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "module", "function"),
    [
        ([], "soak", "soak"),
        (["--checked"], "monkey", "check_for"),
        (["--steps", "1000"], "long_run", "run_long"),
    ],
)
def test_ctrl_c_while_qt_is_being_loaded_is_not_lost(monkeypatch, capsys, arguments, module, function):
    loaded = []

    class Loading(ModuleType):
        def __getattr__(self, name):
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:  # as a library does that tries to load another one
                return lambda *_asked: ()
            loaded.append(name)
            return None

    monkeypatch.setitem(sys.modules, f"tests.soak.{module}", Loading(module))
    assert soak_command.main(arguments) == 130
    assert function in loaded
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--minutes", "0"], "Minutes must be a number from 0.5 to 100000, not 0.0."),
        (["--seed", "x"], "Seed must be a whole number from 0 to 999999, not 'x'."),
        (["--steps", "1e7"], "Steps must be a whole number from 1000 to 1e+10, not '1e7'."),
        (["--steps", "1000", "--checked"], "python -m tests.soak does not understand this"),
    ],
)
def test_what_cannot_be_is_refused(searches, capsys, arguments, sentence):
    assert soak_command.main(arguments) == 2
    assert sentence in capsys.readouterr().err
    assert searches[0] == []
