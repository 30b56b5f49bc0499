"""A number control shows one quantity twice: in a box, which holds it, and on a slider, which only suggests."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QWidget

from visualdl.experiment.choices import Range
from visualdl.gui.controls.captions import caption, muted
from visualdl.gui.controls.descriptions import describe
from visualdl.gui.controls.number_box import DecimalBox, IntegerBox
from visualdl.gui.controls.step_slider import StepSlider

SPACING = 6


class NumberControl(QWidget):
    """Label, unit, box and slider of a range. Whoever wants the number listens to `box`.

    `slider=False` leaves the slider out, for numbers that have no neighbours, such as seeds.
    `one_line` puts label, slider, box and unit into a row. `upper_end` is what a box of real numbers calls its maximum.
    """

    def __init__(self, choice: Range, *, slider: bool = True, one_line: bool = False, upper_end: str = "") -> None:
        super().__init__()
        self._choice = choice
        self._explained: tuple[str, str, str | None] = "", "", None
        self.box = IntegerBox(choice) if choice.integer else DecimalBox(choice, upper_end)
        self.slider = StepSlider(self.box.scale.LENGTH) if slider else None
        self._lay_out(choice, one_line)
        if self.slider is not None:
            self._join(self.slider)

    def show_value(self, number: float) -> None:
        """Show a number; also one below the range, which is no choice."""
        self.box.setMinimum(min(self._choice.minimum, number))
        self.box.setValue(number)

    def explain(self, idle: str = "", differing: str = "", unit: str | None = None) -> None:
        """Disable the control and say why it is `idle`, or enable it; say why its number is the largest of several.

        `unit` is what the number counts, where that follows from another choice.
        """
        if (idle, differing, unit) == self._explained:
            return
        self._explained = idle, differing, unit
        if unit is not None:
            self._choice = replace(self._choice, unit=unit)
        self.setEnabled(not idle)
        self._unit.setText("at most" if differing else self._choice.unit)  # both would not fit beside the label
        describe(self.box, self._choice, idle)
        if self.slider is not None:
            self._describe_slider(self.slider)
        if differing:
            describe(self.box, self._choice, differing)

    def _lay_out(self, choice: Range, one_line: bool) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(SPACING)
        layout.setVerticalSpacing(1)
        layout.addWidget(caption(choice.label, self.box), 0, 0)
        self._unit = muted(choice.unit)
        if one_line:  # no arrows: in a row, the slider needs the room
            self.box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
            parts = (self.slider, self.box, self._unit)
            for column, part in enumerate(parts, start=1):
                if part is not None:
                    layout.addWidget(part, 0, column)
            layout.setColumnStretch(1, 1)
            return
        layout.addWidget(self._unit, 0, 1)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self.box, 0, 2)
        if self.slider is not None:
            layout.addWidget(self.slider, 1, 0, 1, 3)

    def _join(self, slider: StepSlider) -> None:
        self._describe_slider(slider)
        slider.valueChanged.connect(self._take_from_slider)
        slider.step_wanted.connect(self.box.stepBy)
        slider.sliderReleased.connect(self._move_slider)
        self.box.valueChanged.connect(self._move_slider)
        self._move_slider()

    def _describe_slider(self, slider: StepSlider) -> None:
        slider.setAccessibleName(f"{self._choice.label} slider")
        slider.setAccessibleDescription(self.box.accessibleDescription())
        slider.setToolTip(self.box.toolTip())

    def _take_from_slider(self, position: int) -> None:
        self.box.setValue(self.box.scale.number_at(position))

    def _move_slider(self) -> None:
        # While the mouse holds the handle it stays under the mouse; the box already shows the round number.
        if self.slider is not None and not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(self.box.scale.position(max(self.box.value(), self._choice.minimum)))
