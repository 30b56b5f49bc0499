"""How the map is shown, switched in the middle of training: the pictures change, the run and its curves do not."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsView, QToolButton

from tests.visualdl.gui.finding import actions, named, wait_for_rest
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.gui.actions import TOGGLES
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.values.snapshot_request import RESOLUTIONS

SMALL = Experiment(width=6, depth=2, batch_size=100)
CURVES = ("epochs", "train_loss", "test_loss", "train_error", "test_error")


@pytest.fixture
def window(lend):
    window = lend(SMALL)
    window.set_theme_name("Light")
    return window


def switch(window, name):
    """The action in the menu that has a name of TOGGLES."""
    return actions(window)[TOGGLES[name][0]]


def boundary(window):
    return named(window, "Decision boundary", QGraphicsView)


def color(window, x1, x2):
    """The colour in which the map shows a point of the square."""
    view = boundary(window)
    return view.grab().toImage().pixelColor(view.mapFromScene(view.box.mapViewToScene(QPointF(x1, x2)))).name()


def hide_points(window):
    switch(window, "training_points").setChecked(False)


def place(window, wanted):
    """A point of the square, away from its edges, where the output is near `wanted`."""
    inner = window.snapshot.boundary.outputs[5:-5, 5:-5]
    row, column = np.unravel_index(np.abs(inner - wanted).argmin(), inner.shape)
    return (column + 5) / 64, (row + 5) / 64


@pytest.mark.parametrize("name", [*TOGGLES, "resolution"])
def test_a_switch_in_the_middle_of_training_leaves_run_and_curves_as_they_are(qtbot, window, name):
    for _ in range(3):
        window.train_epochs(1)
        if name == "resolution":
            qtbot.keyClick(window, Qt.Key.Key_G)
        else:
            switch(window, name).toggle()
        wait_for_rest(qtbot, window)
    alone = Watched(SMALL)
    for _ in range(window.snapshot.step):
        alone.advance()
    expected = alone.snapshot()
    assert window.snapshot.step == expected.step == 30
    assert window.experiment == window.snapshot.experiment == SMALL
    assert window.frame.run == window.first_run
    for tensor, values in expected.weights.items():
        assert np.array_equal(window.snapshot.weights[tensor], values)
    assert window.frame.curves == alone.curves()


@pytest.mark.parametrize("key", ["1", "2", "4", "5", "6"])
def test_a_key_switches_what_the_map_shows(qtbot, window, key):
    action = next(action for action in actions(window).values() if action.shortcut().toString() == key)
    before = action.isChecked()
    qtbot.keyClick(window, key)
    assert action.isChecked() is not before


def test_discrete_maps_show_the_class_alone(qtbot, window):
    window.train_epochs(3)
    wait_for_rest(qtbot, window)
    hide_points(window)
    unsure = [place(window, wanted) for wanted in (-0.3, 0.3)]
    ends = {LIGHT.color("negative").name(), LIGHT.color("positive").name()}
    assert not {color(window, *point) for point in unsure} & ends
    switch(window, "discrete").setChecked(True)
    assert [color(window, *point) for point in unsure] == [LIGHT.negative, LIGHT.positive]
    window.set_theme_name("Dark")
    assert [color(window, *point) for point in unsure] == [DARK.negative, DARK.positive]
    window.set_theme_name("Light")
    switch(window, "discrete").setChecked(False)
    assert not {color(window, *point) for point in unsure} & ends


def test_the_neurons_tiles_and_the_key_are_discrete_with_the_map(qtbot, window):
    def colors():
        image = named(window, "Color key").grab().toImage()
        return {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}

    before = named(window, "Network").grab().toImage()
    smooth = colors()
    switch(window, "discrete").setChecked(True)
    assert len(smooth - colors()) > 15
    assert named(window, "Network").grab().toImage() != before


def test_the_contour_is_shown_unless_it_is_switched_off(qtbot, window):
    window.train_epochs(3)
    wait_for_rest(qtbot, window)
    hide_points(window)
    line = max(window.snapshot.boundary.contour, key=len)
    point = line[len(line) // 2]
    assert QColor(color(window, *point)).lightness() < 90
    switch(window, "contour").setChecked(False)
    assert QColor(color(window, *point)).lightness() > 150


def test_level_lines_are_asked_for_only_while_they_are_shown(qtbot, window):
    for shown in (True, False):
        switch(window, "level_lines").setChecked(shown)
        wait_for_rest(qtbot, window)
        assert bool(window.snapshot.boundary.levels) is shown


def test_the_resolution_is_seen_at_rest_and_the_key_goes_through_all(qtbot, window):
    sides = []
    for _ in range(len(RESOLUTIONS) + 1):
        wait_for_rest(qtbot, window)
        sides.append(len(window.snapshot.boundary.outputs))
        qtbot.keyClick(window, Qt.Key.Key_G)
    assert sides == [65, 129, 193, 33, 65]


def test_another_page_keeps_resolution_and_lines(qtbot, window):
    actions(window)["Fine (129 × 129)"].trigger()
    switch(window, "level_lines").setChecked(True)
    window.show_page("Hidden plane")
    wait_for_rest(qtbot, window)
    assert window.snapshot.boundary.outputs.shape == (129, 129)
    assert window.snapshot.boundary.levels


def test_how_the_map_is_shown_is_remembered(qtbot, tmp_path):
    def make():
        window = MainWindow(SMALL, settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        return window

    window = make()
    actions(window)["Coarse (33 × 33)"].trigger()
    for name in ("contour", "level_lines", "discrete"):
        switch(window, name).toggle()
    window.close()
    again = make()
    again.set_theme_name("Light")
    wait_for_rest(qtbot, again)
    assert actions(again)["Coarse (33 × 33)"].isChecked()
    assert again.snapshot.boundary.outputs.shape == (33, 33)
    assert again.snapshot.boundary.levels
    hide_points(again)
    switch(again, "level_lines").setChecked(False)
    shown = {color(again, x / 10 + 0.03, x / 10) for x in range(1, 10)}
    assert shown <= {LIGHT.negative, LIGHT.positive}, "it is discrete"
    assert not switch(again, "contour").isChecked()
    again.close()


def test_what_is_used_at_the_map_is_in_a_menu_beside_it(window):
    button = named(window, "Map options", QToolButton)
    texts = [action.text() for action in button.menu().actions()]
    assert texts == ["Contour", "Level lines", "Discretise", "Map resolution"]
    assert button.accessibleDescription()
