"""The controls of many seeds: how many, beside torch.nn or not, and to train them, let them rest or begin anew."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from visualdl.experiment.playback import DEFAULT_SEED_COUNT, SEED_COUNT
from visualdl.gui.controls.buttons import enable, push_button
from visualdl.gui.controls.number_control import NumberControl

SPACING = 6
TRAIN, PAUSE, STARTING = "Train seeds", "Pause seeds", "Starting …"

TORCH_HELP = "Let the same networks learn the same batches in torch.nn, too, from the next start of the seeds on."


class SeedsControls(QWidget):
    """Two rows of controls. They ask: `begin_wanted` for how many runs, with torch.nn or not; `play_toggled`.

    `choice_changed` says that other runs are chosen now. Those there are stay until others are asked for, and while
    others are being prepared, nothing more is asked for.
    """

    begin_wanted = Signal(int, bool)
    choice_changed = Signal()
    play_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._count, self._with_torch, self._advancing = 0, False, False  # of the runs there are
        self._starting = False
        self._number = NumberControl(SEED_COUNT, one_line=True)
        self._number.box.setAccessibleName("Number of seeds")
        self._number.box.setValue(DEFAULT_SEED_COUNT)
        self._torch = QCheckBox("Compare with torch.nn")
        self._torch.setAccessibleName("Compare with torch.nn")
        self._torch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._torch.setAccessibleDescription(TORCH_HELP)
        self._torch.setToolTip(f"<p>{TORCH_HELP}</p>")
        self._train, self._restart = push_button(TRAIN, PAUSE, STARTING), push_button("Restart seeds")
        self._lay_out()
        self.show_runs(0, False, False)
        self._number.box.valueChanged.connect(self.choice_changed)
        self._torch.toggled.connect(self.choice_changed)
        self._train.clicked.connect(self._go_on)
        self._restart.clicked.connect(self._begin)

    def _lay_out(self) -> None:
        choices, buttons = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self._number)
        self._number.setMaximumWidth(260)
        for row, parts in ((choices, (self._torch,)), (buttons, (self._train, self._restart))):
            row.setSpacing(SPACING)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        choices.insertSpacing(1, SPACING)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(choices)
        column.addLayout(buttons)

    def commit(self) -> None:
        """Let a number that is typed act; whoever carries out a command calls this first."""
        self._number.box.interpretText()

    def show_runs(self, count: int, with_torch: bool, advancing: bool) -> None:
        """Show that there are `count` runs, and what they do, without asking for anything."""
        self._count, self._with_torch, self._advancing = count, with_torch, advancing
        self._starting = False
        self._show_buttons(PAUSE if advancing else TRAIN)

    def show_starting(self, starting: bool) -> None:
        """Show that runs are being prepared, or that they will not come."""
        self._starting = starting
        self._show_buttons(STARTING if starting else PAUSE if self._advancing else TRAIN)

    def choice(self) -> str:
        """Say what Restart seeds takes, if that is not what there is: "100 seeds, with torch.nn"; else nothing."""
        count, with_torch = self._number.box.value(), self._torch.isChecked()
        if not self._count or (count, with_torch) == (self._count, self._with_torch):
            return ""
        seeds = "1 seed" if count == 1 else f"{count} seeds"
        return f"{seeds}, {'with' if with_torch else 'without'} torch.nn" if with_torch or self._with_torch else seeds

    def _show_buttons(self, text: str) -> None:
        """Name the button, and say what the buttons would do now."""
        if self._train.text() != text:
            self._train.setText(text)
            self._train.setAccessibleName(text)
        if self._advancing:
            tip = "Let the runs rest"
        elif not self._count:
            tip = "Begin with the initial weights of the current experiment, and train until paused"
        else:
            tip = "Let the runs go on until paused"
        starting = "The runs are being prepared." if self._starting else ""
        enable(self._train, tip, starting)
        enable(
            self._restart,
            "Begin anew with the initial weights of the current experiment",
            starting or "" if self._count else f"There are no runs yet: {TRAIN} begins.",
        )

    def _go_on(self) -> None:
        self.commit()
        if self._advancing:
            self.play_toggled.emit(False)
        elif self._count:
            self.play_toggled.emit(True)
        else:
            self._begin()

    def _begin(self) -> None:
        self.commit()
        self.begin_wanted.emit(self._number.box.value(), self._torch.isChecked())
