"""What is on show, found as a user finds it: widgets by their names, actions by their texts, and what plots draw."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from visualdl.gui.controls.experiment_panel import ExperimentPanel
from visualdl.gui.engine.engine_client import EngineClient


def named(root, name, kind=QWidget):
    """Return the one widget of a kind, anywhere in `root`, that has an accessible name."""
    found = [widget for widget in root.findChildren(kind) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} widgets are called {name!r}"
    return found[0]


def actions(window):
    """Return all that is in the window's menus and in the menus in these, by the texts there."""
    found, menus = {}, [window.menuBar()]
    while menus:
        for action in menus.pop().actions():
            if action.menu() is None:
                found[action.text()] = action
            else:
                menus.append(action.menu())
    return found


def message(window):
    """Return the sentence in the window's message bar, "" if none is on show."""
    label = named(window, "Message", QLabel)
    return str(label.text()) if label.isVisible() else ""


def status(window):
    """Return what the window's status bar says: what is under the mouse, and where training is."""
    return "   ".join(label.text() for label in window.statusBar().findChildren(QLabel))


def experiment_on_controls(window):
    """Return the experiment that the window's controls show."""
    return window.findChild(ExperimentPanel).experiment()


def is_at_rest(window):
    """Say whether the window shows all that was asked for, and trains no more."""
    return window.snapshot is not None and window.findChild(EngineClient).is_at_rest()


def wait_for_rest(qtbot, window):
    """Wait until the window shows all that was asked for, and trains no more."""
    qtbot.waitUntil(lambda: is_at_rest(window), timeout=20_000)


def visible_texts(root):
    """Return what the visible labels in `root` say."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible()]


def items_on(plot, kind):
    """Return the items of exactly this kind that are to be seen on a plot, the hindmost first."""
    items = plot.sheet.scene().items(Qt.SortOrder.AscendingOrder)
    return [item for item in items if type(item) is kind and item.isVisible()]


def picture(widget):
    """Return how a widget looks, (rows, columns, 4): red, green, blue and alpha."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def places_of(plot, pixels):
    """Return the places, (places, 2), in a plot's data coordinates, of the pixels (rows, columns) that are True."""
    rows, columns = np.nonzero(pixels)
    scene = [plot.mapToScene(QPoint(int(x), int(y))) for x, y in zip(columns, rows, strict=True)]
    return np.array([plot.box.mapSceneToView(place).toTuple() for place in scene]).reshape(-1, 2)


def place_in(diagram, target):
    """Return where a neuron, a bias or a link is in the network diagram, to point at it."""
    if hasattr(target, "position") and len(target.position) == 1:
        left, top, side = diagram.arrangement.tile(diagram.index.topology.ends(target)[1])
        return QPoint(left - 2, top + side // 2)
    return diagram.place_of(target)
