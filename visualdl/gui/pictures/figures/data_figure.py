"""Figure 3: the points to learn from and those for the test, with the window's symbols, and the true circle."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from visualdl.gui.pictures.figures.axes import Axes, Scale, steps
from visualdl.gui.pictures.figures.canvas import Brush, Canvas
from visualdl.gui.pictures.figures.legend import Sample, legend
from visualdl.gui.views.boundary.point_pictures import SYMBOL
from visualdl.gui.views.boundary.symbols import CLASS_SYMBOLS
from visualdl.training.values.snapshot import Data

SIDE = 400  # pixels of each square
LEFT, TOP, BETWEEN, RIGHT, BOTTOM = 66, 68, 70, 20, 58
SIZE = (LEFT + SIDE + BETWEEN + SIDE + RIGHT, TOP + SIDE + BOTTOM)


def draw_data(canvas: Canvas, data: Data) -> None:
    """Draw both sets over the unit square: training points filled, test points hollow, as in the window."""
    circle = canvas.theme.pen("text", 1.5, Qt.PenStyle.DashLine)
    for number, (points, name, filled) in enumerate(((data.train, "training", True), (data.test, "test", False))):
        axes = Axes(
            canvas,
            QRectF(LEFT + number * (SIDE + BETWEEN), TOP, SIDE, SIDE),
            Scale(0, 1, steps(0, 1, 0.2), "x₁"),
            Scale(0, 1, steps(0, 1, 0.2), "x₂"),
        )
        inside = 100 * (points.labels == 1).mean()
        axes.frame(f"{len(points.labels):,} {name} points, {inside:.1f} % of them inside", grid=False)
        axes.outline()
        for label, symbol in enumerate(CLASS_SYMBOLS[:2]):
            places = axes.points(*points.positions[points.labels == label].T)
            canvas.symbols(places, symbol, SYMBOL, *_ink(canvas, label, filled))
        for line in data.true_boundary:
            canvas.lines(axes.points(*line.T), circle)
    legend(
        canvas,
        QPointF(SIZE[0] - RIGHT, 22),
        [
            ("label 1, inside", _sample(canvas, 1)),
            ("label 0, outside", _sample(canvas, 0)),
            ("the true circle", lambda start, end: canvas.line(start, end, circle)),
        ],
        across=1,
    )


def _ink(canvas: Canvas, label: int, filled: bool) -> tuple[QPen, Brush]:
    role = "positive_point" if label else "negative_point"
    if filled:
        return canvas.theme.pen("surface", 0.8), canvas.theme.color(role)
    return canvas.theme.pen(role, 1.4), Qt.BrushStyle.NoBrush


def _sample(canvas: Canvas, label: int) -> Sample:
    symbol = CLASS_SYMBOLS[label]
    return lambda start, end: canvas.symbols([(start + end) / 2], symbol, SYMBOL + 2, *_ink(canvas, label, True))
