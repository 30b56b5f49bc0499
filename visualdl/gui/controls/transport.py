"""The transport is what a player has: run, advance by a step or an epoch, start again, and how fast."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from visualdl.experiment.playback import DEFAULT_SPEED, SPEED
from visualdl.gui.controls.buttons import BUTTON_PADDING, push_button
from visualdl.gui.controls.number_control import NumberControl
from visualdl.gui.theme import Theme

SPACING = 6
FUSION_BRIGHTENS = 140  # percent, about: what Fusion does to a button's colour, which would pale beside its text


class Transport(QWidget):
    """A row of buttons and the speed. It asks; the window, which owns the shortcuts named in the tooltips, answers."""

    train_toggled = Signal(bool)
    step_clicked = Signal()
    epoch_clicked = Signal()
    reset_clicked = Signal()
    speed_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._training = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self.train_button = self._button("Train", "")
        self.step_button = self._button("Step", "One mini-batch (S)")
        self.epoch_button = self._button("Epoch", "One epoch: every training point once (E)")
        self.reset_button = self._button("Reset", "Back to the same initial weights (R)")
        self._row.addSpacing(2 * SPACING)
        self.speed_control = NumberControl(SPEED, one_line=True, upper_end="unlimited")
        self.speed_control.box.setValue(DEFAULT_SPEED)
        self._row.addWidget(self.speed_control)
        self._row.addStretch(1)  # in a wide window the row keeps together at the left
        self._keep_train_width()
        self.set_training(False)
        self.train_button.clicked.connect(self._toggle)
        for button, asked in (
            (self.step_button, self.step_clicked),
            (self.epoch_button, self.epoch_clicked),
            (self.reset_button, self.reset_clicked),
        ):
            button.clicked.connect(self.commit)  # connected first, called first
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        self.speed_control.box.valueChanged.connect(self.speed_changed)

    def commit(self) -> None:
        """Let a speed that is typed act; whoever carries out a command calls this first."""
        self.speed_control.box.interpretText()

    def is_training(self) -> bool:
        """Say whether the button offers to pause."""
        return self._training

    def set_training(self, training: bool) -> None:
        """Show that training runs, or that it does not, without asking for anything."""
        self._training = training
        text = "Pause" if training else "Train"
        self.train_button.setText(text)
        self.train_button.setAccessibleName(text)
        self.train_button.setToolTip("Pause training (Space)" if training else "Train until paused (Space)")

    def speed(self) -> float:
        """Return the speed on show, in steps per second; SPEED.maximum means unlimited."""
        return self.speed_control.box.value()

    def set_speed(self, speed: float) -> None:
        """Set the speed; emits `speed_changed` if that changes it."""
        self.speed_control.box.setValue(speed)

    def set_theme(self, theme: Theme) -> None:
        """Give the train button the theme's accent."""
        palette = QPalette(theme.palette())
        palette.setColor(QPalette.ColorRole.Button, theme.color("accent").darker(FUSION_BRIGHTENS))
        palette.setColor(QPalette.ColorRole.ButtonText, theme.color("on_accent"))
        self.train_button.setPalette(palette)

    def _button(self, name: str, tooltip: str) -> QPushButton:
        button = push_button(name)
        button.setToolTip(tooltip)
        self._row.addWidget(button)
        return button

    def _keep_train_width(self) -> None:
        metrics = self.train_button.fontMetrics()
        width = max(metrics.horizontalAdvance(text) for text in ("Train", "Pause"))
        self.train_button.setFixedWidth(width + 2 * BUTTON_PADDING)

    def _toggle(self) -> None:
        self.commit()
        self.set_training(not self._training)
        self.train_toggled.emit(self._training)
