"""What the window remembers from one time to the next, and what it does not."""

import os

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from visualdl.experiment.experiment import Experiment
from visualdl.gui.window.main_window import MainWindow


def test_options_are_remembered_but_the_experiment_is_not(qtbot, tmp_path):
    def make():
        window = MainWindow(settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        return window

    window = make()
    window.set_theme_name("Dark")
    window._actions.toggles["test_points"].setChecked(True)
    window._actions.toggles["log_loss"].setChecked(True)
    window.resize(window.width(), 690)  # no larger than the screen, or it would be made to fit
    window.want(Experiment(depth=1))
    window.close()
    again = make()
    assert again._appearance.theme.name == "Dark"
    assert again._actions.toggles["test_points"].isChecked()
    assert again._actions.toggles["log_loss"].isChecked()
    assert again._actions.toggles["training_points"].isChecked()
    assert again.height() == 690
    assert again.experiment == Experiment()
    again.close()


def test_full_screen_is_remembered_with_its_switch(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    window.show()
    window._actions.full_screen.trigger()
    window.close()
    again = MainWindow(settings=settings)
    qtbot.addWidget(again)
    assert again.isFullScreen() == again._actions.full_screen.isChecked()
    again.close()


def test_settings_that_make_no_sense_are_ignored(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key in ("geometry", "division/with_pages", "theme", "show/training_points", "show/log_loss"):
        settings.setValue(key, "nonsense")
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    assert window._actions.theme_name() == "System"
    assert window._actions.toggles["training_points"].isChecked()
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
    assert window._actions.theme_name() == "System"
    window.close()
    window._memory._settings.sync()
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

    def divisions(window):
        found = {}
        for page in ("Network", None):
            window.show_page(page)
            QApplication.processEvents()  # lays out
            found[page] = [box.sizes() for box in window._arrangement.boxes]
        return found

    def press(box, times):
        for _ in range(times):
            QTest.keyClick(box.dividers()[-1], {1: Qt.Key.Key_Left, 2: Qt.Key.Key_Up}[box.orientation().value])

    window = build()
    before = divisions(window)
    for page, times in (("Network", 5), (None, 3)):
        window.show_page(page)
        for box in window._arrangement.boxes:
            press(box, times)
    moved = divisions(window)
    for page, sizes in moved.items():  # the first divider is as far left as it goes
        assert all(one != other for one, other in zip(before[page][1:], sizes[1:], strict=True))
    window.show_page(None if hidden_at_the_end else "Network")
    window.close()
    again = build()
    assert divisions(again) == moved
    again.close()


def test_sizes_that_make_no_sense_are_ignored(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    window.show()
    before = [box.sizes() for box in window._arrangement.boxes]
    for saved in ("", "1 2 3", "a 2 3 4 5 6 7", "0 0 0 0 0 0 0", "-1 2 3 4 5 6 7", "99999 1 1 1 1 1 1"):
        settings.setValue("division/with_pages", saved)
        window._memory.restore()
        assert [box.sizes() for box in window._arrangement.boxes] == before, saved
    window.close()


def test_a_list_in_the_place_of_a_word_is_ignored(qtbot, tmp_path):
    (tmp_path / "settings.ini").write_bytes(b"[General]\nresolution=Fine, Finest\ntheme=Dark, Light\npage=a, b\n")
    window = MainWindow(settings=QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    assert (window._actions.resolution_name(), window._actions.theme_name()) == ("Usual", "System")
    window.close()


def test_a_window_is_never_put_where_nobody_would_find_it(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    window._memory.save()
    saved, before = bytearray.fromhex(settings.value("geometry")), window.geometry()
    for place in range(8, 40):
        damaged = saved.copy()
        damaged[place] ^= 0x4
        settings.setValue("geometry", damaged.hex())
        window._memory.restore()
        assert window.geometry().intersects(window.screen().virtualGeometry()), place
        window.setGeometry(before)
    window.close()


@pytest.mark.parametrize(
    ("content", "age", "stays"), [(b"", 60, False), (b"", 0, True), (b"123\nvisualdl\nhere\n", 60, True)]
)
def test_a_lock_that_a_killed_process_could_not_sign_is_no_reason_to_wait(qtbot, tmp_path, content, age, stays):
    file = tmp_path / "settings.ini"
    window = MainWindow(settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    lock = tmp_path / "settings.ini.lock"
    lock.write_bytes(content)
    changed = lock.stat().st_mtime - age
    os.utime(lock, (changed, changed))
    window._memory._remove_empty_lock()
    assert lock.exists() == stays
    lock.unlink(missing_ok=True)  # Qt would wait for it
    window.close()
    assert file.exists()


def test_a_window_that_closes_removes_such_a_lock_and_remembers(qtbot, tmp_path):
    file, lock = tmp_path / "settings.ini", tmp_path / "settings.ini.lock"
    window = MainWindow(settings=QSettings(str(file), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    lock.touch()
    os.utime(lock, (0, 0))
    window.close()
    assert not lock.exists()
    assert "geometry" in file.read_text()
