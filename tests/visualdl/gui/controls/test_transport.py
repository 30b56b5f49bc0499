import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from visualdl.experiment.playback import DEFAULT_SPEED, SPEED
from visualdl.gui.controls.transport import Transport
from visualdl.gui.theme import DARK, LIGHT

COMMANDS = [
    ("Train", "train_toggled"),
    ("Step", "step_clicked"),
    ("Epoch", "epoch_clicked"),
    ("Reset", "reset_clicked"),
]


@pytest.fixture
def transport(qtbot):
    transport = Transport()
    qtbot.addWidget(transport)
    transport.show()
    return transport


def named(transport, name):
    (found,) = [child for child in transport.findChildren(QWidget) if child.accessibleName() == name]
    return found


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_train_becomes_pause_and_asks_for_it(transport, qtbot):
    asked = []
    transport.train_toggled.connect(asked.append)
    train = named(transport, "Train")
    click(qtbot, train)
    assert (train.text(), train.accessibleName(), transport.is_training()) == ("Pause", "Pause", True)
    click(qtbot, train)
    assert (train.text(), train.accessibleName(), transport.is_training()) == ("Train", "Train", False)
    assert asked == [True, False]


def test_shows_that_training_runs_without_asking_for_it(transport, qtbot):
    asked = []
    transport.train_toggled.connect(asked.append)
    transport.set_training(True)
    transport.set_training(True)
    assert named(transport, "Pause").text() == "Pause"
    assert asked == []
    click(qtbot, named(transport, "Pause"))
    assert asked == [False]


@pytest.mark.parametrize("points", [9, 30])
def test_the_train_button_keeps_its_width(qtbot, qapp, points):
    before = qapp.font()
    qapp.setFont(QFont("DejaVu Sans", points))  # a large one, for a style gives short words one width
    try:
        transport = Transport()
        qtbot.addWidget(transport)
        transport.show()
        train = named(transport, "Train")
        place = train.geometry()
        transport.set_training(True)
        transport.layout().activate()
        assert train.geometry() == place
        assert train.width() >= train.sizeHint().width()
    finally:
        qapp.setFont(before)


@pytest.mark.parametrize(
    ("name", "signal", "shortcut"),
    [("Step", "step_clicked", "(S)"), ("Epoch", "epoch_clicked", "(E)"), ("Reset", "reset_clicked", "(R)")],
)
def test_each_button_asks_for_its_own_and_names_its_shortcut(transport, qtbot, name, signal, shortcut):
    asked = []
    for other in ("step_clicked", "epoch_clicked", "reset_clicked"):
        getattr(transport, other).connect(lambda other=other: asked.append(other))
    button = named(transport, name)
    click(qtbot, button)
    assert asked == [signal]
    assert button.text() == name
    assert shortcut in button.toolTip()


def test_a_click_leaves_the_focus_where_it_was_so_that_space_keeps_its_meaning(transport):
    for button in transport.findChildren(QPushButton):
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert "(Space)" in named(transport, "Train").toolTip()


def test_the_speed_starts_at_its_default_and_says_each_change(transport):
    assert transport.speed() == DEFAULT_SPEED
    speeds = []
    transport.speed_changed.connect(speeds.append)
    named(transport, "Speed").setValue(200)
    transport.set_speed(200)
    transport.set_speed(float("inf"))
    assert speeds == [200, SPEED.maximum]
    assert named(transport, "Speed").text() == "unlimited"
    assert transport.speed() == SPEED.maximum
    assert "steps/s" in {label.text() for label in transport.findChildren(QLabel)}


@pytest.mark.parametrize(("button", "signal"), COMMANDS)
def test_a_typed_speed_holds_before_a_button_asks(transport, qtbot, retype, button, signal):
    heard = []
    transport.speed_changed.connect(heard.append)
    getattr(transport, signal).connect(lambda *_: heard.append(signal))
    retype(transport.speed_control.box, "200")
    assert heard == []
    click(qtbot, named(transport, button))
    assert heard == [200, signal]


def test_commit_lets_a_typed_speed_act_once(transport, retype):
    speeds = []
    transport.speed_changed.connect(speeds.append)
    retype(transport.speed_control.box, "1,5")
    transport.commit()
    transport.commit()
    assert speeds == [1.5]


def test_the_tab_key_visits_the_row_from_left_to_right(transport, tab_stops):
    assert tab_stops(transport) == ["Train", "Step", "Epoch", "Reset", "Speed slider", "Speed"]
    places = [named(transport, name).mapTo(transport, QPoint()).x() for name in tab_stops(transport)]
    assert places == sorted(places)


@pytest.fixture
def at_points(qtbot, qapp):
    """Build a shown transport in a font of so many points."""
    before = qapp.font()

    def build(points):
        qapp.setFont(QFont("DejaVu Sans", points))
        transport = Transport()
        qtbot.addWidget(transport)
        transport.show()
        return transport

    yield build
    qapp.setFont(before)


@pytest.mark.parametrize("points", [9, 13, 20])
def test_the_slider_of_the_speed_grows_with_the_font(at_points, points):
    transport = at_points(points)
    transport.resize(transport.minimumSizeHint())
    assert transport.speed_control.slider.width() >= 70 * points / 9


def test_the_row_fits_into_a_small_window(at_points):
    assert at_points(9).minimumSizeHint().width() <= 545


def test_a_wide_window_keeps_the_row_together_at_the_left(transport):
    parts = [*transport.findChildren(QPushButton), transport.speed_control]
    transport.resize(transport.sizeHint())
    places = [part.geometry() for part in parts]
    transport.resize(1600, transport.height())
    transport.layout().activate()
    assert [part.geometry() for part in parts] == places


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_train_button_can_be_read_on_the_accent(transport, qapp, theme):
    transport.set_theme(theme)
    train = named(transport, "Train")
    assert train.palette().color(QPalette.ColorRole.ButtonText) == theme.color("on_accent")
    picture = train.grab().toImage()
    background = picture.pixelColor(6, picture.height() // 2)
    assert abs(background.hslHue() - theme.color("accent").hslHue()) <= 6
    lighter, darker = sorted((_luminance(background), _luminance(theme.color("on_accent"))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


def _luminance(color):
    channels = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))
