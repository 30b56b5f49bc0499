"""What a network is trained for is seen: the colours and lines of classes, the colours of values, and their key."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel

from tests.visualdl.gui.finding import named, visible_texts
from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED, Task
from visualdl.gui.theme import DARK, LIGHT, VALUE_COLORS
from visualdl.gui.views.bars.readouts import Readouts, percent
from visualdl.gui.views.boundary.boundary import BoundaryView
from visualdl.gui.views.boundary.color_bar import ColorBar
from visualdl.gui.views.boundary.data_points import value_levels
from visualdl.gui.views.boundary.symbols import CLASS_SYMBOLS
from visualdl.gui.views.curves.curve import error_curve
from visualdl.gui.views.seeds.agreement_key import AgreementKey
from visualdl.gui.views.seeds.agreement_map import AgreementMap
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.pictures import SHADES, Boundary
from visualdl.training.values.seeds import Agreement, SeedCurves, Seeds
from visualdl.training.values.snapshot import Points

SMALL = Experiment(depth=0, samples=200)
RINGS = Experiment(dataset="Rings", classes=6, depth=0, samples=300, loss=SOFTMAX, output_activation="Identity")
PLANE = SMALL.choose("dataset", "Plane")


def close(color, meant, most=14):
    return all(abs(a - b) <= most for a, b in zip(color.getRgb(), meant.getRgb(), strict=True))


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def theme(request):
    return request.param


@pytest.fixture
def view(qtbot, theme):
    view = BoundaryView(theme)
    qtbot.addWidget(view)
    view.resize(460, 460)
    view.show()
    view.show_training_points(False)
    return view


def pixel(view, x1, x2):
    scene = view.box.mapViewToScene(QPointF(x1, x2))
    return view.grab().toImage().pixelColor(view.mapFromScene(scene))


def stripes(snapshot, strength):
    """The snapshot with class k in the k-th of six upright stripes, all as strong."""
    predicted_classes = np.tile(np.minimum(np.arange(65) * 6 // 65, 5), (65, 1))
    shades = (predicted_classes * SHADES + round(strength * (SHADES - 1))).astype(np.uint8)
    lines = (np.array([[0.5, 0.0], [0.5, 1.0]]),)
    sure = np.full((65, 65), 0.75)
    return replace(snapshot, boundary=Boundary(sure, lines, predicted_classes=predicted_classes, shades=shades))


def test_each_class_has_its_colour_paler_where_unsure_and_a_line_where_another_wins(view, theme):
    snapshot = Watched(RINGS).snapshot()
    places = [(each + 0.5) / 6 for each in range(6)]
    view.draw(stripes(snapshot, 1.0))
    strong = [pixel(view, place, 0.3) for place in places]
    for label, color in enumerate(strong):
        assert close(color, theme.class_area(label)), label
    assert close(pixel(view, 0.5, 0.7), theme.color("text"))
    view.draw(stripes(snapshot, 0.0))
    neutral = theme.color("neutral")
    for place, before in zip(places, strong, strict=True):
        now = pixel(view, place, 0.3)
        away = [sum(abs(a - b) for a, b in zip(c.getRgb(), neutral.getRgb(), strict=True)) for c in (now, before)]
        assert 0 < away[0] < 0.5 * away[1]


def test_the_cursor_reads_the_class_and_how_sure_it_is(view):
    snapshot = stripes(Watched(RINGS).snapshot(), 1.0)
    view.draw(snapshot)
    assert view.describe(0.25, 0.5) == "blue   probability 0.750"
    view.draw(replace(snapshot, experiment=replace(RINGS, loss=SQUARED)))
    assert view.describe(0.99, 0.5) == "lead +0.750   grey"


@pytest.mark.parametrize("loss", [BINARY, SOFTMAX])
def test_of_two_classes_the_cursor_reads_a_probability(view, loss):
    snapshot = Watched(SMALL.choose("loss", loss)).snapshot()
    view.draw(replace(snapshot, boundary=Boundary(np.full((65, 65), -0.5), ())))
    assert view.describe(0.2, 0.2) == "outside   probability 0.750"


def test_points_of_six_classes_differ_by_symbol_and_colour(view, theme):
    snapshot, count = Watched(RINGS).snapshot(), len(CLASS_SYMBOLS)
    places = np.stack([(np.arange(count) + 0.5) / count, np.full(count, 0.4)], axis=1)
    data = replace(snapshot.data, train=Points(places, np.arange(count)))
    view.draw(replace(stripes(snapshot, 0.0), data=data))
    view.show_training_points(True)
    image, shapes = view.grab().toImage(), set()
    for label, (x1, x2) in enumerate(places):
        middle = view.mapFromScene(view.box.mapViewToScene(QPointF(x1, x2)))
        around = image.copy(middle.x() - 6, middle.y() - 6, 13, 13)
        color = theme.class_point(label).name()
        shape = tuple(around.pixelColor(x, y).name() == color for x in range(13) for y in range(13))
        assert sum(shape) > 5, label
        shapes.add(shape)
    assert len(shapes) == count == 6


def test_values_have_the_maps_colours_and_points_theirs(view, theme):
    snapshot = Watched(PLANE).snapshot()
    ramp = np.tile(np.linspace(-1.2, 1.2, 65), (65, 1))
    view.draw(replace(snapshot, boundary=Boundary(ramp, (), scale=1.2)))
    for place, role in ((0.02, "negative"), (0.5, "neutral"), (0.98, "positive")):
        assert close(pixel(view, place, 0.4), theme.color(role)), role
    assert view.describe(0.75, 0.3) == "value +0.600"
    places = np.array([[0.2, 0.3], [0.5, 0.3], [0.8, 0.3]])
    data = replace(snapshot.data, train=Points(places, np.array([-2.0, 0.0, 1.0])), scale=2.0)
    view.draw(replace(snapshot, boundary=Boundary(ramp, (), scale=1.2), data=data))
    view.show_training_points(True)
    colors = theme.value_colors()
    for place, level in zip(places, value_levels(data.train.labels, 2.0), strict=True):
        assert close(pixel(view, *place), colors[level])


def test_value_levels_go_from_end_to_end():
    assert value_levels(np.array([-9, -2, 0, 2, 9.0]), 2).tolist() == [0, 0, VALUE_COLORS // 2, *[VALUE_COLORS - 1] * 2]


def test_the_key_follows_the_task(qtbot, theme):
    key = ColorBar(theme)
    qtbot.addWidget(key)
    key.show_task(RINGS.task)
    assert "downward triangles are grey" in key.accessibleDescription()
    for width in (key.minimumSizeHint().width(), key.sizeHint().width()):
        key.resize(width, key.sizeHint().height())
        image = key.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert set(theme.classes) <= seen
    key.show_task(PLANE.task, 1.25)
    assert "value −1.25" in key.accessibleDescription()
    for loss in (BINARY, SOFTMAX):
        key.show_task(Task("Disk", 2, loss))
        assert "probability" in key.toolTip()
        assert "probability" in key.accessibleDescription()
        assert "output" not in key.accessibleDescription()


def test_a_regression_has_another_name_for_the_error_wherever_it_is_shown(qtbot):
    def captions():
        return [label.text() for label in readouts.findChildren(QLabel)]

    readouts, curve = Readouts(LIGHT), error_curve()
    qtbot.addWidget(readouts)
    qtbot.addWidget(curve)
    frame = Watched(PLANE).frame()
    snapshot = frame.snapshot
    readouts.draw(frame)
    curve.show_error_name(snapshot.experiment.task.error_name)
    curve.draw(frame.curves)
    assert "Test 1 − R²" in captions()
    assert "unexplained" in named(readouts, "Test error").toolTip()
    assert curve.title.text() == "1 − R² %"
    assert "train 1 − R² " in curve.describe(0)
    readouts.draw(Watched(SMALL.choose("loss", BINARY)).frame())
    assert "Test error" in captions()
    assert "Test 1 − R²" not in captions()
    assert named(readouts, "Train loss").toolTip().startswith("Binary cross-entropy")


@pytest.mark.parametrize(
    ("share", "text"), [(0.0494, "4.9 %"), (1.0, "100.0 %"), (2.345, "234.5 %"), (5e7, "5e+09 %"), (1e30, "1e+32 %")]
)
def test_an_error_without_bounds_stays_short(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("experiment", "names"),
    [
        (SMALL, ("outside", "inside")),
        (SMALL.choose("loss", BINARY), ("inside",)),
        (RINGS, ("orange", "blue", "green", "pink", "yellow", "grey")),
        (PLANE, ("value",)),
    ],
)
def test_the_network_names_each_output(experiment, names):
    topology = Watched(experiment).snapshot().topology
    assert topology.widths == (2, len(names))
    said = [topology.neuron_name(Neuron(1, number)) for number in range(len(names))]
    assert said == [f"output {number} ({name})" for number, name in enumerate(names, 1)]


@pytest.fixture
def share_map(qtbot, theme):
    view = AgreementMap(theme)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show()
    return view


def seeds_of(experiment, agreement):
    none = np.zeros((1, 4))
    curves = SeedCurves(np.zeros(1), none, none, none, none, 0.0)
    return Seeds(experiment, (0, 1, 2, 3), 0, 0, curves, None, agreement, False, 0.0)


def test_the_vote_of_many_classes_has_the_winners_colour(share_map, theme):
    predicted_classes = np.full((33, 33), 4)
    shades = np.full((33, 33), 4 * SHADES + SHADES - 1, np.uint8)
    share_map.draw(seeds_of(RINGS, Agreement(np.full((33, 33), 0.75), predicted_classes, shades)))
    assert close(pixel(share_map, 0.4, 0.4), theme.class_area(4))
    assert share_map.describe(0.4, 0.4) == "3 of 4 runs say yellow"
    assert share_map.accessibleName() == "Vote of runs"


def test_the_median_of_values_has_the_maps_colour(share_map, theme):
    share_map.draw(seeds_of(PLANE, Agreement(np.full((33, 33), -1.5), scale=1.5)))
    assert close(pixel(share_map, 0.4, 0.4), theme.color("negative"))
    assert share_map.describe(0.4, 0.4) == "median of the values -1.500"
    share_map.draw(seeds_of(PLANE, Agreement(np.full((33, 33), -0.75), scale=1.5)))
    neutral, full = (theme.color(role).blue() for role in ("neutral", "negative"))
    assert abs(pixel(share_map, 0.4, 0.4).blue() - (neutral + full) / 2) <= 2, "half of the scale, half of the colour"


@pytest.mark.parametrize("discrete", [False, True])
def test_a_median_almost_too_large_for_its_type_has_the_full_colour(share_map, theme, discrete):
    share_map.set_theme(replace(theme, discrete=discrete))
    largest = np.finfo(np.float32).max
    share_map.draw(seeds_of(PLANE, Agreement(np.full((33, 33), largest), scale=0.9)))
    assert close(pixel(share_map, 0.4, 0.4), theme.color("positive"))


def test_the_key_of_the_vote_follows_the_task(qtbot):
    key = AgreementKey(LIGHT)
    qtbot.addWidget(key)
    key.show()
    key.show_task(RINGS.task, 1.0)
    classes = named(key, "Vote key")
    assert classes.isVisible()
    assert visible_texts(key) == []
    key.show_task(PLANE.task, 1.19)
    assert visible_texts(key) == ["−1.19", "", "+1.19"], "between them is a picture"
    key.show_task(SMALL.task, 1.0)
    assert visible_texts(key) == ["none", "", "all"]
    assert not classes.isVisible()
