"""The window by keyboard, by name and in large type: all of it, on every page."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QScrollBar,
    QSplitter,
    QTabBar,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)

from tests.visualdl.gui.finding import named, wait_for_rest
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.experiment.presets import collect
from visualdl.gui.window.main_window import MainWindow

SMALL = Experiment(width=4, depth=2, batch_size=250)
PAGES = ("Network", "Hidden plane", "Confusion", "Seeds")
KINDS = (QAbstractButton, QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit, QTabBar, QAbstractItemView)
LARGE = 1.5


@pytest.fixture
def window(qtbot):
    """The window with everything in it: three seeds, a preset's paragraph, a message."""
    window = MainWindow(SMALL)
    qtbot.addWidget(window)
    fill(qtbot, window)
    return window


def fill(qtbot, window):
    window.show()
    window.set_speed(SPEED.maximum)
    for page in PAGES:
        window.show_page(page)
        wait_for_rest(qtbot, window)
    window.begin_seeds(3, with_torch=True)
    qtbot.waitUntil(lambda: window.frame.seeds is not None and window.frame.seeds.epoch > 0, timeout=20_000)
    window.play_seeds(False)
    wait_for_rest(qtbot, window)


def interactive(window):
    """All widgets that a user acts on; not the parts that Qt puts into them, nor what only scrolls or resizes."""
    found = [widget for widget in window.findChildren(QWidget) if is_interactive(widget)]
    assert len(found) > 60
    return found


def is_interactive(widget):
    parent = widget.parent()
    is_part = (
        isinstance(widget, QScrollBar | QHeaderView | QMenu | QMenuBar)
        or isinstance(parent, QAbstractSpinBox | QTabBar | QMenuBar | QHeaderView)
        or (isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton))
        or widget.focusProxy() is not None
        or (isinstance(widget, QToolButton) and widget.defaultAction() and not widget.defaultAction().isVisible())
    )
    takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return not is_part and not in_combo(widget) and (isinstance(widget, KINDS) or takes_keys)


def in_combo(widget):
    while widget is not None:
        widget = widget.parent()
        if isinstance(widget, QComboBox):
            return True
    return False


def test_every_interactive_widget_has_a_name_and_a_description(window):
    nameless = []
    for widget in interactive(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        name, description = (interface.text(each) for each in (QAccessible.Text.Name, QAccessible.Text.Description))
        if isinstance(widget, QTabBar):  # whose tabs Qt describes by their texts alone
            description = widget.accessibleDescription()
        if not name or not description or "<" in description:
            nameless.append((widget, name, description))
    assert nameless == []


def test_every_list_has_a_label_for_screen_readers_that_read_its_value_as_its_name(window):
    buddies = {label.buddy() for label in window.findChildren(QLabel)}
    lists = [widget for widget in interactive(window) if isinstance(widget, QComboBox)]
    assert [widget.accessibleName() for widget in lists if widget not in buddies] == []
    assert all(widget.accessibleName() for widget in lists)


@pytest.mark.parametrize("page", PAGES)
def test_tab_comes_to_everything_that_can_be_used_from_left_to_right_and_back_to_the_start(qtbot, window, page):
    window.show_page(page)
    wait_for_rest(qtbot, window)
    window.activateWindow()
    window.setFocus()
    reached = []
    while True:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget in reached:
            break
        reached.append(widget)
    assert widget is reached[0]
    usable = {each for each in interactive(window) if each.isVisible() and each.isEnabled()}
    missed = [(type(each).__name__, each.accessibleName()) for each in usable - set(reached) if not in_group(each)]
    assert missed == []
    columns = [column_of(window, each) for each in reached]
    assert columns == sorted(columns)


def in_group(widget):
    """Whether arrow keys reach it from another of its kind, as radio buttons are."""
    return widget.inherits("QRadioButton") and not widget.isChecked()


def column_of(window, widget):
    """The top is first, then the three columns."""
    columns = named(window, "Pages", QTabWidget).parentWidget()
    for place in range(columns.count()):
        if columns.widget(place).isAncestorOf(widget):
            return place + 1
    return 0


def test_nothing_moves_when_a_message_comes_and_goes(qtbot, window):
    def places():
        QApplication.processEvents()
        everything = [each for each in window.findChildren(QWidget) if each is not bar and not bar.isAncestorOf(each)]
        return {each: each.geometry().getRect() for each in everything if each.isVisible()}

    bar = named(window, "Message", QLabel).parentWidget()
    assert not bar.isVisible()
    before = places()
    window.show_failure("Something went wrong.", "details")
    assert places() == before
    assert bar.isVisible()
    assert bar.geometry().bottom() <= window.centralWidget().rect().bottom()
    assert bar.height() >= bar.sizeHint().height()
    covered = window.childAt(bar.mapTo(window, bar.rect().center()))
    assert covered is bar or bar.isAncestorOf(covered), "it lies on top"
    named(window, "Close message", QPushButton).click()
    assert places() == before
    assert not bar.isVisible()


@pytest.fixture
def large_type(qapp):
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * LARGE)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("large_type")
def test_no_text_is_clipped_in_type_half_as_large_again(qtbot):
    window = MainWindow(SMALL)
    qtbot.addWidget(window)
    window.resize(1100, 700)  # or as small as it fits
    fill(qtbot, window)
    window.show_preset(collect().presets[3])
    wait_for_rest(qtbot, window)
    clipped = []
    for page in PAGES:
        window.show_page(page)
        wait_for_rest(qtbot, window)
        QApplication.processEvents()
        clipped += [(page, *each) for each in clipped_texts(window)]
    assert clipped == []
    assert named(window, "Loss curve").font().pointSizeF() == QApplication.font().pointSizeF(), "curves have it, too"
    assert window.width() <= 1500
    assert window.height() <= 850


@pytest.mark.usefixtures("large_type")
def test_six_classes_fit_into_the_confusion_tables_in_large_type(qtbot):
    window = MainWindow(Experiment(dataset="Rings", classes=6, samples=100, width=4, depth=1))
    qtbot.addWidget(window)
    window.resize(1100, 700)  # or as small as it fits
    window.show()
    window.show_page("Confusion")
    wait_for_rest(qtbot, window)
    QApplication.processEvents()
    tables = [each for each in window.findChildren(QTableView) if "Confusion" in each.accessibleName()]
    assert len(tables) == 2
    for table in tables:
        assert table.font().pointSizeF() == QApplication.font().pointSizeF()
        assert table.parentWidget().rect().contains(table.geometry())
        assert table.verticalHeader().length() <= table.viewport().height()
        assert table.rowHeight(0) >= 2 * table.fontMetrics().height()
    assert window.height() <= 950


def clipped_texts(window):
    """Each visible widget with a text that needs more room than it has, or that stands out of its parent."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or in_combo(widget) or not isinstance(widget, QLabel | QAbstractButton | QComboBox):
            continue
        if isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text() or elides(widget)):
            if widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height():
                yield "height", widget, widget.text()
            continue
        needed = widget.minimumSizeHint()
        if isinstance(widget, QPushButton | QToolButton):  # for the rest of a hint is only room around the text
            needed = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text()) + QSize(4, 4)
        if widget.width() < needed.width() or widget.height() < needed.height() - 1:
            yield widget.size().toTuple(), needed.toTuple(), widget, widget.accessibleName()
        parent = widget.parentWidget()
        if not isinstance(parent, QSplitter) and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            yield "outside", widget, widget.accessibleName()


def elides(label):
    return type(label).__name__ == "QElidingLabel"
