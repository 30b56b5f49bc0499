"""Figure 4: the training error of single runs over the epochs; colour, dash and symbol tell them apart."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from visualdl.gui.pictures.figures.axes import Axes, Scale, steps
from visualdl.gui.pictures.figures.canvas import Canvas
from visualdl.gui.pictures.figures.legend import Entry, legend
from visualdl.gui.views.plots.stable_axis import value_bounds
from visualdl.paper.results import Floats

SIZE = (760, 480)
STYLES = (
    ("accent", "o", ()),
    ("positive_point", "t1", (6, 2)),
    ("negative_point", "s", (3, 2)),
    ("text", "d", (1.5, 1.8)),
    ("muted", "t", (7, 2, 1.5, 2)),
)
"""Colour, symbol and dash of each run."""


def draw_errors(canvas: Canvas, seeds: Sequence[int], curves: Floats) -> None:
    """Draw `curves` (runs, epochs + 1) in percent, at most one for each of STYLES, and name each run by its seed."""
    epochs = curves.shape[1] - 1
    top = value_bounds(curves.ravel())[1]
    axes = Axes(
        canvas,
        QRectF(70, 50, SIZE[0] - 90, SIZE[1] - 108),
        Scale(0, epochs, steps(0, epochs, max(1, epochs // 10)), "Epoch"),
        Scale(0, top, steps(0, top, 10 if top > 20 else 5), "Training error (%)"),
    )
    axes.frame()
    entries: list[Entry] = []
    drawn: list[tuple[_Run, list[QPointF]]] = []
    for seed, curve, (role, symbol, dash) in zip(seeds, curves, STYLES[: len(seeds)], strict=True):
        pen = canvas.theme.pen(role, 1.8)
        if dash:
            pen.setDashPattern(dash)
        run = _Run(canvas, pen, symbol, role)
        points = axes.points(range(epochs + 1), curve)
        canvas.lines(points, pen)
        drawn.append((run, points))
        entries.append((f"seed {seed}", run.sample))
    for run, points in drawn:  # above all lines
        run.mark(points)
    legend(canvas, QPointF(axes.rectangle.right(), 24), entries, across=1)


class _Run:
    def __init__(self, canvas: Canvas, pen: QPen, symbol: str, role: str) -> None:
        self._canvas, self._pen, self._symbol, self._role = canvas, pen, symbol, role

    def mark(self, points: Sequence[QPointF]) -> None:
        theme = self._canvas.theme
        self._canvas.symbols(points, self._symbol, 9, theme.pen("surface", 1.2), theme.color(self._role))

    def sample(self, start: QPointF, end: QPointF) -> None:
        self._canvas.line(start, end, self._pen)
        self.mark([(start + end) / 2])
