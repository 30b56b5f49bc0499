"""The tour: what a user comes to sooner or later is used once, before anything is measured that may not grow."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QTabWidget

from visualdl.experiment import CHOICES, SPEED, Experiment
from visualdl.gui.data_edits import present_points
from visualdl.gui.main_window import MainWindow
from visualdl.gui.measuring.gauges import live
from visualdl.gui.own_data import OwnDataPart
from visualdl.gui.soaking.waiting import wait_until

A_LOOK = 0.1  # seconds on each page
LARGEST = Experiment(depth=8, width=128, samples=100_000, learning_rate=1e-5)
KINDS = ("dataset", "hidden_activation", "loss", "optimizer", "initialization", "batch_norm", "penalty", "schedule")
SIX_CLASSES = Experiment(dataset="Rings", classes=6, dropout=0.2)
SIZE = 1600, 1000


def tour(window: MainWindow, folder: Path, must_end: Callable[[], bool]) -> None:
    """Show the largest experiment on all pages, and all kinds of experiments, in a large window, dark, finely drawn.

    As many own points as there can be are written into `folder` and read again. So libraries are loaded, 130 MB with
    torch.nn and its optimisers, and memory has been as full as it gets.
    """
    size = window.size()
    window.begin_seeds(1, with_torch=True)
    wait_until(lambda: window.snapshot.seeds is not None and window.snapshot.seeds.step > 0, "train seeds")
    window.play_seeds(False)
    window.set_speed(SPEED.maximum)
    window.resize(*SIZE)
    window.set_theme_name("Dark")
    actions = [each for menu in window.menuBar().findChildren(QMenu) for each in menu.actions()]
    next(each for each in actions if each.text().startswith("Finest")).trigger()
    for experiment in (LARGEST, SIX_CLASSES, *_kinds()):
        if must_end():
            return
        _visit(window, experiment)
        if experiment is LARGEST:
            _write_and_read_own_points(window, folder)
    next(each for each in actions if each.text().startswith("Usual")).trigger()
    window.set_training(False)
    window.want(Experiment())
    window.set_theme_name("Light")
    window.resize(size)


def _kinds() -> list[Experiment]:
    kinds = (Experiment().choose(name, kind) for name in KINDS for kind in CHOICES[name].names if kind != "Own")
    return list(dict.fromkeys(kinds))


def _write_and_read_own_points(window: MainWindow, folder: Path) -> None:
    points, network = folder / "points.csv", folder / "network.safetensors"
    own = Experiment().with_own(present_points(window.experiment))
    _visit(window, own)
    window.findChild(OwnDataPart).export_data(points)
    window.save_weights(network)
    window.open_weights(network)
    for file in (points, network):  # else the user would open them
        file.unlink()


def _visit(window: MainWindow, experiment: Experiment) -> None:
    window.want(experiment)
    window.set_training(True)
    wait_until(lambda: window.snapshot.experiment == experiment, "show another experiment")
    tabs = window.findChild(QTabWidget)
    everywhere = (*map(tabs.tabText, range(tabs.count())), None)
    for page in everywhere if experiment in (LARGEST, SIX_CLASSES) else ("Network",):
        window.show_page(page)
        live(A_LOOK)
