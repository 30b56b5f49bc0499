"""The preset control is a list of the presets; it shows the one that the experiment on show is, or that it is none."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.presets import Preset
from visualdl.gui.controls.captions import caption
from visualdl.gui.controls.wheel import WheelWithFocus

NONE_OF_THEM = "Preset …"
HELP = "Experiments that show one thing each, with a paragraph of what to look at and why it happens."
BESIDE_NAMES = 28  # pixels, in the open list
NO_PRESETS = "No presets were found."


class PresetBox(WheelWithFocus, QComboBox):
    """A list of presets, as narrow as it has to be. A click does not focus it: the space bar is the window's."""


class PresetControl(QWidget):
    """Label and list; `preset_chosen` carries the preset that is chosen, the one on show again included."""

    preset_chosen = Signal(object)

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self._presets = tuple(presets)
        self._has_told = False  # of the change that a hand's choice brings first
        self.box = PresetBox()
        self.box.setAccessibleName("Preset")
        self.box.setAccessibleDescription(HELP)
        self.box.setToolTip(f"<p>{HELP if presets else NO_PRESETS}</p>")
        self.box.setPlaceholderText(NONE_OF_THEM)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.addItems([preset.name for preset in self._presets])
        self.box.setMaxVisibleItems(max(1, len(self._presets)))  # all of them: what there is to see, at a glance
        widest = max((self.box.fontMetrics().horizontalAdvance(preset.name) for preset in self._presets), default=0)
        self.box.view().setMinimumWidth(widest + BESIDE_NAMES)
        self.box.setEnabled(bool(self._presets))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)  # in line with the experiment's controls below it
        row.addWidget(caption("Preset", self.box))
        row.addWidget(self.box, 1)
        self.box.setCurrentIndex(-1)
        self.box.currentIndexChanged.connect(self._tell_of_change)
        self.box.activated.connect(self._tell_again)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show which preset the experiment is, without asking for anything; if it is none, no name."""
        names = [preset.name for preset in self._presets if preset.experiment == experiment]
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findText(names[0]) if names else -1)

    def _tell_of_change(self, index: int) -> None:
        if index >= 0:
            self._has_told = True
            self.preset_chosen.emit(self._presets[index])

    def _tell_again(self, index: int) -> None:
        if not self._has_told:
            self.preset_chosen.emit(self._presets[index])
        self._has_told = False
