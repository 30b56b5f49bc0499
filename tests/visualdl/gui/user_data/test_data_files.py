"""Data from files, drops and the clipboard, and out again: the good becomes the experiment's, the bad is told."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel

from visualdl.data.own_data import points_from
from visualdl.data.suggestion import suggested_columns
from visualdl.data.table_reader import read_file
from visualdl.experiment.experiment import Experiment
from visualdl.gui.user_data.import_dialog import ImportDialog
from visualdl.training.samples.present_points import present_points
from visualdl.training.samples.samples import samples_of

BODIES = "id;height in cm;weight in kg;sex\n1;150,5;60;f\n2;200;80;m\n3;180;95;m\n4;160;55;f\n5;170;70;m\n"
POSITIONS = [[150.5, 60], [200, 80], [180, 95], [160, 55], [170, 70]]
OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


@pytest.fixture
def window(lend):
    return lend(Experiment(depth=1, width=5))


def dialogs(window):
    return window.findChildren(ImportDialog)


def dialog_of(qtbot, window):
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=20_000)
    dialog = dialogs(window)[0]
    settle(qtbot, dialog)
    return dialog


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: result(dialog) != "Reading …", timeout=20_000)


def result(dialog):
    return next(label for label in dialog.findChildren(QLabel) if label.accessibleName() == "Import result").text()


def picked(dialog):
    return [box.currentText() for box in dialog.findChildren(QComboBox)]


def press(dialog, button):
    dialog.findChild(QDialogButtonBox).button(button).click()


def file_of(tmp_path, text, name="bodies.csv"):
    (tmp_path / name).write_text(text)
    return tmp_path / name


def test_a_file_becomes_the_experiments_data_and_the_network_goes_on(qtbot, window, tmp_path):
    window.train_epochs(2)
    qtbot.waitUntil(lambda: window.snapshot.epoch == 2)
    window._own_data.files.import_file(file_of(tmp_path, BODIES))
    dialog = dialog_of(qtbot, window)
    assert picked(dialog) == ["height in cm", "weight in kg", "sex"]
    assert result(dialog) == "5 points: 2 'f', 3 'm'."
    press(dialog, OK)
    assert window.experiment.own.positions.tolist() == POSITIONS
    assert window.experiment.class_names == ("f", "m")
    qtbot.waitUntil(lambda: window.snapshot.experiment == window.experiment)
    assert (window.frame.run, window.snapshot.epoch) == (window.first_run, 2)
    assert window._panel._fields["samples"].box.text() == "5"
    view = window._outcome.boundary
    view.point_at(view.box.mapViewToScene(QPointF(0.5, 0.5)))
    assert window._status.hover_label.text().startswith("height in cm 175.2   weight in kg 75   output")
    labels = [view.getPlotItem().getAxis(side).labelText for side in ("bottom", "left")]
    assert labels == ["height in cm", "weight in kg"]
    assert window._status.currentMessage() == "5 points were imported."
    window._history.undo.trigger()
    assert window.experiment == Experiment(depth=1, width=5)
    qtbot.waitUntil(lambda: window.snapshot.experiment == window.experiment)
    assert view.getPlotItem().getAxis("bottom").labelText == "x₁"


def test_columns_are_picked_in_the_dialog_and_what_is_wrong_with_them_stands_there(qtbot, window, tmp_path):
    window._own_data.files.import_file(file_of(tmp_path, BODIES))
    dialog = dialog_of(qtbot, window)
    first, second, label = dialog.findChildren(QComboBox)
    first.setCurrentText("sex")
    settle(qtbot, dialog)
    assert result(dialog) == "x1, x2 and label must be three different columns, not sex, weight in kg and sex."
    assert not dialog.findChild(QDialogButtonBox).button(OK).isEnabled()
    label.setCurrentText("id")
    settle(qtbot, dialog)
    assert result(dialog).startswith("bodies.csv, line 2, column 4 (sex): 'f' is not a number")
    first.setCurrentText("height in cm")
    settle(qtbot, dialog)
    assert result(dialog) == "5 points: 1 '1', 1 '2', 1 '3', 1 '4', 1 '5'."
    label.setCurrentText("sex")
    second.setCurrentText("id")
    settle(qtbot, dialog)
    press(dialog, OK)
    assert window.experiment.own.columns == ("height in cm", "id", "sex")


def test_a_dialog_that_is_cancelled_or_closed_while_it_reads_changes_nothing(qtbot, window, tmp_path):
    for end in (lambda dialog: press(dialog, CANCEL), lambda dialog: dialog.close()):
        window._own_data.files.import_file(file_of(tmp_path, BODIES))
        qtbot.waitUntil(lambda: bool(dialogs(window)))
        end(dialogs(window)[0])
        qtbot.waitUntil(lambda: not dialogs(window))
    assert window.experiment == Experiment(depth=1, width=5)


BAD = {
    "empty.csv": b"",
    "prose.txt": b"To be, or not to be,\nthat is the question.\n",
    "ragged.csv": b"x1,x2,label\n1,2,a\n1,2\n3,4,b\n5,6,a\n",
    "quotes.csv": b'x1,x2,label\n1,2,"a\n3,4,b\n',
    "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "pickle.npy": b"\x93NUMPY\x01\0\x76\0{'descr': '|O', 'fortran_order': False, 'shape': (3, 3), }",
    "torn.npz": b"PK\x03\x04 and no more",
}


def test_a_bad_file_is_told_by_its_name_and_leaves_everything_as_it_was(qtbot, window, tmp_path):
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
        window._own_data.files.import_file(tmp_path / name)
        qtbot.waitUntil(lambda name=name: name in window._message_bar.text())
        assert window.experiment == Experiment(depth=1, width=5)
        assert not dialogs(window)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(qtbot, window, tmp_path):
    window._own_data.files.import_file(tmp_path / "absent.csv")
    qtbot.waitUntil(lambda: window._message_bar.text() == "absent.csv could not be opened: No such file or directory.")
    assert not window._status.currentMessage(), "nothing is being read any more"
    window._own_data.files.import_file(tmp_path)
    qtbot.waitUntil(lambda: window._message_bar.text().endswith("is not a file."))


def dropped(window, mime):
    """Drag something over the boundary, let it go there, and say whether the window wanted it."""
    view = window._outcome.boundary.viewport()
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, buttons, keys)
    QApplication.sendEvent(view, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, mime, buttons, keys))
    return enter.isAccepted()


def test_a_file_or_a_text_that_is_dropped_is_imported_and_other_things_are_not(qtbot, window, tmp_path):
    file, text, files = QMimeData(), QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(file_of(tmp_path, BODIES)))])
    text.setText(BODIES)
    files.setUrls([QUrl.fromLocalFile("/a.csv"), QUrl.fromLocalFile("/b.csv")])
    for mime, source in ((file, "bodies.csv"), (text, "The dropped text")):
        assert dropped(window, mime)
        dialog = dialog_of(qtbot, window)
        assert dialog.windowTitle() == f"Import data from {source}"
        press(dialog, CANCEL)
        qtbot.waitUntil(lambda: not dialogs(window))
    assert not dropped(window, QMimeData())
    assert dropped(window, files)
    assert window._message_bar.text() == "Drop one file of data at a time, not 2."


def test_a_copied_table_is_pasted_but_not_where_text_is_typed(qtbot, window):
    QApplication.clipboard().setText(BODIES.replace(";", "\t"))
    box = window._panel._fields["learning_rate"].box
    window.activateWindow()
    box.setFocus()
    QTest.keySequence(box, QKeySequence.StandardKey.Paste)
    assert not window._own_data.files._work.isRunning()
    box.clearFocus()
    QTest.keySequence(window, QKeySequence.StandardKey.Paste)
    dialog = dialog_of(qtbot, window)
    press(dialog, OK)
    assert window.experiment.own.positions.tolist() == POSITIONS


def test_a_clipboard_without_a_table_is_told(qtbot, window):
    for text, sentence in (("", "no text"), ("hello", "too few columns, 1"), ("1\t2\n3\t4\n", "too few columns, 2")):
        QApplication.clipboard().setText(text)
        window._own_data.files.paste.trigger()
        qtbot.waitUntil(lambda sentence=sentence: sentence in window._message_bar.text())
        assert window._message_bar.text().startswith("The clipboard")
    assert window.experiment == Experiment(depth=1, width=5)


def test_what_is_exported_is_the_same_data_when_it_is_read_again(window, tmp_path):
    for dataset in ("Disk", "Spiral"):
        window.want(window.experiment.choose("dataset", dataset).choose("noise", 10))
        window._own_data.export_data(tmp_path / "points.csv")
        assert (tmp_path / "points.csv").read_text().startswith('"x1","x2","label"\n')
        table = read_file(tmp_path / "points.csv")
        data = points_from(table, *suggested_columns(table))
        mine = present_points(window.experiment)
        assert data.classes == mine.classes
        rows = [np.column_stack([each.positions, each.labels]).tolist() for each in (data, mine)]
        assert sorted(rows[0]) == sorted(rows[1])


def test_points_with_values_are_not_made_ones_own_which_is_told(window):
    window.want(window.experiment.choose("dataset", "Plane"))
    plane = window.experiment
    window._panel._fields["dataset"].box.setCurrentText("Own")
    assert window._message_bar.text() == ("The points of Plane have values: only those of classes can be your own.")
    assert window.experiment == plane
    assert window._panel._fields["dataset"].box.currentText() == "Plane"


def test_points_with_values_are_exported_with_them(window, tmp_path):
    window.want(window.experiment.choose("dataset", "Plane"))
    window._own_data.export_data(tmp_path / "points.csv")
    header, *rows = (tmp_path / "points.csv").read_text().splitlines()
    assert header == "x1,x2,value"
    data = samples_of(window.experiment).data
    expected = [
        [*place, value]
        for part in (data.train, data.test)
        for place, value in zip(part.positions.tolist(), part.labels.tolist(), strict=True)
    ]
    assert [[float(cell) for cell in row.split(",")] for row in rows] == expected


def test_export_asks_for_the_file_and_tells_where_nothing_can_be_written(window, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("visualdl.gui.user_data.files.ask_where_to_save", lambda *question: asked.append(question[1:]))
    window._own_data.files.export.trigger()
    assert asked == [("Export data", "points", ".csv", "Comma-separated values")]
    window._own_data.export_data(tmp_path / "absent" / "points.csv")
    assert window._message_bar.text().startswith("The data could not be saved to points.csv")


def test_the_menu_asks_which_file_to_read(qtbot, window, tmp_path, monkeypatch):
    file = file_of(tmp_path, BODIES)
    for answer in ("", str(file)):
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_, answer=answer: (answer, ""))
        window._own_data.files.import_.trigger()
    assert dialog_of(qtbot, window).windowTitle() == "Import data from bodies.csv"


def test_a_window_may_be_closed_while_a_file_is_read(qtbot, window, tmp_path):
    window._own_data.files.import_file(file_of(tmp_path, "1,2,a\n" * 20_000 + "3,4,b\n"))
    window.close()
    assert not window._own_data.files._work.isRunning()
    assert not dialogs(window)
