"""A hand that moves one widget at random, as a mouse or the keys would: sliders, boxes, lists, buttons, views."""

from random import Random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
)

from visualdl.gui.controls.scale import Scale

MODEST = {"Samples": 0.6, "Samples slider": 0.6, "Number of seeds": 0.4, "Seeds slider": 0.4}
"""Control -> up to which share of its scale it is moved: 5,000 samples and 6 seeds, for a step is not to take long."""

TYPED = ("0", "1", "3", "0.02", "1e-3", "17", "250", "-5", "1e99", "nan", "2,5", "words", "unlimited")
FORMULAS = (
    "sin(3*x1)",
    "x1*x2",
    "x1^2 + x2^2",
    "abs(x1 - x2)",
    "log(x1)",
    "1",
    "x1 +",
    "x3",
    "1/(x1 - 0.5)",
    "exp(x2)",
)
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, None)  # None leaves what is typed as it is


def slide(slider: QAbstractSlider, chance: Random) -> str:
    """Drag a slider's handle to some places, one after the other."""
    last = round(slider.maximum() * MODEST.get(slider.accessibleName(), 1))
    places = [chance.randint(slider.minimum(), last) for _ in range(chance.randint(1, 3))]
    slider.setSliderDown(True)
    for place in places:
        slider.setSliderPosition(place)
    slider.setSliderDown(False)
    return f"drag {slider.accessibleName()} to {places}"


def set_number(box: QAbstractSpinBox, chance: Random) -> str:
    """Set a box to a number of its scale, or step it."""
    scale = getattr(box, "scale", None)
    if not isinstance(scale, Scale) or chance.random() < 0.3:
        steps = chance.choice((-10, -1, 1, 10))
        box.stepBy(steps)
        return f"step {box.accessibleName()} by {steps}"
    number = scale.number_at(chance.randint(0, round(scale.LENGTH * MODEST.get(box.accessibleName(), 1))))
    box.setValue(number)
    return f"set {box.accessibleName()} to {number}"


def type_number(box: QAbstractSpinBox, chance: Random) -> str:
    """Type into a box something that is a number, or is none, and commit it, drop it, or leave it there."""
    text, key = chance.choice(TYPED), chance.choice(KEYS)
    if box.accessibleName() in MODEST:
        text = "60"
    box.selectAll()
    return _type(box, text, key, box.accessibleName())


def type_formula(field: QLineEdit, chance: Random) -> str:
    """Type a formula, that a network can have or not, and commit it, drop it, or leave it there."""
    field.selectAll()
    return _type(field, chance.choice(FORMULAS), chance.choice(KEYS), "the formula")


def choose(box: QComboBox, chance: Random) -> str:
    """Choose an entry of a list."""
    index = chance.randrange(box.count())
    box.setCurrentIndex(index)
    box.activated.emit(index)
    return f"choose {box.accessibleName()} {box.itemText(index)!r}"


def press(button: QAbstractButton, _chance: Random) -> str:
    """Click a button."""
    name = button.accessibleName() or button.text()
    button.click()
    return f"press {name!r}"


def touch(view: QGraphicsView, chance: Random) -> str:
    """Point at a view, click it, drag over it, turn the wheel, or double-click."""
    viewport = view.viewport()
    places = [
        QPoint(chance.randrange(max(1, viewport.width())), chance.randrange(max(1, viewport.height())))
        for _ in range(3)
    ]
    what = chance.choice(("point at", "click", "drag over", "wheel on", "double-click"))
    button = chance.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
    if what == "point at":
        QTest.mouseMove(viewport, places[0])
    elif what == "click":
        QTest.mouseClick(viewport, button, pos=places[0])
    elif what == "double-click":
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=places[0])
    elif what == "wheel on":
        _wheel(view, places[0], chance.choice((-120, 120)))
    else:
        QTest.mousePress(viewport, button, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(viewport, place)
        QTest.mouseRelease(viewport, button, pos=places[-1])
    return f"{what} {view.accessibleName()} at {places[0].toTuple()} with the {button.name}"


def _type(target: QAbstractSpinBox | QLineEdit, text: str, key: Qt.Key | None, name: str) -> str:
    QTest.keyClicks(target, text)
    if key is not None:
        QTest.keyClick(target, key)
    return f"type {text!r} into {name}, then {key.name if key else 'nothing'}"


def _wheel(view: QGraphicsView, place: QPoint, turn: int) -> None:
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
