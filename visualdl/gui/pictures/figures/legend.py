"""A legend in one row: a sample of each line, symbol or area, and its name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF

from visualdl.gui.pictures.figures.canvas import Canvas

SAMPLE = 22  # pixels
GAP, BETWEEN = 7, 20

Sample = Callable[[QPointF, QPointF], object]
"""Draws between two points of one height."""

Entry = tuple[str, Sample]


def legend(canvas: Canvas, place: QPointF, entries: Sequence[Entry], *, across: float = 0) -> None:
    """Draw the row, its left end at `place`, or `across` of its width further left."""
    widths = [SAMPLE + GAP + canvas.width(name) for name, _ in entries]
    left = place.x() - across * (sum(widths) + BETWEEN * (len(entries) - 1))
    for (name, draw), width in zip(entries, widths, strict=True):
        start = QPointF(left, place.y())
        draw(start, start + QPointF(SAMPLE, 0))
        canvas.text(start + QPointF(SAMPLE + GAP, 0), name)
        left += width + BETWEEN
