"""The program's very first moments, before its command line is read."""

import signal
import subprocess
import sys

import pytest

from visualdl.__main__ import run

INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "visualdl.cli":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, getattr(signal, sys.argv.pop(1)))
sys.argv.append("--version")
sys.meta_path.insert(0, Interrupting())
from visualdl.__main__ import run
sys.exit(run())
"""


def load(handler):
    command = [sys.executable, "-c", INTERRUPTED_WHILE_LOADING, handler]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends no process by a signal")
def test_ctrl_c_while_the_program_is_being_loaded_ends_it_without_a_word():
    ended = load("default_int_handler")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")


def test_whoever_wants_no_ctrl_c_has_none():
    ended = load("SIG_IGN")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("visualdl ")


@pytest.mark.parametrize("before", [signal.default_int_handler, signal.SIG_IGN])
def test_the_command_line_is_carried_out_with_the_handler_that_was_there(monkeypatch, capsys, before):
    handler = signal.signal(signal.SIGINT, before)
    try:
        _carry_out(monkeypatch, capsys)
        assert signal.getsignal(signal.SIGINT) is before
    finally:
        signal.signal(signal.SIGINT, handler)


def _carry_out(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["visualdl", "--version"])
    assert run() == 0
    assert capsys.readouterr().out.startswith("visualdl ")
