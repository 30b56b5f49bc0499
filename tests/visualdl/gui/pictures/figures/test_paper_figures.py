"""The figures for paper: whole as PNG and as SVG, legible, and made of the numbers they are given."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from visualdl.gui.pictures.figures import error_figure, function_figure
from visualdl.gui.pictures.figures.axes import Axes, Scale, numbers, steps
from visualdl.gui.pictures.figures.canvas import Canvas
from visualdl.gui.pictures.figures.data_figure import draw_data
from visualdl.gui.pictures.figures.paper_figures import paper_figures
from visualdl.gui.pictures.figures.picture import picture
from visualdl.gui.theme import LIGHT
from visualdl.paper.files import FIGURES
from visualdl.training.samples.samples import samples_of

pytestmark = pytest.mark.usefixtures("qapp")


def rendered(svg, size):
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(float)


def test_every_figure_of_even_one_run_is_there_in_both_forms_which_show_the_same(made_up):
    files = paper_figures(made_up(1))
    assert sorted(files) == sorted(f"{name}.{form}" for name in FIGURES for form in ("png", "svg"))
    for name in FIGURES:
        png = QImage.fromData(files[f"{name}.png"], "png")
        assert png.width() >= 900
        difference = np.abs(pixels(png) - pixels(rendered(files[f"{name}.svg"], png.size())))
        assert difference.mean() < 3
        assert pixels(png).std() > 10  # something is drawn
        svg = files[f"{name}.svg"].decode()
        assert "<title>" in svg
        assert "<text" not in svg  # no viewer needs our font
        assert "nan" not in svg


def test_every_point_is_drawn_once_with_the_symbol_of_its_class(made_up):
    data = samples_of(made_up().experiment).data
    svg = picture((900, 600), "", lambda canvas: draw_data(canvas, data)).svg.decode()
    inside = sum(int((points.labels == 1).sum()) for points in (data.train, data.test))
    circles = len(re.findall("<circle", svg))
    triangles = len(re.findall("<polygon", svg))
    assert (circles, triangles) == (inside + 1, 2000 - inside + 1)  # with the legend's


def colors_of(curves):
    image = QImage.fromData(
        picture(error_figure.SIZE, "", lambda canvas: error_figure.draw_errors(canvas, range(len(curves)), curves)).png
    )
    return [int((np.abs(pixels(image)[120:] - _bgr(role)).sum(-1) < 6).sum()) for role, _, _ in error_figure.STYLES]


def _bgr(role):
    red, green, blue, _ = LIGHT.color(role).getRgb()
    return np.array([blue, green, red])


def test_each_run_has_a_colour_of_its_own():
    curves = np.linspace([50, 45, 40, 35, 30], [10, 8, 6, 4, 2], 11).T
    one, five = colors_of(curves[:1]), colors_of(curves)
    assert all(five[run] > one[run] + 300 for run in range(1, 5))


def test_axes_put_a_point_where_it_belongs():
    axes = Axes(None, QRectF(100, 50, 200, 100), Scale(0, 10, ()), Scale(-1, 1, ()))
    assert axes.point(0, -1) == QPointF(100, 150)
    assert axes.points([5, 10], [0, 1]) == [QPointF(200, 100), QPointF(300, 50)]


def test_ticks_are_round_and_written_alike():
    assert steps(0, 1, 0.2) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert steps(-1.05, 1.05, 0.5) == [-1, -0.5, 0, 0.5, 1]
    assert numbers([-1, -0.5, 0]) == ["−1.0", "−0.5", "0.0"]
    assert numbers([0, 10]) == ["0", "10"]


def test_a_drawing_that_fails_does_not_take_the_process_with_it():
    def fail(_canvas):
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        picture(function_figure.SIZE, "", fail)


def test_text_stands_where_it_was_put():
    def write(canvas: Canvas):
        canvas.text(QPointF(100, 50), "HHH", across=0.5)

    image = pixels(QImage.fromData(picture((200, 100), "", write).png))
    rows, columns = np.nonzero(image.min(-1) < 200)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(100, abs=2)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(200, abs=3)
