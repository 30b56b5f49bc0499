"""What the tests of the controls share: a control in an active window, and a hand that types and turns the wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from visualdl.gui.controls.experiment_panel import ExperimentPanel
from visualdl.gui.controls.number_control import NumberControl


@pytest.fixture
def make(qtbot):
    """Build a shown NumberControl that keeps what it says in `values`."""

    def build(choice, **options):
        control = NumberControl(choice, **options)
        control.resize(240, 60)
        qtbot.addWidget(control)
        control.show()
        control.activateWindow()
        qtbot.waitUntil(control.isActiveWindow)
        control.values = []
        control.box.valueChanged.connect(control.values.append)
        return control

    return build


@pytest.fixture
def retype(qtbot):
    """Type over what a box shows."""

    def type_over(box, text):
        box.setFocus()
        box.selectAll()
        qtbot.keyClicks(box, text)

    return type_over


@pytest.fixture
def wheel(qapp):
    """Turn the wheel over a widget, by notches; return whether the widget kept that for itself."""

    def turn(widget, notches):
        place = QPointF(widget.rect().center())
        event = QWheelEvent(
            place,
            QPointF(widget.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        return event.isAccepted()

    return turn


@pytest.fixture
def tab_stops(qtbot):
    """Return the names of all that has its place in a widget's focus chain, having seen that the tab key goes there."""

    def walk(widget):
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        stops, link = [], widget.nextInFocusChain()
        while link is not widget:
            if link.focusPolicy() & Qt.FocusPolicy.TabFocus and link.focusProxy() is None:
                stops.append(link)
            link = link.nextInFocusChain()
        stops[0].setFocus()
        for key, after in ((Qt.Key.Key_Tab, stops[1:]), (Qt.Key.Key_Backtab, stops[-2::-1])):
            for stop in after:
                qtbot.keyClick(QApplication.focusWidget(), key)
                assert QApplication.focusWidget() is stop
        return [stop.accessibleName() for stop in stops]

    return walk


@pytest.fixture
def panel(qtbot):
    panel = ExperimentPanel()
    qtbot.addWidget(panel)
    panel.resize(235, 560)
    panel.show()
    panel.wanted = []
    panel.experiment_wanted.connect(panel.wanted.append)
    return panel
