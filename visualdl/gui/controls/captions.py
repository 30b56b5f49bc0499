"""The words of the controls: captions at full strength, units and hints muted, headings bold."""

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget


def caption(text: str, buddy: QWidget) -> QLabel:
    """Return the label of a control."""
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def muted(text: str) -> QLabel:
    """Return a smaller label in the palette's muted colour, which follows every change of the palette."""
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    return label


def heading(text: str) -> QLabel:
    """Return the title of a group."""
    label = QLabel(text)
    font = label.font()
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label
