"""All figures of a reproduction, by file name."""

from collections.abc import Callable

import minidl
from visualdl.gui.application import make_application
from visualdl.gui.pictures.figures import data_figure, distribution_figure, error_figure, function_figure
from visualdl.gui.pictures.figures.canvas import Canvas
from visualdl.gui.pictures.figures.picture import picture
from visualdl.paper.files import FIGURES
from visualdl.paper.functions import function_curve
from visualdl.paper.printed import FIGURE_4_RUNS
from visualdl.paper.results import Reproduction
from visualdl.training.samples.samples import samples_of

Drawing = tuple[tuple[int, int], str, Callable[[Canvas], object]]
"""Size, title and what draws."""


def paper_figures(found: Reproduction) -> dict[str, bytes]:
    """Return the content of every figure's PNG and SVG file; the runs in Figure 4 are the first ones."""
    make_application()  # fonts need one
    files = {}
    for name, drawing in zip(FIGURES, _drawings(found), strict=True):
        drawn = picture(*drawing)
        files |= {f"{name}.png": drawn.png, f"{name}.svg": drawn.svg}
    return files


def _drawings(found: Reproduction) -> tuple[Drawing, ...]:
    relu = function_curve(minidl.ReLU(), -3, 3)
    tanh = function_curve(minidl.Tanh(), -4, 4)
    data = samples_of(found.experiment).data
    curves = found.minidl.train_curves[:FIGURE_4_RUNS]
    seeds = found.seeds[: len(curves)]
    return (
        (function_figure.SIZE, "ReLU", lambda canvas: function_figure.draw_function(canvas, relu, 1)),
        (function_figure.SIZE, "Tanh", lambda canvas: function_figure.draw_function(canvas, tanh, 0.5)),
        (data_figure.SIZE, "Training and test points", lambda canvas: data_figure.draw_data(canvas, data)),
        (error_figure.SIZE, "Training error", lambda canvas: error_figure.draw_errors(canvas, seeds, curves)),
        (
            distribution_figure.SIZE,
            "Histograms of the training and the test error",
            lambda canvas: distribution_figure.draw_distribution(canvas, found),
        ),
    )
