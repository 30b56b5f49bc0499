"""Small helpers that put widgets beside each other."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)


def switch(action: QAction) -> QCheckBox:
    """Return a check box that shows and changes a checkable action. A mouse click leaves the focus where it is."""
    box = QCheckBox()
    box.setIconSize(QSize(24, 12))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show() -> None:
        box.setText(action.iconText())
        box.setAccessibleName(action.text())
        box.setChecked(action.isChecked())
        box.setEnabled(action.isEnabled())
        box.setIcon(action.icon())
        box.setToolTip(action.toolTip())

    show()
    action.changed.connect(show)
    box.toggled.connect(action.setChecked)
    return box


def menu_button(name: str, tip: str) -> QToolButton:
    """Return a button of three dots that opens its menu, which is still empty."""
    button = QToolButton()
    button.setText("⋯")
    button.setAccessibleName(name)
    button.setAccessibleDescription(tip)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(QMenu(button))
    return button


def headed(content: QWidget, *header: QWidget | QAction | str | None) -> QWidget:
    """Return `content` below a row of texts, widgets and actions; None is the stretch between left and right."""
    row = QHBoxLayout()
    row.setSpacing(5)
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


def scrolled(content: QWidget) -> QScrollArea:
    """Return a frameless area in which `content` scrolls up and down where it does not fit; its width always does."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    bar = area.verticalScrollBar()

    def make_room(_start: int, end: int) -> None:
        area.setMinimumWidth(content.minimumSizeHint().width() + (bar.sizeHint().width() if end else 0))

    make_room(0, 0)
    bar.rangeChanged.connect(make_room)
    return area
