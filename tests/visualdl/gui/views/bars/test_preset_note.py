import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.bars.preset_note import PresetNote

LONG = Preset("Long & <wide>", "Why it happens is soon told. " * 16, Experiment(), epochs=7)


@pytest.fixture
def note(qtbot):
    """A note above something that takes the rest of a window of 1000 x 400."""
    window = QWidget()
    column = QVBoxLayout(window)
    note = PresetNote(LIGHT)
    column.addWidget(note)
    column.addWidget(QWidget(), 1)
    qtbot.addWidget(window)
    window.resize(1000, 400)
    window.show()
    note.held = window  # or nothing would hold it
    return note


def label(note):
    return note.findChild(QLabel)


def test_it_is_hidden_until_a_preset_is_shown_and_close_hides_it_again(note, qtbot):
    assert note.text() == ""
    note.show_preset(LONG)
    assert note.isVisible()
    assert "Long &amp; &lt;wide&gt;" in note.text()
    assert LONG.text in note.text()
    assert "Watch it for 7 epochs." in note.text()
    qtbot.mouseClick(note.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert note.text() == ""


@pytest.mark.parametrize("width", [500, 1000, 2000])
def test_it_is_as_high_as_the_text_needs_in_a_window_of_any_width(note, qtbot, width):
    note.window().resize(width, 400)
    note.show_preset(LONG)
    qtbot.waitUntil(lambda: label(note).width() > 0.5 * min(width, label(note).maximumWidth()))
    assert label(note).height() == label(note).heightForWidth(label(note).width())
    assert label(note).width() <= label(note).maximumWidth()
    assert note.window().height() == 400


def test_it_fits_again_when_the_window_becomes_narrower_or_the_text_shorter(note, qtbot):
    note.show_preset(LONG)
    qtbot.waitUntil(lambda: note.width() < 1000)
    high = label(note).height()
    note.window().resize(500, 400)
    qtbot.waitUntil(lambda: label(note).height() > high)
    qtbot.waitUntil(lambda: note.height() > label(note).height() > high)
    high = note.height()
    note.show_preset(Preset("Short", "Look.", Experiment()))
    qtbot.waitUntil(lambda: note.height() < high)


def test_it_takes_the_themes_colours(note):
    note.set_theme(DARK)
    assert note.palette().window().color() == DARK.color("surface")
    assert note.palette().windowText().color() == DARK.color("text")
