"""A band plot shows medians, quartiles and single runs where they are, and gaps where a run is lost."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsPathItem

from tests.visualdl.gui.finding import items_on
from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.seeds.band_plot import FARTHEST, MOST_PLACES, BandPlot, run_pen

NAN, INF = np.nan, np.inf


@pytest.fixture
def plot(qtbot):
    plot = BandPlot(QFont())
    qtbot.addWidget(plot)
    plot.set_theme(LIGHT)
    plot.resize(330, 260)
    plot.grab()  # lays it out and paints it
    return plot


def draw(plot, runs, compared=None):
    runs = np.array(runs, float)
    return plot.draw_runs(np.arange(len(runs), dtype=float), runs, None if compared is None else np.array(compared))


def items(plot, style, width):
    """Return the paths of that pen, the hindmost first."""
    every = items_on(plot, QGraphicsPathItem)
    return [item for item in every if (item.pen().style(), item.pen().widthF()) == (style, width)]


def bands(plot):
    """Return minidl's band and torch's."""
    return items(plot, Qt.PenStyle.NoPen, 1)[::-1]


def median(plot):
    return items(plot, Qt.PenStyle.SolidLine, 2)[0]


def torch_median(plot):
    return items(plot, Qt.PenStyle.CustomDashLine, 2)[0]


def threads(plot):
    colors = [theme.color("accent").rgb() for theme in (LIGHT, DARK)]
    return next(item for item in items(plot, Qt.PenStyle.SolidLine, 1) if item.pen().color().rgb() in colors)


def elements(item):
    return [item.path().elementAt(index) for index in range(item.path().elementCount())]


def points(item):
    return [(element.x, element.y) for element in elements(item)]


def strokes(item):
    """Return the pieces of line that are drawn, each as its two ends."""
    return [((a.x, a.y), (b.x, b.y)) for a, b in pairwise(elements(item)) if b.isLineTo() and (a.x, a.y) != (b.x, b.y)]


def test_the_line_is_the_median_and_the_band_goes_from_quartile_to_quartile(plot):
    draw(plot, [[1, 2, 3, 4, 5], [2, 4, 6, 8, 10]])
    assert points(median(plot)) == [(0, 3), (1, 6)]
    assert set(points(bands(plot)[0])) == {(0, 2), (0, 4), (1, 4), (1, 8)}
    assert bands(plot)[1].path().isEmpty()


def test_every_run_is_a_line_of_its_own(plot):
    draw(plot, [[1, 5], [2, 6], [3, 4]])
    assert strokes(threads(plot)) == [((0, 1), (1, 2)), ((1, 2), (2, 3)), ((0, 5), (1, 6)), ((1, 6), (2, 4))]


def test_a_lost_run_leaves_a_gap_and_the_others_their_spread(plot):
    draw(plot, [[1, 5, 3], [2, NAN, 4], [3, INF, 5], [4, 7, 6]])
    assert points(median(plot)) == [(0, 3), (1, 3), (2, 4), (3, 6)]
    assert all(np.isfinite([each for end in stroke for each in end]).all() for stroke in strokes(threads(plot)))
    assert len(strokes(threads(plot))) == 6


def test_where_all_runs_are_lost_there_is_no_band(plot):
    draw(plot, [[1, 2], [3, 4], [NAN, NAN], [1, 2], [3, 4]])
    assert len(bands(plot)[0].path().toSubpathPolygons()) == 2
    draw(plot, [[NAN, NAN], [NAN, INF]])
    assert bands(plot)[0].path().isEmpty()
    plot.grab()


def test_torch_is_told_apart_by_colour_and_dash_and_goes_when_it_is_gone(plot):
    draw(plot, [[1, 2], [1, 2]], [[5, 7], [6, 8]])
    assert points(torch_median(plot)) == [(0, 6), (1, 7)]
    assert torch_median(plot).pen().color() != median(plot).pen().color()
    assert not bands(plot)[1].path().isEmpty()
    draw(plot, [[1, 2], [1, 2]])
    assert strokes(torch_median(plot)) == []
    assert bands(plot)[1].path().isEmpty()


def test_one_run_that_runs_away_leaves_the_others_legible(plot):
    draw(plot, [[1, 2, 3, 4, 5, 1e30], [1, 2, 3, 4, 5, 1e31]])
    assert 5 <= plot.viewRange()[1][1] < 10
    draw(plot, [[1, 2, 3, 4, 5, 1e30], [1, 2, 3, 4, 5, FARTHEST * 4.5]])
    assert FARTHEST * 4.5 <= plot.viewRange()[1][1] < 2 * FARTHEST * 4.5


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("runs", [np.empty((0, 3)), [[1.0]], [[0.0, 0.0]], [[NAN]], [[1, INF], [-1, 0]]], ids=str)
def test_anything_that_runs_may_hold_is_drawn_without_a_complaint(plot, runs, log):
    plot.set_log(log)
    draw(plot, runs)
    plot.grab()
    assert np.isfinite(plot.viewRange()).all()


def test_on_a_logarithmic_axis_all_of_it_stands_at_powers_of_ten(plot):
    draw(plot, [[1, 1, 1], [10, 10, 10]])
    plot.set_log(True)
    assert points(median(plot)) == [(0, 0), (1, 1)]
    assert {y for _, y in points(bands(plot)[0])} == {0, 1}
    assert strokes(threads(plot))[0] == ((0, 0), (1, 1))


def test_of_very_many_moments_some_are_left_out_of_single_runs_but_never_the_latest(plot):
    runs = np.random.default_rng(0).random((200, 100))
    draw(plot, runs)
    assert len(points(median(plot))) == 200
    drawn = strokes(threads(plot))
    assert 100 < len(drawn) <= MOST_PLACES
    assert {end for _, end in drawn} >= {(199, value) for value in runs[-1]}


def test_the_more_runs_the_fainter_each():
    inks = [run_pen(LIGHT, runs).color().alphaF() for runs in (1, 10, 100)]
    assert inks == sorted(inks, reverse=True)
    assert len(set(inks)) == 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_theme_recolours_what_is_drawn(plot, theme):
    draw(plot, [[1, 2], [1, 2]], [[5, 7], [6, 8]])
    plot.set_theme(LIGHT if theme is DARK else DARK)
    plot.set_theme(theme)
    assert median(plot).pen().color() == theme.color("accent")
    assert torch_median(plot).pen().color() == theme.color("compared")
    for item, role in zip(bands(plot), ("accent", "compared"), strict=True):
        assert item.brush().color().rgb() == theme.color(role).rgb()
    assert threads(plot).pen().color().rgb() == theme.color("accent").rgb()
