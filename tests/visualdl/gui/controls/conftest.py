"""What the tests of the controls share: a control in an active window, and a hand that types."""

import pytest

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
