"""What the tests of the network page share: moments of small networks with their neurons, a page, and a hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

import minidl
from tests.visualdl.gui.finding import place_in
from tests.visualdl.watched import Watched, frame_of
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.gui.theme import LIGHT
from visualdl.gui.views.network.page import NetworkPage
from visualdl.training.model.networks import build_network
from visualdl.training.values.pictures import NeuronMaps

SIDE = 9


@torch.inference_mode()
def maps_of(experiment):
    """What every neuron of the experiment's network says at its start."""
    side = torch.linspace(-1, 1, SIDE)
    x = torch.stack(torch.meshgrid(side, side, indexing="xy"), dim=-1).reshape(-1, 2)
    outputs = [x]
    for module in build_network(experiment).modules:
        x = module.forward(x)
        if not isinstance(module, minidl.Linear):
            outputs.append(x)
    scales = tuple(output.abs().amax(0).clamp_min(1e-6).numpy() for output in outputs)
    levels = tuple(
        (output / torch.tensor(scale) * 127 + 128).round().byte().T.reshape(-1, SIDE, SIDE).numpy()
        for output, scale in zip(outputs, scales, strict=True)
    )
    return NeuronMaps(levels, scales)


@pytest.fixture(scope="session")
def moment():
    """Return a network's first snapshot, with its neurons: of hidden layers of these widths."""
    known = {}

    def of(*widths, activation="Tanh"):
        if (widths, activation) not in known:
            layers = tuple(Layer(width, activation) for width in widths)
            experiment = Experiment().with_hidden(layers) if layers else Experiment(depth=0)
            session = Watched(experiment)
            session.advance()
            known[widths, activation] = replace(session.snapshot(), neurons=maps_of(experiment))
        return known[widths, activation]

    return of


@pytest.fixture
def changed():
    """Return a snapshot in which one number is another."""

    def change(snapshot, place, value, **others):
        array = np.array(snapshot.weights[place.name])
        array[place.position] = value
        return replace(snapshot, weights={**snapshot.weights, place.name: array}, **others)

    return change


@pytest.fixture
def page(qtbot):
    """A shown page that keeps what it says in `said`, by signal."""
    page = NetworkPage(LIGHT)
    qtbot.addWidget(page)
    page.resize(440, 560)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.said = SimpleNamespace(experiments=[], focus=[], numbers=[], locks=[], sentences=[], keep=[])
    page.experiment_wanted.connect(page.said.experiments.append)
    page.focus_wanted.connect(page.said.focus.append)
    page.number_wanted.connect(lambda *number: page.said.numbers.append(number))
    page.lock_wanted.connect(lambda *lock: page.said.locks.append(lock))
    page.hovered.connect(page.said.sentences.append)
    page.keep_weights_toggled.connect(page.said.keep.append)
    return page


@pytest.fixture
def show(page):
    """Return what shows a moment of the experiment that is asked for, as the window does."""

    def of(snapshot):
        page.show_experiment(snapshot.experiment)
        page.draw(frame_of(snapshot))

    return of


@pytest.fixture
def find(page):
    """Return the shown widget of the page that has an accessible name."""
    from PySide6.QtWidgets import QWidget

    def of(name):
        found = [widget for widget in page.findChildren(QWidget) if widget.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} widgets are called {name!r}"
        return found[0]

    return of


@pytest.fixture
def mouse(page, find):
    """A mouse over the diagram, that knows where a neuron, a bias and a link are."""

    class Mouse:
        def __init__(self):
            self.diagram = find("Network diagram")

        def place(self, target):
            return place_in(self.diagram, target)

        def move(self, target):
            place = self.place(target)
            QTest.mouseMove(self.diagram.viewport(), place + QPoint(1, 1))
            QTest.mouseMove(self.diagram.viewport(), place)

        def leave(self):
            from PySide6.QtCore import QEvent
            from PySide6.QtWidgets import QApplication

            QApplication.sendEvent(self.diagram, QEvent(QEvent.Type.Leave))

        def click(self, target):
            QTest.mouseClick(self.diagram.viewport(), Qt.MouseButton.LeftButton, pos=self.place(target))

    return Mouse()
