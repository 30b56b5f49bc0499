"""The preset note: what to look at in the preset that was chosen, and why it happens."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from visualdl.gui.theme import Theme
from visualdl.presets import Preset

LINE = 160  # characters on average, at the most: along a longer line the eye loses its way back


class PresetNote(QFrame):
    """Hidden until a preset is shown; its Close button hides it. It is as high as the text needs, and stays so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._label = QLabel()
        self._label.setAccessibleName("About the preset")
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label.setWordWrap(True)
        self._label.setMaximumWidth(LINE * self._label.fontMetrics().averageCharWidth())
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._close = QPushButton("Close")
        self._close.setAccessibleName("Close preset")
        self._close.setToolTip("Hide this paragraph; choosing the preset again brings it back")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._label, 1)
        row.addStretch()
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)
        self.hide()

    def text(self) -> str:
        """Return the paragraph on display, as rich text; "" if there is none."""
        return "" if self.isHidden() else self._label.text()

    def show_preset(self, preset: Preset) -> None:
        """Show the preset's name and paragraph, and for how long to watch."""
        watch = f" Watch it for {preset.epochs} epochs." if preset.epochs else ""
        self._label.setText(f"<b>{escape(preset.name)}</b> &nbsp;{escape(preset.text + watch)}")
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.color("surface"))
        palette.setColor(palette.ColorRole.WindowText, theme.color("text"))
        self.setPalette(palette)
