"""Read-outs, message bar, colour key and the square frame."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.visualdl.watched import Watched, frame_of
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import SQUARED, Task
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.bars.message_bar import MessageBar
from visualdl.gui.views.bars.readouts import READOUTS, Readouts
from visualdl.gui.views.boundary.color_bar import ColorBar
from visualdl.gui.views.plots.square_frame import SquareFrame
from visualdl.training.values.snapshot import Evaluation


@pytest.fixture(scope="module")
def snapshot():
    return Watched(Experiment()).snapshot()


@pytest.fixture
def readouts(qtbot):
    readouts = Readouts(LIGHT)
    qtbot.addWidget(readouts)
    return readouts


def texts(readouts):
    return {label.accessibleName(): label.text() for label in readouts.findChildren(QLabel) if label.accessibleName()}


def test_what_is_not_known_yet_is_no_number(readouts):
    assert set(texts(readouts).values()) == {"0", "–"}
    assert texts(readouts)["Test error"] == "–"


def test_read_outs_begin_with_their_number(readouts, snapshot):
    evaluation = Evaluation(train_loss=0.12345, test_loss=23.456, train_error=0.0314, test_error=1.0)
    readouts.draw(frame_of(snapshot, epoch=12, steps_per_second=1234.4, evaluation=evaluation))
    assert texts(readouts) == {
        "Epoch": "12",
        "Train loss": "0.1235",
        "Test loss": "23.46",
        "Train error": "3.1 %",
        "Test error": "100.0 %",
        "Steps per second": "1234",
    }


@pytest.mark.parametrize(
    ("loss", "text"),
    [(0.0, "0.0000"), (3.2e-5, "3e-05"), (0.5, "0.5000"), (9.99999, "10"), (4321.6, "4322"), (4.9e32, "5e+32")],
)
def test_a_loss_of_any_size_fits_its_place(readouts, snapshot, loss, text):
    readouts.draw(frame_of(snapshot, evaluation=Evaluation(loss, loss, 0.0, 0.0)))
    assert texts(readouts)["Train loss"] == text
    assert len(text) <= 6


def test_read_outs_keep_their_places_while_numbers_change(qtbot, readouts, snapshot):
    readouts.show()
    places = []
    for epoch, error, speed in ((0, 0.5, 0), (99_999, 0.001, 9), (7, 0.999, 99_999)):
        evaluation = Evaluation(9.9999 * error, 0.0001, error, error)
        readouts.draw(frame_of(snapshot, epoch=epoch, steps_per_second=speed, evaluation=evaluation))
        QApplication.processEvents()
        places.append([label.geometry().getRect() for label in readouts.findChildren(QLabel)])
    assert places[0] == places[1] == places[2]


def test_every_read_out_explains_itself(readouts):
    for label in readouts.findChildren(QLabel):
        assert label.toolTip()
    assert set(texts(readouts)) == set(READOUTS)


@pytest.fixture
def bar(qtbot):
    bar = MessageBar(LIGHT)
    qtbot.addWidget(bar)
    return bar


def by_name(bar, name):
    return next(button for button in bar.findChildren(QPushButton) if button.accessibleName() == name)


def test_a_message_is_hidden_until_there_is_one_and_can_be_closed(bar):
    assert bar.text() == ""
    bar.show_message("It broke.")
    assert bar.text() == "It broke."
    assert not bar.isHidden()
    assert by_name(bar, "Copy details").isHidden()
    by_name(bar, "Close message").click()
    assert bar.text() == ""
    assert bar.isHidden()


def test_why_training_paused_by_itself_is_said_once_and_taken_back_when_it_goes_on(bar, snapshot):
    stopped = replace(snapshot, step=40, stopped="Stopped: 2 epochs are done.")
    bar.draw(frame_of(snapshot))
    bar.draw(frame_of(stopped))
    assert bar.text() == stopped.stopped
    by_name(bar, "Close message").click()
    bar.draw(frame_of(stopped))
    assert bar.text() == "", "it was closed"
    bar.draw(frame_of(stopped, step=80))
    assert bar.text() == stopped.stopped, "another time"
    bar.draw(frame_of(snapshot, step=81))
    assert bar.text() == ""


def test_other_messages_stay_while_training_goes_on_and_go_with_the_run(bar, snapshot):
    bar.draw(frame_of(snapshot))
    bar.show_message("This file cannot be read.")
    bar.draw(frame_of(snapshot, step=1))
    assert bar.text() == "This file cannot be read."
    bar.draw(frame_of(snapshot, problem="It cannot go on."))
    assert bar.text() == "It cannot go on."
    bar.draw(frame_of(snapshot, run=1))
    assert bar.text() == ""


def test_a_message_is_plain_text_whatever_it_holds(bar):
    bar.show_message("boom <b>html</b>")
    label = next(label for label in bar.findChildren(QLabel) if label.accessibleName() == "Message")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in label.toolTip()


def test_details_are_copied_with_the_sentence(bar):
    bar.show_message("It broke.", "Traceback: here")
    by_name(bar, "Copy details").click()
    assert QApplication.clipboard().text() == "It broke.\n\nTraceback: here"


def test_a_long_message_does_not_widen_the_window(bar):
    bar.show_message("A sentence that goes on. " * 50)
    assert bar.minimumSizeHint().width() < 500


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_color_key_shows_the_themes_colours_at_its_ends(qtbot, theme):
    key = ColorBar(theme)
    qtbot.addWidget(key)
    key.resize(key.sizeHint())
    image = key.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).getRgb()[:3] for x in range(image.width())]
    for role in ("negative", "positive"):
        meant = theme.color(role).getRgb()[:3]
        assert any(all(abs(a - b) < 8 for a, b in zip(shown, meant, strict=True)) for shown in row)


def test_the_color_key_names_the_classes(qtbot):
    key = ColorBar(LIGHT)
    qtbot.addWidget(key)
    width = key.sizeHint().width()
    assert "inside" in key.accessibleDescription()
    key.show_task(Task("XOR", 2, SQUARED))
    assert "triangles are orange" in key.accessibleDescription()
    assert key.sizeHint().width() < width


@pytest.mark.parametrize("size", [(400, 700), (700, 400)])
def test_the_square_is_as_large_as_fits_at_the_top_in_the_middle(qtbot, size):
    content = QWidget()
    square = SquareFrame(content, 100)
    qtbot.addWidget(square)
    square.resize(*size)
    square.show()
    assert (content.width(), content.height()) == (400, 400)
    assert content.geometry().center().x() == pytest.approx(square.rect().center().x(), abs=1)
    assert content.geometry().top() == 0
