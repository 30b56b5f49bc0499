"""The axes of the unit square have a number at each end, and no two that touch."""

import pytest
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from visualdl.gui.theme import LIGHT, tabular
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.gui.views.plots.square_axis import SquareAxis


@pytest.mark.parametrize("orientation", ["left", "bottom"])
@pytest.mark.parametrize("size", [30, 75, 240, 400, 900])
@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_numbers_never_touch(qapp, orientation, size, larger):
    font = tabular(qapp.font())
    font.setPointSizeF(font.pointSizeF() * larger)
    axis, metrics = SquareAxis(orientation, font), QFontMetricsF(font)
    ((spacing, start),) = axis.tickSpacing(0.0, 1.0, size)
    needed = metrics.horizontalAdvance("0.5") if orientation == "bottom" else metrics.height()
    assert start == 0
    assert spacing == 1 or spacing * size > needed


def test_numbers_have_the_same_decimals(qapp):
    axis = SquareAxis("left", qapp.font())
    assert axis.tickStrings([0, 0.5, 1], 1, 0.5) == ["0.0", "0.5", "1.0"]
    assert axis.tickStrings([0, 1], 1, 1.0) == ["0.0", "1.0"]
    assert axis.tickStrings([0.25, 0.5], 1, 0.05) == ["0.25", "0.50"]


@pytest.mark.parametrize("size", [240, 500])
def test_both_ends_of_both_axes_are_numbered(qtbot, size):
    view = BoundaryView(LIGHT)
    qtbot.addWidget(view)
    view.resize(size, size)
    view.show()
    view.grab()
    for side in ("left", "bottom"):
        axis = view.getPlotItem().getAxis(side)
        canvas = QPixmap(size, size)
        painter = QPainter(canvas)
        _, _, texts = axis.generateDrawSpecs(painter)
        painter.end()
        assert {"0.0", "1.0"} <= {text for *_, text in texts}
