"""The links: width, colour and dashes say the weight; the strongest are drawn; the nearest is picked."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from visualdl.gui.theme import DARK, LIGHT
from visualdl.gui.views.network.links import MOST, WIDTHS, LinkLines, Links, distances_to, round_scale, strongest

CROSS = np.array([[0.0, 0, 100, 100], [0, 100, 100, 0], [0, 200, 100, 200]])


@pytest.fixture
def links(qapp):
    links = Links()
    links.arrange(CROSS)
    links.set_theme(LIGHT)
    return links


def drawn(lines):
    """How many lines there are of each sign, which is solid if it is positive, and of each width in pixels."""
    shown = [item for item in lines.childItems() if not item.path().isEmpty()]
    signs = [item.pen().style() == Qt.PenStyle.SolidLine for item in shown]
    found = {
        (positive, item.pen().widthF()): item.path().elementCount() // 2
        for positive, item in zip(signs, shown, strict=True)
    }
    assert len(found) == len(shown), "one item for each kind"
    return found


def test_width_says_how_large_and_the_side_which_sign(links):
    links.draw(np.array([1.0, -0.1, 0.5], np.float32), [])
    assert drawn(links.all) == {(True, WIDTHS[4]): 1, (False, WIDTHS[0]): 1, (True, WIDTHS[2]): 1}
    assert list(WIDTHS) == sorted(set(WIDTHS))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_signs_differ_without_colour_and_no_line_is_translucent(qapp, theme):
    lines = LinkLines()
    lines.set_theme(theme)
    for value in (*np.linspace(0.1, 0.9, len(WIDTHS)), *np.linspace(-0.9, -0.1, len(WIDTHS))):
        lines.draw(CROSS[:1], np.array([value]), 1.0)
        (item,) = [item for item in lines.childItems() if not item.path().isEmpty()]
        assert (item.pen().style() == Qt.PenStyle.SolidLine) == (value > 0)
        assert item.pen().color().alpha() == 255


def test_only_the_strongest_are_drawn_and_all_that_are_locked():
    values = np.linspace(-1, 1, 3 * MOST + 1, dtype=np.float32)
    shown = strongest(values, locked=[3 * MOST // 2])
    assert len(shown) == MOST
    assert 3 * MOST // 2 in shown, "the smallest of all, but locked"
    others = np.setdiff1d(shown, [3 * MOST // 2])
    assert np.abs(values[others]).min() >= np.sort(np.abs(values))[-MOST]
    assert (strongest(values[:MOST], []) == np.arange(MOST)).all()


def test_choosing_the_strongest_changes_no_weight():
    values = np.full(MOST + 5, 0.5, np.float32)
    strongest(values, locked=[1])
    assert (values == 0.5).all()


@pytest.mark.parametrize(
    ("largest", "scale"), [(0.99, 1), (1, 1), (1.2, 1.5), (-6.5, 7), (8, 10), (0.034, 0.05), (0, 1e-6)]
)
def test_the_measure_of_the_width_is_a_round_number(largest, scale):
    assert round_scale(np.array([0.0, largest])) == pytest.approx(scale)


def test_the_nearest_link_is_picked_if_it_is_near(links):
    links.draw(np.ones(3, np.float32), [])
    assert links.at(25, 24) == 0
    assert links.at(25, 76) == 1
    assert links.at(50, 203) == 2
    assert links.at(50, 206) is None
    assert links.at(104.5, 200) is None, "beyond its end"


def test_distances_are_to_the_lines_and_not_beyond_their_ends():
    assert distances_to(CROSS, 103, 204).tolist()[2] == 5
    assert distances_to(np.array([[5.0, 5, 5, 5]]), 8, 9).tolist() == [5]


def test_links_that_are_pointed_out_show_among_fainter_others(links):
    links.draw(np.array([1.0, -0.1, 0.5], np.float32), [])
    links.emphasize(np.array([1]))
    assert drawn(links.emphasized) == {(False, 1.0): 1}, "wide enough to be seen"
    links.draw(np.array([1.0, 0.9, 0.5], np.float32), [])
    assert drawn(links.emphasized) == {(True, WIDTHS[4]): 1}, "in step with training"
    links.emphasize(np.array([], int))
    assert drawn(links.emphasized) == {}
    links.emphasize(np.array([1]))
    links.forget()
    links.draw(np.array([1.0], np.float32), [])
    assert drawn(links.emphasized) == {}, "of another network, nothing is pointed out"


def test_padlocks_stand_in_the_middle(links):
    assert links.middles(np.array([0, 2])).tolist() == [[50, 50], [50, 200]]


class PaintedArea(QObject):
    """Watches a widget: which part of it has been painted since it was asked last."""

    def __init__(self, widget):
        super().__init__(widget)
        self._region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self._region += event.region()
        return False

    def take(self):
        region, self._region = self._region, QRegion()
        return region


def test_all_links_are_painted_anew_when_they_become_fainter_and_when_they_are_as_usual_again(qtbot, links):
    scene = QGraphicsScene(-5, -5, 400, 300)
    view = QGraphicsView(scene)
    qtbot.addWidget(view)
    view.resize(440, 340)
    for item in (links.all, links.emphasized):
        scene.addItem(item)
    links.draw(np.array([1.0, -0.1, 0.5], np.float32), [])
    painted = PaintedArea(view.viewport())
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: not painted.take().isEmpty())
    everywhere = QRegion(view.mapFromScene(0, 0, 100, 200).boundingRect())
    for chosen in ([2], []):
        QApplication.processEvents()
        painted.take()
        links.emphasize(np.array(chosen, np.int64))
        QApplication.processEvents()
        assert everywhere.subtracted(painted.take()).isEmpty()
