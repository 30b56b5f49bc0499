"""The inputs in the panel: ticks for built-in features, formulas that are typed, and sentences for what cannot be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from visualdl.data.features import BUILT_IN
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer

NAMES = [feature.name for feature in BUILT_IN]
FORMULAS = ("sin(3*x1)", "x1 - x2")


@pytest.fixture
def find(panel):
    def named(name, kind=QWidget):
        (found,) = [each for each in panel.findChildren(kind) if each.accessibleName() == name and not each.isHidden()]
        return found

    return named


@pytest.fixture
def type_formula(qtbot, find):
    def enter(text, add=True):
        field = find("Formula", QLineEdit)
        field.clear()
        qtbot.keyClicks(field, text)
        if add:
            qtbot.mouseClick(find("Add formula", QPushButton), Qt.MouseButton.LeftButton)

    return enter


def refusal(panel):
    (label,) = [each for each in panel.findChildren(QLabel) if each.accessibleName() == "Formula error"]
    return "" if label.isHidden() else label.text()


def removers(panel):
    names = [each.accessibleName() for each in panel.findChildren(QPushButton) if not each.isHidden()]
    return [name for name in names if name.startswith("Remove ")]


def test_every_built_in_feature_has_its_tick_and_says_what_it_is(find):
    group = find("Input features")
    for feature in BUILT_IN:
        tick = find(feature.name, QCheckBox)
        assert group.isAncestorOf(tick)
        assert tick.text() == feature.symbol
        assert tick.isChecked() == (feature.name in ("x1", "x2"))
        assert feature.text in tick.accessibleDescription()
        assert feature.text in tick.toolTip()
    for name in ("Formula", "Add formula"):
        assert find(name).toolTip()
        assert group.isAncestorOf(find(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_tick_asks_for_the_feature_in_its_place_and_another_takes_that_back(panel, find, name):
    panel.show_experiment(Experiment(features=("x1 squared", "sine of x2", FORMULAS[0])))
    before = panel.experiment().features
    changed = {*before} ^ {name}
    find(name).click()
    find(name).click()
    in_order = tuple(each for each in (*NAMES, *FORMULAS) if each in changed)
    assert panel.wanted == [Experiment(features=in_order), Experiment(features=before)]


def test_a_tick_keeps_layers_that_differ(panel, find):
    mixed = Experiment(layers=(Layer(4, "Tanh"), Layer(9, "ReLU")))
    panel.show_experiment(mixed)
    find("x1 times x2").click()
    assert panel.wanted == [replace(mixed, features=("x1", "x2", "x1 times x2"))]


def test_a_typed_formula_becomes_an_input_that_can_be_removed(panel, find, type_formula, qtbot):
    type_formula(f" {FORMULAS[0]} ")
    assert panel.wanted == [Experiment(features=("x1", "x2", FORMULAS[0]))]
    assert find("Formula").text() == ""
    type_formula(FORMULAS[1], add=False)
    qtbot.keyClick(find("Formula"), Qt.Key.Key_Return)
    assert panel.wanted[-1].features == ("x1", "x2", *FORMULAS)
    assert removers(panel) == [f"Remove {formula}" for formula in FORMULAS]
    find("x1 squared").click()
    assert panel.wanted[-1].features == ("x1", "x2", "x1 squared", *FORMULAS)
    find(f"Remove {FORMULAS[0]}").click()
    assert panel.wanted[-1].features == ("x1", "x2", "x1 squared", FORMULAS[1])
    assert removers(panel) == [f"Remove {FORMULAS[1]}"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sin(x1", "ends at position 7"),
        ("log(x1 - 0.5)", "is nan at x1 = 0, x2 = 0"),
        ("3", "'3' is 3 everywhere"),
        ("+x2", "'+x2' is the same as 'x2'"),
        ("", "must not be empty"),
    ],
)
def test_a_bad_formula_is_refused_beside_the_field_and_nothing_is_lost(panel, find, type_formula, text, sentence):
    type_formula(text)
    assert sentence in refusal(panel)
    assert find("Formula").text() == text
    assert panel.wanted == []
    assert panel.experiment() == Experiment()
    type_formula("x1 + x2", add=False)
    assert refusal(panel) == "", "it is about the text that was there"


def test_the_last_input_cannot_be_taken_away(panel, find):
    find("x1").click()
    find("x2").click()
    assert panel.wanted == [Experiment(features=("x2",))]
    assert refusal(panel) == "A network needs at least one input."
    assert find("x2").isChecked()
    find("x1 squared").click()
    assert refusal(panel) == ""
    panel.show_experiment(Experiment(features=FORMULAS[:1]))
    find(f"Remove {FORMULAS[0]}").click()
    assert refusal(panel) == "A network needs at least one input."
    assert removers(panel) == [f"Remove {FORMULAS[0]}"]


def test_more_than_twelve_inputs_are_refused(panel, find, type_formula):
    panel.show_experiment(Experiment(features=tuple(f"x1 + {k}*x2" for k in range(12))))
    find("x2").click()
    assert "at most 12 inputs, not 13" in refusal(panel)
    assert not find("x2").isChecked()
    type_formula("x1*x1")
    assert "at most 12 inputs, not 13" in refusal(panel)
    assert panel.wanted == []


def test_showing_an_experiment_sets_ticks_and_rows_and_asks_for_nothing(panel, find):
    for features in ((*NAMES, *FORMULAS), ("x2",), FORMULAS, ("x1", "x2")):
        panel.show_experiment(Experiment(features=features))
        assert {name for name in NAMES if find(name).isChecked()} == {*features} & {*NAMES}
        assert removers(panel) == [f"Remove {name}" for name in features if name in FORMULAS]
    assert panel.wanted == []


def test_escape_drops_what_is_typed_and_leaves_the_field(panel, find, type_formula, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    field = find("Formula")
    field.setFocus()
    type_formula("sin(", add=True)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), refusal(panel)) == ("", "")
    assert QApplication.focusWidget() is not field


def test_the_tab_key_reaches_the_rows_after_the_field(panel, tab_stops):
    nothing_disabled = Experiment(dataset="Rings", schedule="Cosine", penalty="L2", stop_when="Epochs")
    panel.show_experiment(replace(nothing_disabled, features=("x1", *FORMULAS)))
    stops = tab_stops(panel)
    place = stops.index("Formula")
    assert stops[place : place + 5] == ["Formula", "Add formula", *(f"Remove {each}" for each in FORMULAS), "Seed"]


def test_all_of_it_fits_beside_the_pages(panel):
    panel.show_experiment(Experiment(features=(*NAMES, "exp(-10*((x1-0.3)^2+(x2-0.6)^2))", FORMULAS[0])))
    assert panel.minimumSizeHint().width() <= 226
