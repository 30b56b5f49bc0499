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


UPWARDS, QT = "Nothing imports upwards", "Only visualdl.gui imports Qt"
AGAINST_CONTRACTS = [
    ("visualdl.training.run.history", "PySide6.QtCore", QT),
    ("visualdl.process.display", "PySide6.QtGui", QT),
    ("visualdl.cli.paper_command", "pyqtgraph", QT),
    ("visualdl.paper.tables", "PySide6.QtSvg", QT),
    ("visualdl.paper.tables", "visualdl.gui.theme", UPWARDS),
    ("visualdl.training.run.run", "visualdl.paper.printed", UPWARDS),
    ("visualdl.data.table_reader", "PySide6.QtGui", QT),
    ("visualdl.data.own_data", "torch", "The user's data is read without torch"),
    ("visualdl.data.table_reader", "visualdl.experiment.experiment", UPWARDS),
    ("minidl.linear", "numpy", "minidl imports torch and the standard library, nothing else"),
    ("minidl.linear", "visualdl.experiment.experiment", UPWARDS),
    ("visualdl.experiment.experiment", "visualdl.training.run.run", UPWARDS),
    ("visualdl.training.run.run", "visualdl.gui.theme", UPWARDS),
    ("visualdl.gui.views.boundary.boundary", "torch", "Views and controls see frozen values only"),
    ("visualdl.gui.controls.transport", "visualdl.training.run.run", "Views and controls see frozen values only"),
]


def test_every_import_against_a_contract_is_reported_under_it(copy):
    for module, imported, _ in AGAINST_CONTRACTS:
        file = copy / f"{module.replace('.', '/')}.py"
        file.write_text(f"{file.read_text()}\n\nimport {imported}\n")
    code, report = lint_imports(copy)
    assert code == 1
    broken = report[report.index("Broken contracts") :]
    starts = {contract: broken.index(f"\n{contract}\n---") for _, _, contract in AGAINST_CONTRACTS}
    for module, imported, contract in AGAINST_CONTRACTS:
        end = min((start for start in starts.values() if start > starts[contract]), default=len(broken))
        # of another distribution, the contracts know only its outermost package
        name = imported if imported.startswith("visualdl") else imported.partition(".")[0]
        assert f"{module} -> {name} (l." in broken[starts[contract] : end], f"{module} imports {imported}\n{broken}"
