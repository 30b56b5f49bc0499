"""Files that the window writes and reads: trained networks, and the runs of many seeds."""

import pytest
from PySide6.QtWidgets import QLabel

from visualdl.experiment.experiment import Experiment
from visualdl.gui.user_data.files import WEIGHTS, ask_where_to_save, ask_which_to_open


@pytest.fixture
def window(qtbot, lend):
    window = lend(Experiment(depth=2, width=9))
    window.train_epochs(5)
    qtbot.waitUntil(lambda: window.snapshot.epoch == 5, timeout=20_000)
    return window


def message(window):
    return next(label for label in window.findChildren(QLabel) if label.accessibleName() == "Message")


def test_a_saved_network_is_opened_again_with_its_experiment(qtbot, window, tmp_path):
    saved = window.snapshot
    window.save_weights(tmp_path / "network.safetensors")
    window.want(Experiment(depth=0))
    qtbot.waitUntil(lambda: window.snapshot.experiment.depth == 0)
    window.open_weights(tmp_path / "network.safetensors")
    qtbot.waitUntil(lambda: window.snapshot.experiment == saved.experiment)
    assert window.snapshot.evaluation == saved.evaluation
    assert window.snapshot.step == 0
    assert window._panel.experiment() == saved.experiment
    window.reset()
    qtbot.waitUntil(lambda: window.snapshot.evaluation != saved.evaluation)


def test_a_file_that_is_no_network_is_told_and_changes_nothing(qtbot, window, tmp_path):
    before = window.frame
    (tmp_path / "text.safetensors").write_text("not a network")
    window.open_weights(tmp_path / "text.safetensors")
    assert "text.safetensors is not a safetensors file" in message(window).text()
    window.open_weights(tmp_path / "absent.safetensors")
    assert "absent.safetensors could not be opened" in message(window).text()
    window.train_step()
    qtbot.waitUntil(lambda: window.snapshot.step == before.snapshot.step + 1)
    assert window.frame.run == before.run


def test_a_place_that_cannot_be_written_is_told(window, tmp_path):
    window.save_weights(tmp_path / "absent" / "network.safetensors")
    assert "could not be saved to network.safetensors" in message(window).text()


def test_the_menu_asks_for_the_file(window, tmp_path, monkeypatch):
    file = tmp_path / "network.safetensors"
    monkeypatch.setattr("visualdl.gui.user_data.files.ask_where_to_save", lambda *_: file)
    window._actions.save.trigger()
    assert file.exists()
    monkeypatch.setattr("visualdl.gui.user_data.files.ask_which_to_open", lambda *_: None)
    window._actions.open.trigger()
    assert window.frame.run == window.first_run


def test_the_dialogs_add_the_suffix_and_can_be_cancelled(window, monkeypatch):
    for answer, path in (("", None), ("/a/net", "/a/net.safetensors"), ("/a/b.safetensors", "/a/b.safetensors")):
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_, answer=answer: (answer, ""))
        found = ask_where_to_save(window, "Save", "network", *WEIGHTS)
        assert (found and found.as_posix()) == path
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_: ("", ""))
    assert ask_which_to_open(window, "Open", *WEIGHTS) is None
