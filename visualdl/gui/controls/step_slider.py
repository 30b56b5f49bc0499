"""A slider that jumps to where it is clicked, and asks its owner for steps instead of making its own."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

SHORTEST = 10  # digits: 76 px in the usual font of 9 pt, and more in a larger one
WHEEL_NOTCH = 120  # what Qt reports for one notch; touch pads send fractions of it
STEPS = {
    QSlider.SliderAction.SliderSingleStepAdd: 1,
    QSlider.SliderAction.SliderSingleStepSub: -1,
    QSlider.SliderAction.SliderPageStepAdd: 10,
    QSlider.SliderAction.SliderPageStepSub: -10,
}


class StepSlider(QSlider):
    """A horizontal slider of integer positions, painted by Qt; keys and wheel emit `step_wanted` (signed)."""

    step_wanted = Signal(int)

    def __init__(self, length: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, length)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # in every style: Tab comes by, the wheel takes no focus
        self._wheel = 0
        self.actionTriggered.connect(self._hand_step_on)

    def _hand_step_on(self, action: int) -> None:
        steps = STEPS.get(QSlider.SliderAction(action))
        if steps:
            self.setSliderPosition(self.value())  # takes back what Qt has stepped
            self.step_wanted.emit(steps)

    def minimumSizeHint(self) -> QSize:
        """Stay long enough to aim with: Qt would let it shrink to its handle."""
        hint = super().minimumSizeHint()
        return hint.expandedTo(QSize(self.fontMetrics().horizontalAdvance("0" * SHORTEST), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One notch is one step; without the focus the wheel is not the slider's."""
        if not self.hasFocus():
            event.ignore()
            return
        self._wheel += event.angleDelta().y() or -event.angleDelta().x()
        steps = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= steps * WHEEL_NOTCH
        if steps:
            self.step_wanted.emit(steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the mouse, from where Qt drags it on."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        slider, parts = QStyle.ComplexControl.CC_Slider, QStyle.SubControl
        handle = self.style().subControlRect(slider, option, parts.SC_SliderHandle, self)
        groove = self.style().subControlRect(slider, option, parts.SC_SliderGroove, self)
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(place):
            self.setSliderDown(True)  # so that the owner lets the handle stay here until it is released
            start = place.x() - groove.x() - handle.width() // 2
            span = groove.width() - handle.width()
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), start, span, option.upsideDown)
            )
        super().mousePressEvent(event)
