"""The message bar: one sentence about what went wrong or has stopped, and details for whoever wants to report it."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSizePolicy
from superqt import QElidingLabel

from visualdl.gui.theme import Theme
from visualdl.training.values.frame import Frame


class MessageBar(QFrame):
    """Hidden until there is something to say; `show_message` shows it, its Close button or `clear` hides it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)  # it lies over other things
        self._details = ""
        self._drawn: Frame | None = None
        self._label = QElidingLabel()
        self._label.setAccessibleName("Message")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._copy = QPushButton("Copy details")
        self._copy.setAccessibleName("Copy details")
        self._copy.setToolTip("Copy the whole error report to the clipboard")
        self._copy.clicked.connect(lambda: QApplication.clipboard().setText(self._details))
        close = QPushButton("Close")
        close.setAccessibleName("Close message")
        close.setToolTip("Hide this message")
        close.clicked.connect(self.clear)
        for button in (self._copy, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._label, 1)
        row.addWidget(self._copy)
        row.addWidget(close)
        self.set_theme(theme)
        self.hide()

    def text(self) -> str:
        """Return the sentence on display, "" if there is none."""
        return "" if self.isHidden() else str(self._label.text())

    def show_message(self, text: str, details: str = "") -> None:
        """Show a sentence; with `details`, also a button that copies sentence and details."""
        self._label.setText(text)
        self._label.setToolTip(f"<p>{escape(text)}</p>")
        self._details = f"{text}\n\n{details}"
        self._copy.setVisible(bool(details))
        self.show()

    def draw(self, frame: Frame) -> None:
        """Say why training cannot go on, or, once for each time, why it paused by itself; take that back in time."""
        snapshot, drawn = frame.snapshot, self._drawn
        before = drawn and drawn.snapshot
        self._drawn = frame
        if snapshot.problem:
            self.show_message(snapshot.problem)
        elif snapshot.stopped:
            if before is None or (before.stopped, before.step) != (snapshot.stopped, snapshot.step):
                self.show_message(snapshot.stopped)
        elif before is None or before.problem or drawn.run != frame.run or self.text() == before.stopped:
            self.clear()

    def clear(self) -> None:
        """Hide the bar."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.color("warning"))
        palette.setColor(palette.ColorRole.WindowText, theme.color("on_warning"))
        self.setPalette(palette)
