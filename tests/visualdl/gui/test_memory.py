"""What the window remembers from one time to the next, and what it does not."""

from PySide6.QtCore import QSettings

from visualdl.experiment import Experiment
from visualdl.gui.main_window import MainWindow


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
    for key in ("geometry", "columns", "theme", "show/training_points", "show/log_loss"):
        settings.setValue(key, "nonsense")
    window = MainWindow(settings=settings)
    qtbot.addWidget(window)
    assert window._actions.theme_name() == "System"
    assert window._actions.toggles["training_points"].isChecked()
    window.close()
