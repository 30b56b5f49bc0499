"""The key to the curves names what is there, and chooses whose values are shown."""

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.seeds.legend import Legend


@pytest.fixture
def legend(qtbot):
    legend = Legend(LIGHT)
    qtbot.addWidget(legend)
    legend.show()
    return legend


def words(legend):
    return [label.text() for label in legend.findChildren(QLabel) if label.isVisible() and label.text()]


def test_torch_is_in_it_only_while_it_trains_beside_and_the_rest_stays(legend):
    without = words(legend)
    assert {"minidl", "runs"} < set(without)
    assert any("median" in text and "IQR" in text for text in without)
    legend.show_torch(True)
    assert sorted(words(legend)) == sorted([*without, "torch.nn"])
    legend.show_torch(False)
    assert words(legend) == without


def test_each_choice_of_a_set_is_told_once(legend):
    chosen = []
    legend.set_chosen.connect(lambda: chosen.append(legend.set_name))
    assert legend.set_name == "train"
    for button in reversed(legend.findChildren(QRadioButton)):
        button.click()
        button.click()
    assert chosen == ["test", "train"]


def test_it_fits_into_a_narrow_column(legend):
    legend.show_torch(True)
    assert legend.minimumSizeHint().width() <= 364


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_its_lines_have_the_themes_colours(legend, theme):
    legend.show_torch(True)
    legend.set_theme(theme)
    picture = legend.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert {theme.accent, theme.compared} <= colors
