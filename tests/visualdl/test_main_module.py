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

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupting())
from visualdl.__main__ import run
run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends no process by a signal")
def test_ctrl_c_while_the_program_is_being_loaded_ends_it_without_a_word():
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED_WHILE_LOADING], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")


def test_the_command_line_is_carried_out_with_the_handler_that_was_there(monkeypatch, capsys):
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sys, "argv", ["visualdl", "--version"])
    assert run() == 0
    assert capsys.readouterr().out.startswith("visualdl ")
    assert signal.getsignal(signal.SIGINT) is before
