"""Boxes that hold a number of a range exactly, whole or not, and show it in few digits."""

import math
import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from visualdl.choices import Range
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.scale import Scale
from visualdl.gui.theme import tabular

BEGINNING_OF_A_NUMBER = re.compile(r"[+-]?\d*[.,]?\d*(e[+-]?\d*)?", re.IGNORECASE)
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


class _NumberBox:
    """What both boxes share: any number may be typed; what it comes to is decided when it is committed.

    Return commits and leaves the box, Escape leaves it as it was. While a box has the focus, no key that writes
    reaches the window's shortcuts, but for the space bar, which trains here too.
    """

    upper_end = ""  # what may be typed, and is shown, for the maximum

    def _prepare(self, choice: Range) -> None:
        describe(self, choice)
        self.scale = Scale(choice)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(tabular(self.font()))

    def stepBy(self, steps: int) -> None:
        """Step from what is typed, if something is, to the next round number."""
        self.interpretText()
        self.setValue(self.scale.stepped(self.value(), steps))
        if self.hasFocus():
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keep keys that write from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                event.ignore()
                return False
            modified = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if event.text().isprintable() and event.text().strip() and not modified:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return commits, Escape takes back; both give the focus up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.interpretText()
            self.clearFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.lineEdit().setText(self.textFromValue(self.value()))
            self.clearFocus()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only what has the focus: whoever scrolls past means to change nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Say whether `text` is a value of the range, may become one, or neither."""
        number = self._parse(text)
        if number is not None and number == self._nearest(number):
            state = QValidator.State.Acceptable
        elif BEGINNING_OF_A_NUMBER.fullmatch(text.strip()) or self.upper_end.startswith(text.strip().lower()):
            state = QValidator.State.Intermediate
        else:
            state = QValidator.State.Invalid
        return state, text, position

    def fixup(self, text: str) -> str:
        """Bring a typed number to the nearest one that is allowed; leave the rest to Qt, which takes it back."""
        number = self._parse(text)
        return text if number is None else self.textFromValue(self._nearest(number))

    def _parse(self, text: str) -> float | None:
        if self.upper_end and text.strip().lower() == self.upper_end:
            return self.maximum()
        try:
            number = float(text.replace(",", ".")) if BEGINNING_OF_A_NUMBER.fullmatch(text.strip()) else math.nan
        except ValueError:
            return None
        return None if math.isnan(number) else number

    def _nearest(self, number: float) -> float:
        return min(max(number, self.minimum()), self.maximum())


class IntegerBox(_NumberBox, QSpinBox):
    """A box for an integer range. A typed fraction is left out: 12.5 is 12."""

    def __init__(self, choice: Range) -> None:
        super().__init__()
        self.setRange(int(choice.minimum), int(choice.maximum))
        self._prepare(choice)

    def textFromValue(self, value: int) -> str:
        """Write the value, without any grouping."""
        return str(value)

    def valueFromText(self, text: str) -> int:
        """Read a value."""
        number = self._parse(text)
        return self.value() if number is None else self._nearest(number)

    def _nearest(self, number: float) -> int:
        return int(super()._nearest(number))


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

    def valueFromText(self, text: str) -> float:
        """Read a value. The text that is on show stands for the exact value, so that Enter does not round it."""
        if text == self.textFromValue(self.value()):
            return self.value()
        number = self._parse(text)
        return self.value() if number is None else number
