"""Figure 5: how the errors of all runs spread, and where what the report printed stands among them."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from visualdl.gui.pictures.figures.axes import Axes, Scale, steps
from visualdl.gui.pictures.figures.canvas import Brush, Canvas
from visualdl.gui.pictures.figures.legend import Sample, legend
from visualdl.gui.views.plots.stable_axis import value_bounds
from visualdl.paper.printed import BYTE, OWN_FRAMEWORK, PYTORCH
from visualdl.paper.results import Floats, Reproduction

SIZE = (760, 674)
LEFT, TOP, RIGHT, HEIGHT, BETWEEN = 70, 84, 20, 226, 78
HIGHEST = 60  # percent; worse than guessing is rare
SYMBOL = 10
Ink = Callable[[Canvas], tuple[QPen, Brush]]
Row = tuple[Sequence[float], str, bool]
"""Values, their symbol, and whether it is filled."""


def draw_distribution(canvas: Canvas, found: Reproduction) -> None:
    """Draw a panel each for training and test error: histograms of what was found, symbols for what was printed.

    minidl and torch.nn with the mean as loss are areas, torch.nn with the sum is an outline. Below them stand the
    printed values as filled symbols, and PyTorch's with 256 misclassified samples more as hollow ones.
    """
    for number, (name, quantity) in enumerate((("train", "Training"), ("test", "Test"))):
        area = QRectF(LEFT, TOP + number * (HEIGHT + BETWEEN), SIZE[0] - LEFT - RIGHT, HEIGHT)
        errors = [getattr(outcome, name) for outcome in (found.minidl, found.torch_sum, found.torch_mean)]
        shift = 100 * BYTE / found.samples
        own, pytorch = getattr(OWN_FRAMEWORK, name), getattr(PYTORCH, name)
        rows = ((own, "o", True), (pytorch, "t1", True), ([value + shift for value in pytorch], "t1", False))
        _draw_panel(canvas, area, f"{quantity} error (%)", errors, rows)
    _draw_legends(canvas, found)


def _draw_panel(canvas: Canvas, area: QRectF, label: str, errors: Sequence[Floats], rows: Sequence[Row]) -> None:
    width = 1 if len(errors[0]) >= 30 else 2  # percent; few runs need wide bins to be seen together
    edges = np.arange(0, HIGHEST + width, width)
    shares = [100 * np.histogram(np.minimum(values, HIGHEST), edges)[0] / len(values) for values in errors]
    top = value_bounds(np.concatenate(shares))[1]
    room = top / 5  # below zero, for the symbols
    axes = Axes(
        canvas,
        area,
        Scale(0, HIGHEST, steps(0, HIGHEST, 10), label),
        Scale(-room, top, steps(0, top, _step(top)), "Runs (%)"),
    )
    axes.frame()
    minidl_shares, sum_shares, mean_shares = shares
    for heights, ink in ((mean_shares, _mean_ink), (minidl_shares, _minidl_ink), (sum_shares, _sum_ink)):
        canvas.lines(_staircase(axes, edges, heights), *ink(canvas))
    canvas.line(axes.point(0, 0), axes.point(HIGHEST, 0), canvas.theme.pen("muted"))
    for values, symbol, filled in rows:
        height = -room * (0.3 if symbol == "o" else 0.7)
        places = [axes.point(value, height) for value in values]
        canvas.symbols(places, symbol, SYMBOL, *_printed_ink(canvas, filled))


def _staircase(axes: Axes, edges: np.ndarray, heights: np.ndarray) -> list[QPointF]:
    """Return the upper edge of a histogram, from the axis to the axis: areas without bars' own borders."""
    x = np.repeat(edges, 2)
    y = np.concatenate([[0], np.repeat(heights, 2), [0]])
    return axes.points(x, y)


def _step(top: float) -> float:
    return 5 if top <= 25 else 10 if top <= 50 else 20


def _minidl_ink(canvas: Canvas) -> tuple[QPen, QColor]:
    return canvas.theme.pen("accent", 1.6), _faint(canvas.theme.color("accent"), 90)


def _mean_ink(canvas: Canvas) -> tuple[QPen, QColor]:
    return canvas.theme.pen("muted", 1.2), _faint(canvas.theme.color("muted"), 60)


def _sum_ink(canvas: Canvas) -> tuple[QPen, Brush]:
    pen = canvas.theme.pen("text", 1.4)
    pen.setDashPattern([4.0, 2.5])
    return pen, Qt.BrushStyle.NoBrush


def _printed_ink(canvas: Canvas, filled: bool) -> tuple[QPen, Brush]:
    if filled:
        return canvas.theme.pen("surface", 0.8), canvas.theme.color("text")
    return canvas.theme.pen("text", 1.3), Qt.BrushStyle.NoBrush


def _faint(color: QColor, alpha: int) -> QColor:
    color.setAlpha(alpha)
    return color


def _draw_legends(canvas: Canvas, found: Reproduction) -> None:
    def area(ink: Ink) -> Sample:
        return lambda start, end: canvas.fill(QRectF(start - QPointF(0, 6), end + QPointF(0, 6)), *ink(canvas)[::-1])

    def mark(symbol: str, filled: bool) -> Sample:
        return lambda start, end: canvas.symbols([(start + end) / 2], symbol, SYMBOL, *_printed_ink(canvas, filled))

    heads = "1 run:" if found.runs == 1 else f"{found.runs:,} runs:", "printed:"
    for row, head in enumerate(heads):
        canvas.text(QPointF(LEFT, 24 + 28 * row), head, "muted")
    left = LEFT + max(map(canvas.width, heads)) + 16
    legend(
        canvas,
        QPointF(left, 24),
        [
            ("minidl", area(_minidl_ink)),
            ("torch.nn, the sum as loss", area(_sum_ink)),
            ("torch.nn, MSELoss as it comes", area(_mean_ink)),
        ],
    )
    legend(
        canvas,
        QPointF(left, 52),
        [
            ("own framework", mark("o", True)),
            ("PyTorch", mark("t1", True)),
            (f"PyTorch with {BYTE} errors more", mark("t1", False)),
        ],
    )
