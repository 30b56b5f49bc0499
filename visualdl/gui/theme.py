"""Every colour, pen, font and colour map of the window, for a light and a dark palette.

One accent, and one diverging map for every signed quantity: blue is positive, orange is negative, in each place.
Blue and orange stay apart for the common kinds of colour blindness, and the map's lightness says "how much". So do,
as far as six can, the colours of classes, of which there may be more than two; each has a symbol of its own, too.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPalette, QPen
from PySide6.QtWidgets import QApplication, QToolTip

from visualdl.training.values.pictures import SHADES

DASH, GAP = 5, 3  # pixels, of negative links
PALEST = 0.3  # of a class's colour: so much of it is seen where the network is least sure of the class
VALUE_COLORS = 17  # how many colours of values points have


@dataclass(frozen=True)
class Theme:
    """The colours of one palette, as #rrggbb."""

    name: str
    window: str  # behind controls
    surface: str  # behind plots
    field: str  # in boxes that are typed into or ticked
    raised: str  # buttons
    border: str
    text: str
    muted: str  # captions, axes
    accent: str  # the one thing to press, and the training curve
    on_accent: str
    compared: str  # torch.nn, where it trains beside
    positive: str  # inside
    neutral: str
    negative: str  # outside
    positive_point: str
    negative_point: str
    positive_line: str  # thin lines, where the map's own ends would be too pale
    negative_line: str
    classes: tuple[str, ...]  # of areas, of more than two classes; the first two are orange and blue
    class_points: tuple[str, ...]  # of points
    warning: str  # behind a message
    on_warning: str
    discrete: bool = False  # whether maps show a value's sign alone

    def color(self, name: str) -> QColor:
        """Return the colour of a role as Qt's."""
        return QColor(getattr(self, name))

    def tint(self, name: str, opacity: float) -> QColor:
        """Return the colour of a role, through which so much is not seen of what is behind: 0 to 1."""
        color = self.color(name)
        color.setAlphaF(opacity)
        return color

    def pen(self, name: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Return a pen of a role's colour whose width, in pixels, no zoom changes."""
        return self.pen_of(self.color(name), width, style)

    def pen_of(self, color: QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Return a pen of a colour of this theme, with such a width."""
        pen = QPen(color, width, style)
        pen.setCosmetic(True)
        return pen

    def class_point(self, label: int) -> QColor:
        """Return the colour of the points of a class."""
        return QColor(self.class_points[label])

    def class_area(self, label: int) -> QColor:
        """Return the colour of a class at its strongest, in a picture of more than two."""
        return QColor(self.classes[label])

    def link_pen(self, width: float, strength: float, *, positive: bool) -> QPen:
        """Return the pen of a link: blue and solid, or orange and dashed; from the background (0) to full colour (1).

        It is opaque: Qt paints many translucent lines ten times as slowly.
        """
        line, ground = self.color("positive_line" if positive else "negative_line"), self.color("window")
        pen = QPen(_mixed(line, ground, strength), width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not positive:
            unit = max(width, 1)  # Qt counts in widths of the pen
            pen.setDashPattern([DASH / unit, GAP / unit])
        return pen

    @cached_property
    def _diverging(self) -> NDArray[np.uint32]:
        """The diverging map as a table of 256 colours: 0 is -1, 255 is +1."""
        return self._color_table(np.linspace(-1, 1, 256))

    def _color_table(self, levels: np.ndarray) -> NDArray[np.uint32]:
        stops = np.array([self.color(name).getRgb()[:3] for name in ("negative", "neutral", "positive")], dtype=float)
        channels = np.stack([np.interp(levels, [-1, 0, 1], stops[:, channel]) for channel in range(3)], axis=1)
        red, green, blue = channels.round().astype(np.uint32).T
        return (0xFF << 24) | (red << 16) | (green << 8) | blue

    def picture(self, values: np.ndarray) -> QImage:
        """Return an image of signed `values` (rows, columns), one pixel each; -1 and below to +1 and above."""
        values = np.sign(values) if self.discrete else values
        return _colored(np.clip(values * 127.5 + 127.5, 0, 255).astype(np.uint8), self._diverging)

    @cached_property
    def _shades(self) -> NDArray[np.uint32]:
        colors = [
            _mixed(self.class_area(label), self.color("neutral"), PALEST + (1 - PALEST) * shade / (SHADES - 1)).rgb()
            for label in range(len(self.classes))
            for shade in range(SHADES)
        ]
        return np.array(colors, np.uint32)

    def class_picture(self, shades: np.ndarray) -> QImage:
        """Return an image of the `shades` of classes (rows, columns), as in `Boundary`, one pixel each."""
        if self.discrete:
            shades = shades // SHADES * SHADES + (SHADES - 1)
        return _colored(shades, self._shades)

    def value_colors(self) -> list[QColor]:
        """Return VALUE_COLORS colours of the diverging map, from -1 to +1."""
        return [QColor.fromRgb(color) for color in self._color_table(np.linspace(-1, 1, VALUE_COLORS)).tolist()]

    @cached_property
    def level_colors(self) -> tuple[int, ...]:
        """The colours of 256 levels, of which 1 is -1, 255 is +1, and 0 is transparent, as Qt's QRgb.

        A colour's strength is the square root of the value: so a picture of few pixels shows where small values are.
        """
        values = np.linspace(-1, 1, 256)
        beyond_zero = np.maximum(np.abs(values) - values[128], 0)  # 0 itself lies between two levels
        strength = np.sign(beyond_zero) if self.discrete else np.sqrt(beyond_zero)
        colors = self._color_table(np.sign(values) * strength)
        colors[0] = 0
        return tuple(colors.tolist())

    def palette(self) -> QPalette:
        """Return Qt's palette in these colours."""
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, name in (
            (roles.Window, "window"),
            (roles.WindowText, "text"),
            (roles.Base, "field"),
            (roles.AlternateBase, "window"),
            (roles.Text, "text"),
            (roles.PlaceholderText, "muted"),
            (roles.Button, "raised"),
            (roles.ButtonText, "text"),
            (roles.BrightText, "text"),
            (roles.ToolTipBase, "surface"),
            (roles.ToolTipText, "text"),
            (roles.Highlight, "accent"),
            (roles.Accent, "accent"),
            (roles.HighlightedText, "on_accent"),
            (roles.Link, "accent"),
            (roles.Light, "surface"),
            (roles.Midlight, "raised"),
            (roles.Mid, "border"),
            (roles.Dark, "border"),
        ):
            palette.setColor(role, self.color(name))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        for role in (roles.Highlight, roles.Accent):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("border"))
        return palette


LIGHT = Theme(
    name="Light",
    window="#f4f4f6",
    surface="#ffffff",
    field="#ffffff",
    raised="#fbfbfc",
    border="#c9cad1",
    text="#1d1f27",
    muted="#5b5e6b",
    accent="#6a3fc4",
    on_accent="#ffffff",
    compared="#00785f",
    positive="#8ec1ea",
    neutral="#f7f7f7",
    negative="#f6c48a",
    positive_point="#0d4b86",
    negative_point="#763a00",
    positive_line="#2573b8",
    negative_line="#a95b06",
    classes=("#f6c48a", "#8ec1ea", "#62b86c", "#f598b6", "#dff26c", "#9a9197"),
    class_points=("#763a00", "#0d4b86", "#2f8259", "#7a1258", "#8a7a00", "#1d1418"),
    warning="#fdf0d0",
    on_warning="#4a3200",
)

DARK = Theme(
    name="Dark",
    window="#1b1c22",
    surface="#272a33",
    field="#3a3e4a",
    raised="#343843",
    border="#434652",
    text="#e8e9ee",
    muted="#a9acba",
    accent="#b59dfc",
    on_accent="#17181d",
    compared="#4fd0ae",
    positive="#285f91",
    neutral="#1f2127",
    negative="#8a5210",
    positive_point="#bcdefc",
    negative_point="#ffd9a3",
    positive_line="#5fa8e6",
    negative_line="#e0964a",
    classes=("#8a5210", "#285f91", "#4a9070", "#a0308c", "#b0a02a", "#453a42"),
    class_points=("#ffd9a3", "#bcdefc", "#72d476", "#f088d8", "#f6fb5a", "#a3a1a1"),
    warning="#4a3a12",
    on_warning="#fdeec4",
)


def _mixed(front: QColor, back: QColor, strength: float) -> QColor:
    channels = zip(front.getRgb()[:3], back.getRgb()[:3], strict=True)
    return QColor(*(round(strength * one + (1 - strength) * other) for one, other in channels))


def _colored(levels: np.ndarray, colors: NDArray[np.uint32]) -> QImage:
    """Return an image of the `colors` of `levels` (rows, columns), one pixel each."""
    rows, columns = levels.shape
    image = QImage(columns, rows, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(rows, columns)
    np.take(colors, levels, out=pixels, mode="clip")
    return image


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, so that numbers do not jump while they change."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def gradient_values() -> np.ndarray:
    """Return one row of values from -1 to +1: the diverging map itself, as `Theme.picture` takes it."""
    return np.linspace(-1, 1, 256)[np.newaxis]


def chosen_theme(name: str) -> Theme:
    """Return the theme of a choice: "Light", "Dark", or whichever of the two the "System" asks for."""
    system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if name == "Dark" or (name == "System" and system_is_dark) else LIGHT


def apply_to_application(theme: Theme) -> None:
    """Give all of the application's widgets the colours of `theme`."""
    QApplication.setPalette(theme.palette())
    QToolTip.setPalette(theme.palette())
