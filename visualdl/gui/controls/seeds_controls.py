"""The controls of many seeds: how many, beside torch.nn or not, and to train them, let them rest or begin anew."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from visualdl.experiment import DEFAULT_SEED_COUNT, SEED_COUNT
from visualdl.gui.controls.buttons import enable, push_button
from visualdl.gui.controls.number_control import NumberControl

SPACING = 6
TRAIN, PAUSE = "Train seeds", "Pause seeds"


class SeedsControls(QWidget):
    """Two rows of controls. They ask: `begin_wanted` for how many runs, with torch.nn or not; `play_toggled`."""

    begin_wanted = Signal(int, bool)
    play_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._count, self._with_torch, self._advancing = 0, False, False  # of the runs there are
        self._number = NumberControl(SEED_COUNT, one_line=True)
        self._number.box.setAccessibleName("Number of seeds")
        self._number.box.setValue(DEFAULT_SEED_COUNT)
        self._torch = QCheckBox("Compare with torch.nn")
        self._torch.setAccessibleName("Compare with torch.nn")
        self._torch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._torch.setToolTip(
            "<p>Let the same networks learn the same batches in torch.nn, too. Restarts the runs, if there are any.</p>"
        )
        self._train, self._restart = push_button(TRAIN, PAUSE), push_button("Restart seeds")
        self._lay_out()
        self.show_runs(0, False, False)
        self._number.box.valueChanged.connect(self._explain)
        self._torch.toggled.connect(self._choose_torch)
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
        text = PAUSE if advancing else TRAIN
        if self._train.text() != text:
            self._train.setText(text)
            self._train.setAccessibleName(text)
        self._explain()

    def _explain(self) -> None:
        """Say what the buttons would do now."""
        if self._advancing:
            tip = "Let the runs rest"
        elif self._needs_others():
            tip = "Begin with the initial weights of the current experiment, and train until paused"
        else:
            tip = "Let the runs go on until paused"
        enable(self._train, tip)
        enable(
            self._restart,
            "Begin anew with the initial weights of the current experiment",
            "" if self._count else f"There are no runs yet: {TRAIN} begins.",
        )

    def _needs_others(self) -> bool:
        return (self._count, self._with_torch) != (self._number.box.value(), self._torch.isChecked())

    def _go_on(self) -> None:
        self.commit()
        if self._advancing:
            self.play_toggled.emit(False)
        elif self._needs_others():
            self._begin()
        else:
            self.play_toggled.emit(True)

    def _begin(self) -> None:
        self.commit()
        self.begin_wanted.emit(self._number.box.value(), self._torch.isChecked())

    def _choose_torch(self) -> None:
        self._explain()
        if self._count:
            self._begin()
