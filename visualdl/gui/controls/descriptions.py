"""Every control tells its name, what it does and what it may be, to the eye and to a screen reader."""

from html import escape

from PySide6.QtWidgets import QWidget

from visualdl.experiment.choices import Names, Range


def describe(widget: QWidget, choice: Range | Names, note: str = "") -> None:
    """Give `widget` the choice's label as accessible name, and its help, and `note`, as description and tooltip."""
    allowed = f"{choice.allowed()[0].upper()}{choice.allowed()[1:]}"
    unit = f" ({choice.unit})" if isinstance(choice, Range) and choice.unit else ""
    widget.setAccessibleName(choice.label)
    widget.setAccessibleDescription(f"{choice.help} {allowed}{unit}. {note}".rstrip())
    # As rich text, because Qt breaks the lines of no other.
    paragraphs = (choice.help, f"{allowed}{unit}.", note)
    widget.setToolTip("".join(f"<p>{escape(text)}</p>" for text in paragraphs if text))
