"""Many points in one picture: at their places, with their class's symbol, and none where there is no place."""

import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from visualdl.gui.theme import LIGHT
from visualdl.gui.views.boundary.point_pictures import points_picture, stamps

SIZE = QSizeF(60, 40)


def draw(places, labels, ratio=1.0):
    return points_picture(np.array(places, dtype=float), np.array(labels), stamps(LIGHT, ratio), SIZE, ratio).toImage()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_each_class_has_its_colour_and_shape_at_its_place(qapp, ratio):
    image = draw([[15, 20], [45, 20]], [0, 1], ratio)
    assert (image.width(), image.height()) == (60 * ratio, 40 * ratio)

    def color(x, y):
        return image.pixelColor(round(x * ratio), round(y * ratio))

    assert color(15, 21).name() == LIGHT.negative_point
    assert color(45, 20).name() == LIGHT.positive_point
    assert color(12, 17).alpha() == 0, "a triangle is narrow at its top"
    assert color(42.5, 18).alpha() > 0, "a circle is not"
    assert color(30, 20).alpha() == 0


def test_what_has_no_place_in_the_picture_is_left_out(qapp):
    nowhere = [[np.nan, 20], [np.inf, 20], [-1e30, 20], [30, 1e9]]
    assert draw(nowhere, [0, 1, 0, 1]) == draw(np.empty((0, 2)), np.empty(0, dtype=int))
