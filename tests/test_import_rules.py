"""The import rules bite: code that breaks one of them is reported, and the code as it is breaks none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def ruff(name, code):
    """Return what ruff says, by the project's own rules, about a file of this name and content."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "--stdin-filename", name]
    return subprocess.run([*command, "-"], input=code, cwd=ROOT, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import torch.nn", "torch.nn"),
        ("from torch import nn", "torch.nn"),
        ("from torch.nn import functional", "torch.nn"),
        ("import torch.nn.functional as F", "torch.nn"),
        ("import torch\n\nnetwork = torch.nn.Linear(2, 2)", "torch.nn"),
        ("import torch\n\nstep = torch.optim.SGD([], lr=1).step", "torch.optim"),
        ("from torch.optim import SGD", "torch.optim"),
        ("import torch\n\ngrad = torch.autograd.grad", "torch.autograd"),
        ("from torch import autograd", "torch.autograd"),
        ("import torch\n\nbackward = torch.ops.aten.tanh_backward", "torch.ops"),
        ("import torch\n\ntorch.manual_seed(0)", "torch.manual_seed"),
        ("import time\n\ntime.sleep(1)", "time.sleep"),
    ],
)
@pytest.mark.parametrize("file", ["minidl/new.py", "visualdl/training/new.py", "visualdl/gui/new.py"])
def test_what_is_banned_is_reported_in_any_form(file, code, name):
    assert f"TID251 `{name}` is banned" in ruff(file, f"{code}\n")


def test_plain_tensor_operations_are_not_reported():
    assert "TID251" not in ruff("minidl/new.py", "import torch\n\nsquare = torch.zeros(2, 2) @ torch.ones(2, 2)\n")


@pytest.fixture
def copy(tmp_path):
    """A copy of both packages and of the rules."""
    for package in ("minidl", "visualdl"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder):
    """Return import-linter's exit code and what it says about the packages in `folder`."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


def test_the_code_as_it_is_keeps_every_contract(copy):
    code, report = lint_imports(copy)
    assert code == 0, report


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("visualdl/training/history.py", "import PySide6.QtCore", "Only visualdl.gui imports Qt"),
        ("visualdl/display.py", "from PySide6 import QtGui", "Only visualdl.gui imports Qt"),
        ("visualdl/cli/paper_command.py", "import pyqtgraph", "Only visualdl.gui imports Qt"),
        ("visualdl/paper/tables.py", "import PySide6.QtSvg", "Only visualdl.gui imports Qt"),
        ("visualdl/paper/tables.py", "import visualdl.gui.theme", "Nothing imports upwards"),
        ("visualdl/training/session.py", "import visualdl.paper.printed", "Nothing imports upwards"),
        ("visualdl/data/table_reader.py", "import PySide6.QtGui", "Only visualdl.gui imports Qt"),
        ("visualdl/data/own_data.py", "import torch", "The user's data is read without torch"),
        ("visualdl/data/table_reader.py", "import visualdl.experiment", "Nothing imports upwards"),
        ("minidl/linear.py", "import numpy", "minidl imports torch and the standard library, nothing else"),
        ("minidl/linear.py", "import visualdl.experiment", "Nothing imports upwards"),
        ("visualdl/experiment.py", "import visualdl.training.session", "Nothing imports upwards"),
        ("visualdl/training/session.py", "import visualdl.gui.theme", "Nothing imports upwards"),
        ("visualdl/gui/views/boundary.py", "import torch", "Views and controls see frozen values only"),
        ("visualdl/gui/controls/transport.py", "import visualdl.training.session", "Views and controls see frozen"),
    ],
)
def test_an_import_against_a_contract_is_reported(copy, file, line, contract):
    module = copy / file
    module.write_text(f"{module.read_text()}\n\n{line}\n")
    code, report = lint_imports(copy)
    assert code == 1
    broken = report[report.index("Broken contracts") :]
    assert contract in broken
