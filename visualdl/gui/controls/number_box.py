"""Boxes that hold a number of a range exactly, whole or not, and show it in few digits."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from visualdl.experiment.choices import Range
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.scale import Scale
from visualdl.gui.controls.typed_number import may_be_typed, number_from_text
from visualdl.gui.controls.wheel import WheelWithFocus
from visualdl.gui.theme import tabular

LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
SHORTCUT_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
WIDEST_NUMBER = "0.00888"


def number_text(value: float) -> str:
    """Write a number in up to four significant digits and seven characters, no zeros at its end: 0.01, 1e-5, 2500."""
    if abs(value) >= 1000:
        return f"{value:.0f}"
    texts = (_significant(value, digits) for digits in (4, 3))
    return next((text for text in texts if len(text) <= 7), _significant(value, 2))


def _significant(value: float, digits: int) -> str:
    if not 0 < abs(value) < 0.001:
        return f"{value:.{digits}g}"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"


class _NumberBox(WheelWithFocus):
    """What both boxes share. What is typed acts when it is committed: by Return, by Tab, or by `interpretText`."""

    upper_end = ""

    def _prepare(self, choice: Range) -> None:
        describe(self, choice)
        self.scale = Scale(choice)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own would give it to the wheel
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(tabular(self.font()))

    def stepBy(self, steps: int) -> None:
        """Step from what is typed, if something is, to the next round number."""
        self.interpretText()
        self.setValue(self.scale.stepped(self.value(), steps))
        if self.hasFocus():
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Claim every plain key before the window's shortcuts get it, but the space bar: that trains, here too."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return False
        plain = not event.modifiers() & SHORTCUT_MODIFIERS
        if plain and (event.key() < Qt.Key.Key_Escape or event.key() in LEAVING):  # Qt's keys start at Escape
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return commits what is typed, Escape takes it back; both give the focus up."""
        if event.key() not in LEAVING or event.modifiers() & SHORTCUT_MODIFIERS:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.setValue(self.value())
        else:
            self.interpretText()
        self.clearFocus()
        event.accept()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Say whether `text` is a value of the range, may become one, or neither."""
        number = self._parse(text)
        if number is not None and self._bounded(number) == number:
            state = QValidator.State.Acceptable
        elif may_be_typed(text, also=self.upper_end):
            state = QValidator.State.Intermediate
        else:
            state = QValidator.State.Invalid
        return state, text, position

    def fixup(self, text: str) -> str:
        """Bring a typed number to the nearest one of the range; Qt goes back to the value from what is no number."""
        number = self._parse(text)
        return text if number is None else self.textFromValue(self._bounded(number))

    def valueFromText(self, text: str) -> float:
        """Read a value. The text that is on show stands for the exact value, so that Enter does not round it."""
        if text == self.textFromValue(self.value()):
            return self.value()
        number = self._parse(text)
        return self.value() if number is None else self._bounded(number)

    def _bounded(self, number: float) -> float:
        return min(max(number, self.minimum()), self.maximum())

    def _parse(self, text: str) -> float | None:
        if self.upper_end and text.strip().lower() == self.upper_end:
            return self.maximum()
        return number_from_text(text)


class IntegerBox(_NumberBox, QSpinBox):
    """A box for an integer range. A fraction is rounded when it is committed, halves to the even number."""

    def __init__(self, choice: Range) -> None:
        super().__init__()
        self.setRange(int(choice.minimum), int(choice.maximum))
        self._prepare(choice)

    def textFromValue(self, value: int) -> str:
        """Write the value in plain digits, whatever the language of the system."""
        return str(value)

    def _bounded(self, number: float) -> int:
        return round(super()._bounded(number))


class DecimalBox(_NumberBox, QDoubleSpinBox):
    """A box for a range of real numbers: it shows a few digits and holds them all.

    `upper_end` is shown, and may be typed, in place of the maximum.
    """

    ENOUGH_DECIMALS = 40  # Qt rounds to these: 17 digits of a number as small as 1e-23 survive

    def __init__(self, choice: Range, upper_end: str = "") -> None:
        super().__init__()
        self.upper_end = upper_end
        self.setDecimals(self.ENOUGH_DECIMALS)
        self.setRange(choice.minimum, choice.maximum)
        self._prepare(choice)

    def sizeHint(self) -> QSize:
        """Have room for the widest number, which is neither end of the range."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        ends = max(metrics.horizontalAdvance(self.textFromValue(end)) for end in (self.minimum(), self.maximum()))
        hint.setWidth(hint.width() + max(0, metrics.horizontalAdvance(WIDEST_NUMBER) - ends))
        return hint

    def textFromValue(self, value: float) -> str:
        """Write the value, or the name of the upper end."""
        return self.upper_end if self.upper_end and value >= self.maximum() else number_text(value)
