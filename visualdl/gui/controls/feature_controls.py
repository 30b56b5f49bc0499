"""The inputs of the network: a tick for each built-in feature, a field for formulas, and a row for each typed one."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from superqt import QElidingLabel

from visualdl.data.features import BUILT_IN, PAPER_FEATURES, Feature, checked_features
from visualdl.gui.controls.buttons import push_button
from visualdl.gui.controls.refusal_label import RefusalLabel

IN_A_ROW = 4
LOW = 22  # pixels: the height of what is here in usual type, so that the controls below stay in sight
SPACING = 4
EXAMPLE = "e.g. sin(3*x1)"
FORMULA_HELP = (
    "A formula in x1 and x2, the places in the square from 0 to 1, with + - * / ^, parentheses, pi, e, and sin, cos, "
    "tan, exp, log, sqrt, abs, tanh, sign, min and max. Return adds it to the inputs, Escape drops it."
)


class FeatureControls(QWidget):
    """Shows which features are the network's inputs; `features_wanted` carries the names of those asked for.

    What no network can have is refused in a sentence, and the text that was typed stays.
    """

    features_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = PAPER_FEATURES
        self.setAccessibleName("Input features")
        self.setAccessibleDescription("What the network gets of each point.")
        self._toggles = {feature.name: self._toggle(feature) for feature in BUILT_IN}
        self._field = FormulaField()
        self._add = push_button("Add")
        self._add.setAccessibleName("Add formula")
        self._add.setToolTip("Make the formula an input of the network (Return)")
        self._refusal = RefusalLabel("Formula error")
        self._rows: dict[str, FormulaRow] = {}
        self._typed = QVBoxLayout()
        self._lay_out()
        self._add.clicked.connect(self._add_typed)
        self._field.returnPressed.connect(self._add_typed)
        self._field.textEdited.connect(lambda _text: self._refusal.say(""))
        self._field.dropped.connect(lambda: self._refusal.say(""))
        self.show_value(PAPER_FEATURES)

    def show_value(self, names: tuple[str, ...]) -> None:
        """Show that the features of these names are chosen, without asking for anything."""
        if names != self._names:
            self._refusal.say("")
        self._names = names
        for name, toggle in self._toggles.items():
            with QSignalBlocker(toggle):
                toggle.setChecked(name in names)
        typed = [name for name in names if name not in self._toggles]
        if typed != list(self._rows):
            self._show_rows(typed)

    def _toggle(self, feature: Feature) -> QCheckBox:
        toggle = QCheckBox(feature.symbol)
        toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        toggle.setAccessibleName(feature.name)
        help_text = f"Whether {feature.text} is an input of the network."
        toggle.setAccessibleDescription(help_text)
        toggle.setToolTip(f"<p>{help_text}</p>")
        toggle.toggled.connect(partial(self._choose, feature.name))
        return toggle

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(1)  # no wider than the widest of the other controls
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(IN_A_ROW, 1)
        for number, toggle in enumerate(self._toggles.values()):
            grid.addWidget(toggle, number // IN_A_ROW, number % IN_A_ROW)
        row = QHBoxLayout()
        row.setSpacing(SPACING + 2)
        row.addWidget(self._field, 1)
        row.addWidget(self._add)
        for part in (self._field, self._add):
            part.setFixedHeight(max(LOW, part.fontMetrics().height() + 8))
        self._typed.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(grid)
        column.addLayout(row)
        column.addWidget(self._refusal)
        column.addLayout(self._typed)

    def _show_rows(self, names: list[str]) -> None:
        for row in self._rows.values():
            row.hide()
            row.setParent(None)
            row.deleteLater()  # its button may be the one that was clicked
        self._rows = {}
        before: QWidget = self._add
        for name in names:
            row = self._rows[name] = FormulaRow(name)
            row.remove.clicked.connect(partial(self._choose, name, False))
            self._typed.addWidget(row)
            row.show()
            QWidget.setTabOrder(before, row.remove)
            before = row.remove

    def _choose(self, name: str, on: bool) -> None:
        chosen = {*self._names, name} if on else {*self._names} - {name}
        built_in = [each for each in self._toggles if each in chosen]
        self._ask_for((*built_in, *(each for each in self._rows if each in chosen)))

    def _add_typed(self) -> None:
        text = self._field.text().strip()
        if self._ask_for((*self._names, text)):
            self._field.clear()
            self._field.clearFocus()

    def _ask_for(self, names: tuple[str, ...]) -> bool:
        """Ask for the features of these names, if a network can have them; else say why not."""
        try:
            wanted = checked_features(names)
        except ValueError as refusal:
            self._refusal.say(str(refusal))
            self.show_value(self._names)
            return False
        self._refusal.say("")
        self.show_value(wanted)
        self.features_wanted.emit(wanted)
        return True


class FormulaField(QLineEdit):
    """Where a formula is typed; `dropped` tells that Escape has emptied it."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(EXAMPLE)
        self.setAccessibleName("Formula")
        self.setAccessibleDescription(FORMULA_HELP)
        self.setToolTip(f"<p>{FORMULA_HELP}</p>")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's; Escape empties the field and leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class FormulaRow(QWidget):
    """A typed formula that is an input, and a button that removes it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        label = QElidingLabel(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setToolTip(name)
        self.remove = push_button("×")
        self.remove.setFixedSize(LOW, LOW)
        self.remove.setAccessibleName(f"Remove {name}")
        self.remove.setToolTip("Take this formula from the network's inputs")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(label, 1)
        row.addWidget(self.remove)
