"""The preset note: what to look at in the preset that was chosen, and why it happens."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from visualdl.experiment.presets import Preset
from visualdl.gui.theme import Theme

LINE = 160  # characters on average, at the most: along a longer line the eye loses its way back

WIDER_THAN_ANY_WINDOW = 10_000  # pixels: before it has its place the note asks for no height that it may not need


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
        # A layout asks a text that wraps how high it is where it is narrowest, and would make the window that high.
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._close = QPushButton("Close")
        self._close.setAccessibleName("Close preset")
        self._close.setToolTip("Hide this paragraph; choosing the preset again brings it back")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._label, LINE)  # as against 1: the stretch has what is too wide for the text
        row.addStretch(1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)
        self.hide()
        self.resize(WIDER_THAN_ANY_WINDOW, self.height())

    def text(self) -> str:
        """Return the paragraph on display, as rich text; "" if there is none."""
        return "" if self.isHidden() else self._label.text()

    def show_preset(self, preset: Preset) -> None:
        """Show the preset's name and paragraph, and for how long to watch."""
        watch = f" Watch it for {preset.epochs} epochs." if preset.epochs else ""
        self._label.setText(f"<b>{escape(preset.name)}</b> &nbsp;{escape(preset.text + watch)}")
        self._fit()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's; fits the height again."""
        super().resizeEvent(event)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.color("surface"))
        palette.setColor(palette.ColorRole.WindowText, theme.color("text"))
        self.setPalette(palette)

    def _fit(self) -> None:
        margins, row = self.contentsMargins(), self.layout()
        beside = row.contentsMargins().left() + row.contentsMargins().right() + 2 * row.spacing()
        room = self.width() - margins.left() - margins.right() - beside - self._close.sizeHint().width()
        self._label.setMinimumHeight(0)  # else the text needs no less than it needed before
        height = self._label.heightForWidth(min(room, self._label.maximumWidth()))
        self._label.setFixedHeight(max(0, height))  # that of no text is -1
