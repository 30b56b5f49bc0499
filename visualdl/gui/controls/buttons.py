"""Buttons that keep their width whatever they say, leave the space bar to the window, and say why they are disabled."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

BUTTON_PADDING = 26  # beside the text, left and right together


def push_button(name: str, *other_names: str) -> QPushButton:
    """Return a button that is as wide as the widest of its names needs."""
    button = QPushButton(name)
    button.setAccessibleName(name)
    metrics = button.fontMetrics()
    button.setFixedWidth(max(metrics.horizontalAdvance(text) for text in (name, *other_names)) + BUTTON_PADDING)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the space bar to the window
    return button


def enable(button: QPushButton, tip: str, reason: str = "") -> None:
    """Enable a button, whose tooltip is `tip`; with a reason, disable it, and let the tooltip give the reason."""
    button.setEnabled(not reason)
    button.setToolTip(reason or tip)
