"""The page: what it shows of a moment, what it asks for, and what it leaves alone."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.visualdl.watched import changed
from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.seeds.curve import SeedsCurve
from visualdl.gui.views.seeds.page import SeedsPage
from visualdl.training.values.seeds import Agreement


@pytest.fixture
def page(qtbot):
    page = SeedsPage(LIGHT)
    qtbot.addWidget(page)
    page.resize(450, 560)
    page.show()
    page.asked = []
    page.begin_wanted.connect(lambda *begin: page.asked.append(("begin", *begin)))
    page.play_toggled.connect(lambda on: page.asked.append(("play", on)))
    page.open_wanted.connect(lambda run: page.asked.append(("open", run)))
    page.export_wanted.connect(lambda: page.asked.append(("export",)))
    return page


@pytest.fixture
def with_seeds(moment, seeds_of):
    """Put runs made by hand into a frame of their experiment."""

    def make(*values, **options):
        seeds = seeds_of(*values, **options)
        return changed(moment, experiment=seeds.experiment, seeds=seeds)

    return make


def named(page, name):
    (found,) = [child for child in page.findChildren(QWidget) if child.accessibleName() == name]
    return found


def visible(page):
    return {child.accessibleName() for child in page.findChildren(QWidget) if child.isVisible()} - {""}


def titles(page):
    return [curve.title.text() for curve in page.findChildren(SeedsCurve)]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


def test_before_there_are_runs_one_sentence_says_which_button_to_press(page, moment):
    page.draw(moment)
    assert "Train seeds" in named(page, "What the page does").text()
    assert not visible(page) & {"Seeds error curve", "Seeds loss curve", "Share of runs inside", "Runs"}
    picture = page.grab().toImage()
    page.draw(changed(moment, step=5))
    assert page.grab().toImage() == picture


def test_runs_bring_curves_map_and_table_and_go_with_them(page, moment, trained):
    page.draw(trained(3))
    assert visible(page) >= {"Seeds error curve", "Seeds loss curve", "Share of runs inside", "Runs", "Runs shown"}
    assert named(page, "Runs").model().rowCount() == 3
    page.draw(moment)
    assert "Runs" not in visible(page)
    assert named(page, "Train seeds").isVisible()


@pytest.mark.parametrize("count", [1, 100])
@pytest.mark.parametrize("with_torch", [False, True])
def test_any_number_of_real_runs_is_shown_with_torch_and_without(page, trained, count, with_torch):
    page.draw(trained(count, with_torch, steps=2))
    page.grab()
    assert named(page, "Runs").model().columnCount() == (5 if with_torch else 3)
    assert ("Train error, torch.nn" in visible(page)) == with_torch
    assert ("torch.nn" in {label.text() for label in page.findChildren(QLabel) if label.isVisible()}) == with_torch


def test_runs_that_diverged_are_shown_without_a_complaint(page, with_seeds):
    page.draw(with_seeds([[0.5, 0.4, 0.3], [0.4, np.nan, 0.2], [np.nan, np.nan, np.inf]], [[np.nan] * 3] * 3))
    page.grab()
    assert "3 diverged" in named(page, "Runs shown").text()


def test_one_switch_shows_training_or_test_values_in_both_plots(page, with_seeds):
    page.draw(with_seeds([[0.1, 0.1]]))
    assert titles(page) == ["Train error %", "Train loss"]
    before = page.grab().toImage()
    named(page, "Show test values").click()
    assert titles(page) == ["Test error %", "Test loss"]
    assert page.grab().toImage() != before


def test_plots_are_drawn_again_only_when_there_is_more_of_the_runs(page, with_seeds, monkeypatch):
    drawn = []
    monkeypatch.setattr(SeedsCurve, "draw", lambda *_: drawn.append(1))
    snapshot = with_seeds([[0.1, 0.2]])
    page.draw(snapshot)
    page.draw(replace(snapshot, seeds=replace(snapshot.seeds, step=99, agreement=Agreement(np.zeros((33, 33))))))
    assert len(drawn) == 2
    page.draw(with_seeds([[0.1, 0.2], [0.1, 0.3]]))
    assert len(drawn) == 4


def test_the_buttons_ask(qtbot, page, moment, with_seeds):
    page.draw(moment)
    click(qtbot, named(page, "Train seeds"))
    page.draw(with_seeds([[0.1] * 10], advancing=True))
    click(qtbot, named(page, "Pause seeds"))
    page.draw(with_seeds([[0.1] * 10]))
    click(qtbot, named(page, "Train seeds"))
    click(qtbot, named(page, "Restart seeds"))
    page.draw(with_seeds([[0.1] * 10], start=2))
    click(qtbot, named(page, "Export runs"))
    named(page, "Compare with torch.nn").click()
    click(qtbot, named(page, "Restart seeds"))
    assert page.asked == [
        ("begin", 10, False),
        ("play", False),
        ("play", True),
        ("begin", 10, False),
        ("export",),
        ("begin", 10, True),
    ]


def test_a_run_is_opened_by_its_index_whatever_the_order(qtbot, page, with_seeds):
    page.draw(with_seeds([[0.3, 0.1, 0.2]], first=50))
    table, button = named(page, "Runs"), named(page, "Open run")
    assert not button.isEnabled()
    assert "Select a run" in button.toolTip()
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.selectRow(0)
    click(qtbot, button)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.asked == [("open", 1), ("open", 1)]
    page.draw(with_seeds([[0.3, 0.1]]))
    assert not button.isEnabled()


def test_what_has_no_effect_is_disabled_and_says_why(page, moment, with_seeds):
    page.draw(moment)
    for name in ("Restart seeds", "Export runs", "Open run"):
        assert not named(page, name).isEnabled()
        assert "no runs yet" in named(page, name).toolTip()
    page.draw(with_seeds([[0.1, 0.2]]))
    assert named(page, "Export runs").isEnabled()
    assert named(page, "Restart seeds").isEnabled()


@pytest.mark.parametrize("with_torch", [False, True])
def test_a_start_is_seen_at_once_and_asked_for_once_until_its_runs_are_there(
    qtbot, page, moment, with_seeds, with_torch
):
    preparing = "Preparing 10 networks, and torch.nn …" if with_torch else "Preparing 10 networks …"
    named(page, "Compare with torch.nn").setChecked(with_torch)
    page.draw(moment)
    click(qtbot, named(page, "Train seeds"))
    assert named(page, "What the page does").text() == preparing
    click(qtbot, named(page, "Starting …"))
    page.draw(moment)  # one that was under way when the button was pressed
    assert not named(page, "Starting …").isEnabled()
    first = with_seeds([[0.1] * 10], start=1, advancing=True)
    page.draw(first)
    assert named(page, "Pause seeds").isEnabled()
    click(qtbot, named(page, "Restart seeds"))
    page.draw(first)
    click(qtbot, named(page, "Restart seeds"))
    assert named(page, "Runs shown").text() == preparing
    assert "prepared" in named(page, "Restart seeds").toolTip()
    page.draw(with_seeds([[0.1] * 10], start=2, advancing=True))
    assert named(page, "Runs shown").text().startswith("10 runs")
    assert page.asked == [("begin", 10, with_torch)] * 2


def test_a_start_that_fails_can_be_tried_again(qtbot, page, moment, with_seeds):
    page.draw(moment)
    click(qtbot, named(page, "Train seeds"))
    page.give_up_start()
    assert "Train seeds" in named(page, "What the page does").text()
    click(qtbot, named(page, "Train seeds"))
    page.draw(with_seeds([[0.1] * 10]))
    click(qtbot, named(page, "Restart seeds"))
    page.give_up_start()
    assert named(page, "Runs shown").text().startswith("10 runs")
    click(qtbot, named(page, "Train seeds"))
    assert page.asked == [*[("begin", 10, False)] * 3, ("play", True)]


def test_another_choice_of_runs_is_noted_and_throws_nothing_away(page, with_seeds):
    page.draw(with_seeds([[0.1, 0.2]], advancing=True))
    named(page, "Number of seeds").setValue(2)
    note = named(page, "What a restart takes")
    assert not note.isVisible()
    named(page, "Number of seeds").setValue(100)
    assert (note.isVisible(), note.text()) == (True, "Restart seeds takes 100 seeds.")
    named(page, "Compare with torch.nn").click()
    assert note.text() == "Restart seeds takes 100 seeds, with torch.nn."
    snapshot = with_seeds([[0.1, 0.2]])
    page.draw(changed(snapshot, experiment=replace(snapshot.snapshot.experiment, width=9)))
    assert note.text() == "Earlier experiment; restart for 100 seeds, with torch.nn."
    page.draw(snapshot)
    named(page, "Number of seeds").setValue(2)
    named(page, "Compare with torch.nn").click()
    assert not note.isVisible()
    assert page.asked == []


@pytest.mark.parametrize(
    ("changes", "noted"),
    [
        ({}, False),
        ({"seed": 77, "learning_rate": 1.0, "batch_size": 3}, False),
        ({"width": 9}, True),
        ({"depth": 0}, True),
        ({"dataset": "XOR"}, True),
        ({"data_draw": 1}, True),
    ],
    ids=str,
)
def test_a_note_says_that_the_runs_are_of_an_earlier_experiment(page, with_seeds, changes, noted):
    snapshot = with_seeds([[0.1, 0.2]])
    named(page, "Number of seeds").setValue(2)
    page.draw(changed(snapshot, experiment=replace(snapshot.snapshot.experiment, **changes)))
    assert ("What a restart takes" in visible(page)) == noted


def test_without_hidden_layers_their_width_is_no_difference(page, with_seeds):
    named(page, "Number of seeds").setValue(1)
    linear = with_seeds([[0.1]], experiment=Experiment(depth=0, width=5))
    page.draw(changed(linear, experiment=Experiment(depth=0, width=9)))
    assert "What a restart takes" not in visible(page)


def test_the_mouse_is_told_of_curves_and_map(page, with_seeds):
    said = []
    page.hovered.connect(said.append)
    page.draw(with_seeds([[0.5] * 4, [0.1, 0.2, 0.3, 0.4]], [[0.5] * 4, [0.3] * 4]))
    page.grab()
    plot = named(page, "Seeds error curve").plot
    plot.point_at(plot.box.mapViewToScene(QPointF(1, 20)))
    assert said[-1] == "epoch 1: train error, minidl 25 % [17.5, 32.5], torch.nn 30 % [30, 30]"
    square = named(page, "Share of runs inside")
    square.point_at(square.box.mapViewToScene(QPointF(0.5, 0.5)))
    assert said[-1].endswith("2 of 4 runs say inside")


def test_reset_zoom_shows_everything_again(page, with_seeds):
    page.draw(with_seeds([[0.5] * 4, [0.1, 0.2, 0.3, 0.4]]))
    views = [named(page, "Seeds loss curve").plot, named(page, "Share of runs inside")]
    whole = [view.viewRange() for view in views]
    for view in views:
        view.box.sigRangeChangedManually.emit(view.box.mouseEnabled())
        view.box.scaleBy((0.5, 0.5))
    page.reset_zoom()
    for view, ranges in zip(views, whole, strict=True):
        np.testing.assert_allclose(view.viewRange(), ranges)


def test_it_works_in_a_narrow_column_and_in_a_small_window(page, with_seeds):
    snapshot = with_seeds([[0.1] * 100], [[0.1] * 100])
    page.draw(changed(snapshot, experiment=replace(snapshot.snapshot.experiment, width=9)))
    assert page.minimumSizeHint().width() <= 380
    assert page.minimumSizeHint().height() <= 500


def test_nothing_but_its_own_text_moves_while_the_runs_train(page, with_seeds):
    page.draw(with_seeds([[0.1] * 10], advancing=True))
    page.grab()
    parts = [*page.findChildren(QPushButton), *page.findChildren(SeedsCurve), named(page, "Runs")]
    places = [part.geometry() for part in parts]
    page.draw(with_seeds([[0.1] * 10] * 99 + [[0.499, 0.002] * 5], advancing=True))
    page.grab()
    assert [part.geometry() for part in parts] == places


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_theme_recolours_it(page, with_seeds, theme):
    page.draw(with_seeds([[0.5] * 4, [0.1, 0.2, 0.3, 0.4]], [[0.5] * 4, [0.3] * 4]))
    page.set_theme(LIGHT if theme is DARK else DARK)
    page.set_theme(theme)
    other = LIGHT if theme is DARK else DARK
    for name in ("Seeds error curve", "Seeds loss curve"):
        picture = named(page, name).grab().toImage()
        colors = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        assert {theme.surface, theme.accent, theme.compared} <= colors
        assert not {other.accent, other.compared} & colors


def test_its_name(page):
    assert page.accessibleName() == "Seeds"
