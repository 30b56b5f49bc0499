"""The palettes: legible in both, and one diverging map that reads the same everywhere."""

import re
from dataclasses import fields, replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette

from visualdl.gui.theme import DARK, LIGHT, chosen_theme, gradient_values

THEMES = [LIGHT, DARK]


def luminance(color):
    """The relative luminance of WCAG 2.2."""
    channels = [value / 255 for value in QColor(color).getRgb()[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("text", "window"),
        ("text", "surface"),
        ("text", "raised"),
        ("text", "field"),
        ("text", "positive"),
        ("text", "negative"),
        ("muted", "window"),
        ("muted", "surface"),
        ("muted", "raised"),
        ("muted", "field"),
        ("on_accent", "accent"),
        ("accent", "surface"),
        ("accent", "window"),
        ("compared", "surface"),
        ("positive_line", "window"),
        ("negative_line", "window"),
        ("on_warning", "warning"),
        ("text", "neutral"),
        ("positive_point", "positive"),
        ("negative_point", "negative"),
        ("positive_point", "negative"),
        ("negative_point", "positive"),
        ("positive_point", "neutral"),
        ("negative_point", "neutral"),
        ("positive_point", "surface"),
        ("negative_point", "surface"),
    ],
)
def test_text_curves_and_points_are_legible(theme, front, back):
    assert contrast(getattr(theme, front), getattr(theme, back)) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_diverging_map_goes_from_negative_through_neutral_to_positive(theme):
    image = theme.picture(gradient_values())
    ends = [image.pixelColor(x, 0).name() for x in (0, 255)]
    assert ends == [theme.negative, theme.positive]
    middle = image.pixelColor(128, 0).getRgb()[:3]
    assert np.allclose(middle, theme.color("neutral").getRgb()[:3], atol=3)
    lightness = [luminance(image.pixelColor(x, 0).name()) for x in range(256)]
    turns = np.sign(np.diff(lightness[::8]))  # rounding to whole levels may turn back for a level
    assert len(set(turns[:15])) == 1, "each half only gets lighter, or only darker"
    assert len(set(turns[16:])) == 1


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_picture_has_one_pixel_a_value_and_clips(theme):
    image = theme.picture(np.array([[-1e30, 0.0, 1.0], [1e30, -1.0, 0.5]], dtype=np.float32))
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(0, 0).name() == theme.negative
    assert image.pixelColor(0, 1).name() == theme.positive


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_picture_of_levels_has_the_maps_ends_its_middle_and_nothing_at_0(theme):
    colors = [QColor.fromRgba(color) for color in theme.level_colors]
    assert colors[0].alpha() == 0
    assert {color.alpha() for color in colors[1:]} == {255}
    assert [colors[level].name() for level in (127, 128, 255)] == [theme.neutral, theme.neutral, theme.positive]
    assert np.allclose(colors[1].getRgb()[:3], theme.color("negative").getRgb()[:3], atol=3)
    share = (colors[160].red() - theme.color("neutral").red()) / (
        theme.color("positive").red() - theme.color("neutral").red()
    )
    assert share == pytest.approx(np.sqrt((160 - 128) / 127.5), abs=0.1), "weak values are seen, too"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_discrete_theme_shows_the_sign_alone(theme):
    discrete = replace(theme, discrete=True)
    ends = [theme.color(name).rgb() for name in ("negative", "neutral", "positive")]
    picture = discrete.picture(np.array([[-7, -0.001, 0, 0.001, 1]], dtype=np.float32))
    assert [picture.pixel(x, 0) for x in range(5)] == [ends[0], ends[0], ends[1], ends[2], ends[2]]
    colors = discrete.level_colors
    assert [colors[level] for level in (1, 126, 127, 129, 255)] == [ends[0], ends[0], ends[1], ends[2], ends[2]]
    assert colors[0] == 0, "transparent"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("positive", [True, False])
def test_a_links_pen_goes_from_the_background_to_a_legible_line(theme, positive):
    faint, strong = (theme.link_pen(2, strength, positive=positive) for strength in (0, 1))
    assert faint.color() == theme.color("window")
    assert contrast(strong.color(), theme.window) >= 3
    assert strong.color().alpha() == 255


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_role_is_a_colour_and_the_palette_uses_them(theme):
    for field in fields(theme):
        if field.name not in ("name", "discrete"):
            role = getattr(theme, field.name)
            for color in (role,) if isinstance(role, str) else role:
                assert re.fullmatch(r"#[0-9a-f]{6}", color), field.name
    assert theme.palette().color(QPalette.ColorRole.Window).name() == theme.window


def test_the_choice_of_a_theme(qapp):
    assert chosen_theme("Light") is LIGHT
    assert chosen_theme("Dark") is DARK
    assert chosen_theme("System") in THEMES
