"""The pages in the window, end to end: what they ask of the training, and what they show of it."""

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QTableView,
    QTabWidget,
    QWidget,
)

from tests.visualdl.gui.finding import (
    actions,
    experiment_on_controls,
    is_at_rest,
    message,
    named,
    place_in,
    wait_for_rest,
)
from visualdl.experiment.data_choices import LAST_SEED
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.experiment.playback import SPEED
from visualdl.gui.views.seeds.page import SeedsPage
from visualdl.gui.window.main_window import MainWindow
from visualdl.training.values.parameter_index import Neuron, ParameterIndex

SMALL = Experiment(width=4, depth=1, batch_size=250)


@pytest.fixture
def window(lend):
    window = lend(SMALL)
    window.set_speed(SPEED.maximum)
    return window


def seen(qtbot, window, condition):
    qtbot.waitUntil(lambda: window.frame is not None and bool(condition(window.frame)), timeout=20_000)
    return window.frame


def press(qtbot, window, name):
    qtbot.mouseClick(named(window, name, QAbstractButton), Qt.MouseButton.LeftButton)


def diagram(window):
    return named(window, "Network diagram", QGraphicsView)


def click_on(qtbot, window, target):
    """Click on a neuron, which pins it or lets go of it, or on a bias or link, which opens its number."""
    network = diagram(window)
    where = place_in(network, target)
    assert network.target_at(*where.toTuple()) == target, "something else lies there, too"
    qtbot.mouseClick(network.viewport(), Qt.MouseButton.LeftButton, pos=where)


@pytest.fixture
def seeds(qtbot, window):
    """Three seeds that were trained for a while and rest."""
    window.show_page("Seeds")
    named(window, "Number of seeds").setValue(3)
    press(qtbot, window, "Train seeds")
    seen(qtbot, window, lambda frame: frame.seeds and frame.seeds.epoch >= 3)
    press(qtbot, window, "Pause seeds")
    return seen(qtbot, window, lambda frame: is_at_rest(window) and not frame.seeds.advancing).seeds


def test_seeds_are_trained_beside_the_run_and_pause_apart_from_it(window, seeds):
    assert window.snapshot.step == 0
    assert seeds.seeds == (0, 1, 2)
    table = named(window, "Runs", QTableView).model()
    assert table.rowCount() == 3
    assert named(window, "Train seeds", QAbstractButton).isVisible()


def test_a_run_is_opened_as_the_current_experiment_from_where_it_is(qtbot, window, seeds):
    named(window, "Runs", QTableView).selectRow(1)
    press(qtbot, window, "Open run")
    frame = seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    index = seeds.seeds.index(frame.snapshot.experiment.seed)
    assert (
        frame.snapshot.experiment == window.experiment == experiment_on_controls(window) == replace(SMALL, seed=index)
    )
    assert (frame.snapshot.step, frame.snapshot.epoch) == (seeds.step, seeds.epoch)
    assert frame.snapshot.evaluation.test_error == pytest.approx(seeds.minidl.test_error[-1, index])
    assert frame.seeds.seeds == (0, 1, 2), "the runs stay"


def test_what_acts_between_two_batches_acts_on_the_seeds_before_one_is_opened(qtbot, window, seeds):
    named(window, "Learning rate").setValue(0.002)
    window.open_seed(2)
    frame = seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    assert frame.snapshot.experiment == replace(SMALL, seed=2, learning_rate=0.002)
    assert frame.seeds.experiment.learning_rate == 0.002


def test_restart_takes_the_current_experiment(qtbot, window, seeds):
    named(window, "Width").setValue(7)
    press(qtbot, window, "Restart seeds")
    frame = seen(qtbot, window, lambda frame: frame.seeds.experiment.width == 7)
    assert frame.seeds.advancing


def test_the_runs_are_exported(window, seeds, tmp_path, monkeypatch):
    window.export_runs(tmp_path / "runs.csv")
    with (tmp_path / "runs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["seed"]) for row in rows] == [0, 1, 2]
    assert float(rows[2]["minidl_test_error"]) == seeds.minidl.test_error[-1, 2]
    window.export_runs(tmp_path / "absent" / "runs.csv")
    assert "The runs could not be saved to runs.csv" in message(window)
    monkeypatch.setattr("visualdl.gui.user_data.files.ask_where_to_save", lambda *_: tmp_path / "asked.csv")
    window.export_runs()
    assert (tmp_path / "asked.csv").exists()


def test_no_two_boxes_have_one_name(window):
    names = [
        box.accessibleName() for box in window.findChildren(QWidget) if isinstance(box, QAbstractSpinBox | QComboBox)
    ]
    assert len(names) == len(set(names)), sorted(names)


def test_without_seeds_opening_and_exporting_do_nothing(window, tmp_path):
    window.open_seed(0)
    window.export_runs(tmp_path / "runs.csv")
    assert window.experiment == SMALL
    assert not list(tmp_path.glob("*.csv"))


def test_the_last_seed_there_is_can_be_the_first_of_many(qtbot, window):
    window.want(replace(SMALL, seed=LAST_SEED))
    press(qtbot, window, "Train seeds")
    frame = seen(qtbot, window, lambda frame: frame.seeds)
    assert frame.seeds.seeds[-1] == LAST_SEED
    assert message(window) == ""


def test_a_page_that_is_not_on_show_is_not_drawn_until_it_is(qtbot, window, seeds, monkeypatch):
    window.show_page(None)
    drawn = []
    monkeypatch.setattr(SeedsPage, "draw", lambda page, frame: drawn.append(frame))
    window.train_step()
    seen(qtbot, window, lambda frame: frame.snapshot.step == 1)
    assert drawn == []
    actions(window)["Pages"].trigger()
    assert drawn == [window.frame]


def test_the_page_is_remembered_and_can_be_put_away(qtbot, tmp_path):
    def pages_of_a_window():
        window = MainWindow(SMALL, settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        return window, named(window, "Pages", QTabWidget)

    window, pages = pages_of_a_window()
    assert pages.isVisibleTo(window)
    window.show_page("Seeds")
    window.close()
    window, pages = pages_of_a_window()
    assert pages.tabText(pages.currentIndex()) == "Seeds"
    actions(window)["Pages"].trigger()
    window.close()
    window, pages = pages_of_a_window()
    assert not pages.isVisibleTo(window)
    window.close()


# ---- the network and the plane


def test_only_what_is_on_show_is_computed(qtbot, window):
    def computed():
        """What there is beside the run once the window is at rest."""
        wait_for_rest(qtbot, window)
        assert not window.snapshot.boundary.levels
        pictures = ("neurons", "focus", "plane", "predictions")
        return {name for name in pictures if getattr(window.snapshot, name) is not None}

    def sides():
        return [levels.shape[1] for levels in window.snapshot.neurons.levels]

    assert computed() == {"neurons"}
    tiles = [column.tile for column in diagram(window).arrangement.columns]
    assert sides() == tiles
    window.show_page("Hidden plane")
    assert computed() == {"plane"}
    asked = [named(window, f"Plane neuron {axis}").value() for axis in ("across", "up")]
    assert window.snapshot.plane.neurons == tuple(Neuron(1, number - 1) for number in asked)
    window.show_page("Confusion")
    assert computed() == {"predictions"}
    window.show_page("Seeds")
    assert computed() == set()
    window.show_page("Network")
    window.show_page(None)
    assert computed() == set()
    actions(window)["Pages"].trigger()
    assert computed() == {"neurons"}
    assert sides() == tiles


def test_a_neuron_that_is_looked_at_fills_the_big_map_until_its_page_is_left(qtbot, window):
    click_on(qtbot, window, Neuron(1, 2))
    assert seen(qtbot, window, lambda frame: frame.snapshot.focus).snapshot.focus.neuron == Neuron(1, 2)
    window.show_page("Seeds")
    seen(qtbot, window, lambda frame: frame.snapshot.focus is None)
    window.show_page("Network")
    seen(qtbot, window, lambda frame: frame.snapshot.focus)
    click_on(qtbot, window, Neuron(1, 2))
    seen(qtbot, window, lambda frame: frame.snapshot.focus is None)


def test_another_pair_of_neurons_is_looked_at(qtbot, window):
    window.show_page("Hidden plane")
    named(window, "Plane neuron up").setValue(4)
    frame = seen(qtbot, window, lambda frame: frame.snapshot.plane and frame.snapshot.plane.neurons[1].number == 3)
    assert frame.snapshot.plane.neurons == (Neuron(1, 0), Neuron(1, 3))


def test_a_weight_is_edited_undone_and_redone(qtbot, window):
    def weight():
        return float(window.snapshot.weights["0.weight"][1, 3])

    before = weight()
    click_on(qtbot, window, ParameterIndex("0.weight", (1, 3)))
    qtbot.keyClicks(named(window, "Value"), "2.5")
    qtbot.keyClick(named(window, "Value"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: weight() == 2.5)
    actions(window)["Undo weight edit"].trigger()
    qtbot.waitUntil(lambda: weight() == before)
    actions(window)["Redo weight edit"].trigger()
    qtbot.waitUntil(lambda: weight() == 2.5)
    window.reset()
    seen(qtbot, window, lambda frame: frame.run == window.first_run + 1)
    assert not actions(window)["Undo"].isEnabled(), "another network has begun"


def test_a_locked_number_stays_out_of_training(qtbot, window):
    place = ParameterIndex("2.bias", (0,))
    click_on(qtbot, window, place)
    press(qtbot, window, "Locked")
    before = seen(qtbot, window, lambda frame: place in frame.snapshot.locked)
    window.train_epochs(2)
    after = seen(qtbot, window, lambda frame: frame.snapshot.epoch == 2)
    assert after.snapshot.weights["2.bias"][0] == before.snapshot.weights["2.bias"][0]
    assert after.snapshot.weights["2.bias"][1] != before.snapshot.weights["2.bias"][1]


def test_layers_that_the_page_wants_are_shown_on_every_control(qtbot, window):
    layers = (Layer(4, "ReLU"), Layer(3, "Tanh"))
    press(qtbot, window, "Layer 1")
    press(qtbot, window, "Layer 1: add layer after")
    press(qtbot, window, "Layer 2")
    named(window, "Layer 2 width").setValue(3)
    named(window, "Layer 2 activation", QComboBox).setCurrentText("Tanh")
    frame = seen(qtbot, window, lambda frame: frame.snapshot.experiment.network.hidden == layers)
    assert frame.run > window.first_run
    assert experiment_on_controls(window) == frame.snapshot.experiment
    assert frame.snapshot.step == 0
    assert named(window, "Depth").value() == 2


def test_with_keep_weights_a_wider_network_goes_on(qtbot, window):
    named(window, "Keep weights").setChecked(True)
    window.train_epochs(2)
    before = seen(qtbot, window, lambda frame: frame.snapshot.epoch == 2)
    named(window, "Width").setValue(9)
    after = seen(qtbot, window, lambda frame: frame.snapshot.experiment.width == 9)
    assert after.run == window.first_run
    assert (after.snapshot.step, after.snapshot.epoch) == (before.snapshot.step, before.snapshot.epoch)
    assert after.snapshot.evaluation.test_loss == pytest.approx(before.snapshot.evaluation.test_loss, rel=1e-4)
    named(window, "Keep weights").setChecked(False)
    named(window, "Width").setValue(5)
    assert seen(qtbot, window, lambda frame: frame.run == window.first_run + 1).snapshot.step == 0


def test_what_is_typed_elsewhere_acts_before_a_layer_changes(qtbot, window):
    box = named(window, "Learning rate")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.002")
    press(qtbot, window, "Layer 1 more neurons")
    frame = seen(qtbot, window, lambda frame: frame.snapshot.experiment.width == 5)
    assert frame.snapshot.experiment.learning_rate == 0.002


def test_a_weight_that_is_typed_acts_before_a_command(qtbot, window):
    click_on(qtbot, window, ParameterIndex("0.bias", (0,)))
    qtbot.keyClicks(named(window, "Value"), "0.75")
    window.train_step()
    seen(qtbot, window, lambda frame: frame.snapshot.step == 1 and is_at_rest(window))
    assert any("0.75" in change.text for change in window.frame.curves.changes)


def test_what_is_typed_elsewhere_acts_before_seeds_begin(qtbot, window):
    window.show_page("Seeds")
    named(window, "Number of seeds").setValue(2)
    box = named(window, "Learning rate")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.002")
    press(qtbot, window, "Train seeds")
    assert seen(qtbot, window, lambda frame: frame.seeds).seeds.experiment.learning_rate == 0.002
