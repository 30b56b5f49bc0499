"""A user who does one thing after the other at random; the same seed does the same, as far as the window does."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QMenu,
    QScrollBar,
    QTabWidget,
    QWidget,
)

from tests.soak import widget_actions as widget_actions
from visualdl.gui.controls.feature_controls import FormulaField
from visualdl.gui.user_data.user_data import UserData
from visualdl.gui.views.network.diagram import Diagram
from visualdl.gui.window.main_window import MainWindow

ASK_FOR_FILES = ("Export runs",)
"""Buttons that open the system's dialog for files, in which nobody would answer."""

NOT_PRESSED = ("Quit", "About visualdl")
"""Actions that end all, or open what waits for an answer; so do those whose text ends in …"""

UNTOUCHED_WHEN_UNPACED = ("Speed", "Speed slider")

TABLES = (
    "x1,x2,label\n0,0,red\n1,0,red\n0,1,green\n1,1,green\n0.5,0.2,red\n",
    "a;b;c\n-3,5;10;1\n2,5;-10;2\n0,5;3;3\n7,5;4;1\n-1,5;8;2\n",
    "x1,x2,label\n1,2,one\n",
    "no table",
    "",
)
SIZES = ((1100, 700), (1600, 1000), (900, 620), (1280, 800))


class RandomUser:
    """Acts on a `window`, and puts files into `folder`. A `paced` one changes the speed of training, too."""

    def __init__(self, window: MainWindow, chance: Random, folder: Path, *, paced: bool) -> None:
        self.window, self._chance, self._folder, self._paced = window, chance, folder, paced
        self._acts: dict[Callable[[], str], int] = {
            self._use(QAbstractSlider, widget_actions.slide): 12,
            self._use(QAbstractSpinBox, widget_actions.set_number): 10,
            self._use(QAbstractSpinBox, widget_actions.type_number): 6,
            self._use(QComboBox, widget_actions.choose): 12,
            self._use(QAbstractButton, widget_actions.press): 16,
            self._use(FormulaField, widget_actions.type_formula): 3,
            self._use(QGraphicsView, widget_actions.touch): 14,
            self._trigger: 8,
            self._undo_or_redo: 5,
            self._train_on: 6,
            self._turn_to_page: 5,
            self._open_number: 4,
            self._begin_seeds: 1,
            self._paste: 3,
            self._import: 2,
            self._export: 1,
            self._save_and_open_weights: 2,
            self._resize: 1,
        }

    def act(self) -> str:
        """Do one thing, and say what it was. An open dialog is answered first."""
        dialogs = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        if dialogs:
            return self._answer(dialogs[0])
        (act,) = self._chance.choices(list(self._acts), list(self._acts.values()))
        return act()

    def _use(self, kind: type[QWidget], move: Callable[[QWidget, Random], str]) -> Callable[[], str]:
        def use() -> str:
            found = [each for each in self.window.findChildren(kind) if self._is_in_reach(each)]
            return move(self._chance.choice(found), self._chance) if found else f"look for a {kind.__name__}"

        return use

    def _is_in_reach(self, widget: QWidget) -> bool:
        name = widget.accessibleName()
        if not (widget.isVisible() and widget.isEnabled()) or isinstance(widget, QScrollBar):
            return False
        if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            return False
        if isinstance(widget, QComboBox):
            return widget.count() > 0
        if isinstance(widget, QAbstractButton) and getattr(widget, "menu", lambda: None)() is not None:
            return False
        return name not in ASK_FOR_FILES and (self._paced or name not in UNTOUCHED_WHEN_UNPACED)

    def _trigger(self) -> str:
        return self._trigger_one_of([each for each in self._actions() if _may_be_triggered(each)])

    def _trigger_one_of(self, actions: list[QAction]) -> str:
        action = self._chance.choice(actions)
        text = action.text()
        action.trigger()  # does nothing while it is disabled
        return f"trigger {text!r}"

    def _actions(self) -> list[QAction]:
        menus = self.window.menuBar().findChildren(QMenu)
        return [each for menu in menus for each in menu.actions() if each.menu() is None and not each.isSeparator()]

    def _undo_or_redo(self) -> str:
        words = ("Undo", "Redo")
        return self._trigger_one_of([each for each in self._actions() if each.text().startswith(words)])

    def _train_on(self) -> str:
        training = self._chance.random() < 0.7
        self.window.set_training(training)
        return "train" if training else "pause"

    def _turn_to_page(self) -> str:
        tabs = self.window.findChild(QTabWidget)
        title = self._chance.choice([*(tabs.tabText(place) for place in range(tabs.count())), None])
        self.window.show_page(title)
        return f"show the page {title}"

    def _open_number(self) -> str:
        """Open the editor of a weight or bias, as a click on its link does."""
        diagram = self.window.findChild(Diagram)
        index = diagram.index
        if index is None or not diagram.isVisible():
            return "look for the diagram"
        neuron = self._chance.choice(index.neurons_with_bias)
        sources, topology = index.topology.widths[neuron.layer - 1], index.topology
        source = self._chance.randrange(sources + 1)  # the last one is the bias
        place = topology.incoming(neuron, source) if source < sources else topology.bias(neuron)
        diagram.clicked.emit(place, QPoint(self._chance.randrange(300), self._chance.randrange(300)))
        return f"open {place}"

    def _begin_seeds(self) -> str:
        count, with_torch = self._chance.randint(1, 6), self._chance.random() < 0.5
        self.window.begin_seeds(count, with_torch=with_torch)
        return f"train {count} seeds{' with torch.nn' if with_torch else ''}"

    def _paste(self) -> str:
        text = self._chance.choice(TABLES)
        QApplication.clipboard().setText(text)
        next(each for each in self._actions() if each.text() == "Paste data").trigger()
        return f"paste {text!r}"

    def _import(self) -> str:
        text, file = self._chance.choice(TABLES), self._folder / "points.csv"
        file.write_text(text)
        self.window.findChild(UserData).files.import_file(file)
        return f"import {text!r}"

    def _export(self) -> str:
        self.window.findChild(UserData).export_data(self._folder / "exported.csv")
        self.window.export_runs(self._folder / "runs.csv")
        return "export data and runs"

    def _save_and_open_weights(self) -> str:
        file = self._folder / "network.safetensors"
        if not file.exists() or self._chance.random() < 0.5:
            self.window.save_weights(file)
            return "save the weights"
        self.window.open_weights(file)
        return "open the weights"

    def _resize(self) -> str:
        size = self._chance.choice(SIZES)
        self.window.resize(*size)
        return f"resize to {size}"

    def _answer(self, dialog: QDialog) -> str:
        if self._chance.random() < 0.4:
            boxes = dialog.findChildren(QComboBox)
            return widget_actions.choose(self._chance.choice(boxes), self._chance) if boxes else "look for a list"
        buttons = [each for each in dialog.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        return widget_actions.press(self._chance.choice(buttons), self._chance)


def _may_be_triggered(action: QAction) -> bool:
    return (
        action.isEnabled()
        and action.isVisible()
        and not action.text().endswith("…")
        and action.text() not in NOT_PRESSED
    )
