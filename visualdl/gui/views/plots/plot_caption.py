"""A caption lies in a corner of a plot, over what is drawn there, and moves nothing."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsSimpleTextItem

from visualdl.gui.theme import Theme

MARGIN, PADDING = 8, 6  # pixels, to the plot's corner and around the text


class PlotCaption(QGraphicsRectItem):
    """One line of text on a surface of its own, in the upper left corner of a plot's pixels; "" hides it."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._text = QGraphicsSimpleTextItem(self)
        self._text.setFont(font)
        self._text.setPos(PADDING, PADDING / 2)
        self.setPos(MARGIN, MARGIN)
        self.setVisible(False)

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say something, or nothing."""
        if text != self._text.text():
            self._text.setText(text)
            size = self._text.boundingRect().size()
            self.setRect(QRectF(0, 0, size.width() + 2 * PADDING, size.height() + PADDING))
            self.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.setBrush(theme.color("surface"))
        self.setPen(QPen(theme.color("border")))
        self._text.setBrush(theme.color("text"))
