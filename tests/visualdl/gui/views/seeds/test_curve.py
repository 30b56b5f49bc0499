"""A curve of many seeds says in its own unit what the runs were like at the moment under the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from visualdl.gui.views.seeds.curve import SeedsCurve


@pytest.fixture
def curve_of(qtbot):
    def make(quantity):
        curve = SeedsCurve(quantity)
        qtbot.addWidget(curve)
        curve.resize(330, 260)
        curve.grab()  # lays it out and paints it
        curve.said = []
        curve.hovered.connect(curve.said.append)
        return curve

    return make


def point_at(curve, epoch):
    curve.plot.point_at(curve.plot.box.mapViewToScene(QPointF(epoch, 0.1)))


def test_errors_are_shown_and_told_in_percent(curve_of, seeds_of):
    curve = curve_of("error")
    curve.draw(seeds_of([[0.5, 0.5, 0.5], [0.1, 0.2, 0.3]]), "test")
    assert (curve.accessibleName(), curve.title.text()) == ("Seeds error curve", "Test error %")
    point_at(curve, 1)
    assert curve.said == ["epoch 1: test error, median 40 % [30, 50]"]


def test_losses_are_shown_and_told_as_they_are(curve_of, seeds_of):
    curve = curve_of("loss")
    curve.draw(seeds_of([[0.5] * 3, [0.1, 0.2, 0.3]], [[0.5], [1.0]]), "train")
    assert (curve.accessibleName(), curve.title.text()) == ("Seeds loss curve", "Train loss")
    point_at(curve, 1)
    assert curve.said == ["epoch 1: train loss, minidl 0.8 [0.6, 1], torch.nn 4 [4, 4]"]


def test_a_resting_mouse_is_told_what_comes_under_it(curve_of, seeds_of):
    curve = curve_of("error")
    curve.draw(seeds_of([[0.5]]), "train")
    point_at(curve, 5)
    curve.draw(seeds_of([[0.5], [np.nan], [0.25]]), "train")
    assert curve.said[-1] == "epoch 2: train error, median 25 % [25, 25]"
