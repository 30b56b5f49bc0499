"""How the panel answers to hands: tab key, wheel, typed text, and controls that have no meaning at depth 0."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from visualdl.data.features import BUILT_IN
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.gui.controls.experiment_panel import DRAWS, GROUPS, LAYERS_DIFFER

NEEDS_A_HIDDEN_LAYER = "Needs a hidden layer: at depth 0 there is none."


def control(panel, name):
    (found,) = [child for child in panel.findChildren(QWidget) if child.accessibleName() == CHOICES[name].label]
    return found


def parts_of(name):
    if name == "features":
        return [*(feature.name for feature in BUILT_IN), "Formula", "Add formula"]
    return [DRAWS.get(name, CHOICES[name].label), f"{CHOICES[name].label} slider"]


def test_the_tab_key_reaches_every_slider_after_its_box(panel, tab_stops):
    panel.show_experiment(
        Experiment(dataset="Rings", schedule="Cosine", penalty="L2", stop_when="Epochs")
    )  # nothing is disabled
    stops = tab_stops(panel)
    assert stops[stops.index("Depth") :][:2] == ["Depth", "Depth slider"]
    in_order = [
        part
        for names in GROUPS.values()
        for name in names
        for part in parts_of(name)
        if part in {child.accessibleName() for child in panel.findChildren(QWidget)}
    ]
    assert stops == in_order
    assert sum(stop.endswith(" slider") for stop in stops) == 9


def test_commit_lets_a_typed_number_act_once(panel, retype):
    retype(control(panel, "width"), "200")
    assert panel.wanted == []
    panel.commit()
    panel.commit()
    assert panel.wanted == [replace(Experiment(), width=128)]


def test_commit_without_typing_asks_for_nothing_and_rounds_nothing(panel):
    unround = Experiment(learning_rate=0.0123456789)
    panel.show_experiment(unround)
    panel.commit()
    assert panel.wanted == []
    assert control(panel, "learning_rate").value() == unround.learning_rate


def test_the_wheel_changes_a_list_only_with_the_focus(panel, qtbot, wheel):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    names = control(panel, "hidden_activation")
    assert not wheel(names, -1)
    assert panel.wanted == []
    names.setFocus()
    assert wheel(names, -1)
    assert panel.wanted == [replace(Experiment(), hidden_activation="LeakyReLU")]


class TestWithoutHiddenLayers:
    PARTS = ("Width", "Width slider", "Hidden activation")

    def parts(self, panel):
        return [child for child in panel.findChildren(QWidget) if child.accessibleName() in self.PARTS]

    @pytest.mark.parametrize("by_hand", [True, False], ids=["set by hand", "shown"])
    def test_what_needs_one_is_disabled_and_says_why(self, panel, by_hand):
        def go_to(depth):
            if by_hand:
                control(panel, "depth").setValue(depth)
            else:
                panel.show_experiment(replace(panel.experiment(), depth=depth))

        assert len(self.parts(panel)) == 3
        tooltips = [part.toolTip() for part in self.parts(panel)]
        go_to(0)
        for part in self.parts(panel):
            assert not part.isEnabled()
            assert NEEDS_A_HIDDEN_LAYER in part.toolTip()
            assert NEEDS_A_HIDDEN_LAYER in part.accessibleDescription()
        assert control(panel, "output_activation").isEnabled()
        go_to(1)
        assert all(part.isEnabled() for part in self.parts(panel))
        assert [part.toolTip() for part in self.parts(panel)] == tooltips

    def test_a_disabled_box_can_still_be_set(self, panel):
        control(panel, "depth").setValue(0)
        control(panel, "width").setValue(9)
        assert panel.wanted[-1] == replace(Experiment(), depth=0, width=9)

    def test_showing_them_drops_a_width_that_is_being_typed(self, panel, retype):
        retype(control(panel, "width"), "77")
        panel.show_experiment(replace(Experiment(), depth=0))
        assert panel.wanted == []
        assert control(panel, "width").value() == Experiment().width


class TestLayersThatDiffer:
    MIXED = Experiment(layers=(Layer(4, "Tanh"), Layer(9, "ReLU")))

    def test_their_widest_and_no_one_name_is_shown_and_why(self, panel):
        plain = {name: control(panel, name).toolTip() for name in ("width", "hidden_activation")}
        panel.show_experiment(self.MIXED)
        assert control(panel, "width").value() == 9
        assert control(panel, "hidden_activation").currentText() == ""
        for name in plain:
            assert LAYERS_DIFFER in control(panel, name).toolTip()
        assert panel.wanted == []
        panel.show_experiment(Experiment())
        assert {name: control(panel, name).toolTip() for name in plain} == plain
        assert control(panel, "hidden_activation").currentText() == "ReLU"

    def test_they_make_the_panel_no_wider(self, panel):
        before = panel.minimumSizeHint().width()
        panel.show_experiment(self.MIXED)
        assert panel.minimumSizeHint().width() <= before

    def test_a_new_value_is_for_all_of_them(self, panel):
        panel.show_experiment(self.MIXED)
        control(panel, "width").setValue(5)
        assert panel.wanted[-1].network.hidden == (Layer(5, "Tanh"), Layer(5, "ReLU"))
        control(panel, "hidden_activation").setCurrentText("Tanh")
        assert panel.wanted[-1] == Experiment(depth=2, width=5, hidden_activation="Tanh")

    def test_a_change_of_something_else_keeps_them(self, panel):
        panel.show_experiment(self.MIXED)
        control(panel, "batch_size").setValue(7)
        assert panel.wanted == [replace(self.MIXED, batch_size=7)]
