"""What the window remembers from one time to the next, and what it does not."""

import itertools
import os

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTabWidget

from tests.visualdl.gui.finding import actions
from tests.visualdl.gui.remembering import memory_of
from visualdl.experiment.experiment import Experiment
from visualdl.gui.actions import Actions
from visualdl.gui.theme import DARK
from visualdl.gui.widgets.dividers import DividedBox
from visualdl.gui.window.main_window import MainWindow
from visualdl.gui.window.window_layout import WindowLayout


def divisions(window):
    return [box.sizes() for box in window.findChildren(DividedBox)]


@pytest.fixture
def empty_window(qtbot):
    """A window of nothing but what is remembered: it takes no time to restore."""
    window = QMainWindow()
    qtbot.addWidget(window)
    Actions(window)
    parts = [QLabel("A part") for _ in range(8)]
    window.setCentralWidget(
        WindowLayout(
            top=parts[:2],
            message=parts[2],
            note=parts[3],
            controls=parts[4:6],
            pages=QTabWidget(),
            boundary=QLabel("The boundary"),
            curves=parts[6:],
        )
    )
    window.resize(1100, 700)
    return window


def test_options_are_remembered_but_the_experiment_is_not(qtbot, tmp_path):
    def make():
        window = MainWindow(settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        return window

    window = make()
    window.set_theme_name("Dark")
    actions(window)["Test points"].setChecked(True)
    actions(window)["Logarithmic loss"].setChecked(True)
    window.resize(window.width(), 690)  # no larger than the screen, or it would be made to fit
    window.want(Experiment(depth=1))
    window.close()
    again = make()
    assert QApplication.palette().window().color() == DARK.color("window")
    for text in ("Dark", "Test points", "Logarithmic loss", "Training points"):
        assert actions(again)[text].isChecked(), text
    assert again.height() == 690
    assert again.experiment == Experiment()
    again.close()


def test_full_screen_is_remembered_with_its_switch(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    window.show()
    actions(window)["Full screen"].trigger()
    window.close()
    again = MainWindow(settings=settings)
    qtbot.addWidget(again)
    assert again.isFullScreen() == actions(again)["Full screen"].isChecked()
    again.close()


def test_settings_that_make_no_sense_are_ignored(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key in ("geometry", "division/with_pages", "theme", "show/training_points", "show/log_loss"):
        settings.setValue(key, "nonsense")
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    assert actions(window)["System"].isChecked()
    assert actions(window)["Training points"].isChecked()
    window.close()


@pytest.mark.parametrize(
    "damage",
    [
        b"figures=@Variant(\\0\\0\\0\\t\\xff\\xff\\x3\\0)",  # a list so long that Qt ends the process
        b"figures=\\x40Variant(\\0\\0\\0\\t\\xff\\xff\\x3\\0)",
        b"theme=Dark\n" * 10_000,
    ],
)
def test_a_file_that_the_window_has_not_written_is_forgotten(qtbot, tmp_path, damage):
    file = tmp_path / "settings.ini"
    file.write_bytes(b"[General]\ntheme=Dark\n" + damage)
    window = MainWindow(settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    assert actions(window)["System"].isChecked()
    window.close()
    assert b"theme=System" in file.read_bytes()
    assert not any(sign in file.read_bytes() for sign in b'@\\"')


@pytest.mark.parametrize("hidden_at_the_end", [True, False])
def test_how_the_parts_are_divided_is_remembered_with_pages_and_without(qtbot, tmp_path, hidden_at_the_end):
    def build():
        window = MainWindow(settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        window.resize(1500, 900)
        window.show()
        return window

    def both_divisions(window):
        found = {}
        for page in ("Network", None):
            window.show_page(page)
            QApplication.processEvents()  # lays out
            found[page] = divisions(window)
        return found

    def press(box, times):
        for _ in range(times):
            QTest.keyClick(box.dividers()[-1], {1: Qt.Key.Key_Left, 2: Qt.Key.Key_Up}[box.orientation().value])

    window = build()
    before = both_divisions(window)
    for page, times in (("Network", 5), (None, 3)):
        window.show_page(page)
        for box in window.findChildren(DividedBox):
            press(box, times)
    moved = both_divisions(window)
    for page, sizes in moved.items():  # the first divider is as far left as it goes
        assert all(one != other for one, other in zip(before[page][1:], sizes[1:], strict=True))
    window.show_page(None if hidden_at_the_end else "Network")
    window.close()
    again = build()
    assert both_divisions(again) == moved
    again.close()


def test_sizes_that_make_no_sense_are_ignored(empty_window, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    memory = memory_of(empty_window, settings)
    empty_window.show()
    as_built = divisions(empty_window)
    settings.setValue("division/with_pages", "300 500 300 400 300 200 100")
    memory.restore()
    before = divisions(empty_window)
    assert all(sizes != others for sizes, others in zip(before, as_built, strict=True))
    for saved in ("", "1 2 3", "a 2 3 4 5 6 7", "0 0 0 0 0 0 0", "-1 2 3 4 5 6 7", "99999 1 1 1 1 1 1"):
        settings.setValue("division/with_pages", saved)
        memory.restore()
        assert divisions(empty_window) == before, saved


def test_a_list_in_the_place_of_a_word_is_ignored(qtbot, tmp_path):
    (tmp_path / "settings.ini").write_bytes(b"[General]\nresolution=Fine, Finest\ntheme=Dark, Light\npage=a, b\n")
    window = MainWindow(settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    assert actions(window)["System"].isChecked()
    assert [text for text, each in actions(window).items() if "×" in text and each.isChecked()] == ["Usual (65 × 65)"]
    window.close()


def test_a_window_is_never_put_where_nobody_would_find_it(empty_window, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    memory = memory_of(empty_window, settings)
    memory.save()
    saved, before = bytearray.fromhex(settings.value("geometry")), empty_window.geometry()
    for place, bit in itertools.product(range(8, len(saved)), range(8)):
        damaged = saved.copy()
        damaged[place] ^= 1 << bit
        settings.setValue("geometry", damaged.hex())
        memory.restore()
        assert empty_window.geometry().intersects(empty_window.screen().virtualGeometry()), (place, bit)
        empty_window.setGeometry(before)


class Unwritten(QSettings):
    """Settings that write nothing: they wait for no lock."""

    def setValue(self, _key, _value):  # noqa: N802
        pass

    def sync(self):
        pass


@pytest.mark.parametrize(
    ("content", "age", "stays"), [(b"", 60, False), (b"", 0, True), (b"123\nvisualdl\nhere\n", 60, True)]
)
def test_a_lock_that_a_killed_process_could_not_sign_is_no_reason_to_wait(empty_window, tmp_path, content, age, stays):
    memory = memory_of(empty_window, Unwritten(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    lock = tmp_path / "settings.ini.lock"
    lock.write_bytes(content)
    changed = lock.stat().st_mtime - age
    os.utime(lock, (changed, changed))
    memory.save()
    assert lock.exists() == stays


def test_a_window_that_closes_removes_such_a_lock_and_remembers(qtbot, tmp_path):
    file, lock = tmp_path / "settings.ini", tmp_path / "settings.ini.lock"
    window = MainWindow(settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    lock.touch()
    os.utime(lock, (0, 0))
    window.close()
    assert not lock.exists()
    assert "geometry" in file.read_text()
