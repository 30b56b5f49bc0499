"""Figures 1 and 2: an activation as a solid line, its derivative as a dashed one."""

from PySide6.QtCore import QPointF, QRectF

from visualdl.gui.pictures.figures.axes import Axes, Scale, steps
from visualdl.gui.pictures.figures.canvas import Canvas
from visualdl.gui.pictures.figures.legend import legend
from visualdl.gui.views.plots.curve_plot import line_pens
from visualdl.paper.functions import FunctionCurve

SIZE = (460, 380)


def draw_function(canvas: Canvas, curve: FunctionCurve, step: float) -> None:
    """Draw the curve over its own range; grid lines stand every `step` in height."""
    low, high = step * round(curve.y.min() / step), step * round(curve.y.max() / step)
    x_low, x_high = float(curve.x[0]), float(curve.x[-1])
    margin = (high - low) / 20  # so that a curve along the edge is seen whole
    axes = Axes(
        canvas,
        QRectF(70, 46, SIZE[0] - 90, SIZE[1] - 104),
        Scale(x_low, x_high, steps(x_low, x_high, 1), "X"),
        Scale(low - margin, high + margin, steps(low, high, step), "Y"),
    )
    axes.frame()
    solid, dashed = line_pens(canvas.theme)
    canvas.lines(axes.points(curve.x, curve.slope), dashed)
    canvas.lines(axes.points(curve.x, curve.y), solid)
    legend(
        canvas,
        QPointF(axes.rectangle.right(), 24),
        [
            (f"{curve.name}(X)", lambda start, end: canvas.line(start, end, solid)),
            ("dY/dX", lambda start, end: canvas.line(start, end, dashed)),
        ],
        across=1,
    )
