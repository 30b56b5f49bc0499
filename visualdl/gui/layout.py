"""Small helpers that put widgets beside each other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget


def switch(action: QAction) -> QToolButton:
    """Return a flat button that shows an action, its icon and its state. A mouse click leaves the focus where it is."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def headed(content: QWidget, *header: QWidget | QAction | str | None) -> QWidget:
    """Return `content` below a row of texts, widgets and actions; None is the stretch between left and right."""
    row = QHBoxLayout()
    row.setSpacing(4)
    for part in header:
        if part is None:
            row.addStretch()
        elif isinstance(part, QAction):
            row.addWidget(switch(part))
        else:
            row.addWidget(QLabel(part) if isinstance(part, str) else part)
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addLayout(row)
    layout.addWidget(content, 1)
    return column
