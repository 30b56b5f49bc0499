"""The key to the curves of many seeds: which line is what, and whose values they are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from visualdl.gui.controls.captions import muted
from visualdl.gui.theme import Theme
from visualdl.gui.views.curves.swatch import Swatch
from visualdl.gui.views.seeds.band_plot import OPACITY, ROLES, median_pens, run_pen
from visualdl.gui.views.seeds.curve import SETS

TIP = "<p>The line is the median of the runs; the band holds their middle half (IQR), from quartile to quartile.</p>"


class Legend(QWidget):
    """Rows: minidl's band, its single runs, torch.nn's band if it trains beside, the choice of a set; what a band is.

    `set_chosen` says that `set_name` is another one of SETS now.
    """

    set_chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.set_name = "train"  # as in Fig. 4 of the paper
        self._swatches = Swatch(), Swatch(), Swatch()
        self._words = QLabel("minidl"), QLabel("runs"), QLabel("torch.nn")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        row = QHBoxLayout()
        rows.addLayout(row)
        rows.addWidget(muted("Line: median of the runs; band: their middle half (IQR)"))
        row.setSpacing(5)
        for swatch, words in zip(self._swatches, self._words, strict=True):
            words.setToolTip(TIP if words is not self._words[1] else "Single runs of minidl")
            row.addWidget(swatch)
            row.addWidget(words)
            row.addSpacing(5)
        row.addStretch(1)
        for name, of in SETS.items():
            button = QRadioButton(name)
            button.setAccessibleName(f"Show {of} values")
            button.setToolTip(f"Errors and losses on the {of} points")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setChecked(name == self.set_name)
            button.toggled.connect(lambda on, name=name: self._choose(name) if on else None)
            row.addWidget(button)
        self.show_torch(False)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        minidl, torch = median_pens(theme)
        self._swatches[0].show_line(minidl, theme.tint(ROLES[0], OPACITY))
        self._swatches[1].show_line(run_pen(theme))
        self._swatches[2].show_line(torch, theme.tint(ROLES[1], OPACITY))

    def show_torch(self, visible: bool) -> None:
        """Show, or do not, that there are curves of torch.nn."""
        for part in (self._swatches[2], self._words[2]):
            part.setVisible(visible)

    def _choose(self, name: str) -> None:
        self.set_name = name
        self.set_chosen.emit()
