"""The links of the diagram: lines whose width says how large a weight is, and whose colour and dashes say its sign."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QGraphicsPathItem

from visualdl.gui.theme import Theme
from visualdl.gui.views.network.cached import CachedGroup, lines
from visualdl.training.values.pictures import Floats

WIDTHS = (0.3, 0.6, 1.4, 2.4, 3.5)  # pixels, from the smallest fifth of the scale to the largest
STRENGTHS = (0.8, 0.9, 0.8, 0.9, 1.0)  # of their colours; below one pixel Qt makes a line fainter by itself
EMPHASIS = 0.7  # the least strength of a link that is pointed out
MOST = 2000  # links that are drawn at once: more would be neither seen apart nor painted in time
FAINT = 0.22  # the strength of all links while some are pointed out
REACH = 4.0  # pixels by which a link can be missed
ROUND = np.array([1, 1.5, 2, 3, 5, 7, 10])


class LinkLines(CachedGroup):
    """Lines in five classes of width for each sign; with `emphasis` none of them is faint."""

    def __init__(self, *, emphasis: bool = False) -> None:
        self._items = {
            (positive, strength): QGraphicsPathItem() for strength in range(len(WIDTHS)) for positive in (False, True)
        }
        super().__init__(*self._items.values())
        self._emphasis = emphasis

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        for (positive, strength), item in self._items.items():
            width, color = WIDTHS[strength], STRENGTHS[strength]
            if self._emphasis:
                width, color = max(width, 1.0), max(color, EMPHASIS)
            item.setPen(theme.link_pen(width, color, positive=positive))

    def draw(self, segments: NDArray[np.float64], values: Floats, scale: float) -> None:
        """Show links of these `values` (links,) along `segments` (links, 4); `scale` is the width's full measure."""
        classes = np.clip(np.ceil(np.abs(values) * (len(WIDTHS) / scale)) - 1, 0, len(WIDTHS) - 1)
        for (positive, strength), item in self._items.items():
            item.setPath(lines(segments[((values >= 0) == positive) & (classes == strength)]))


class Links:
    """All links of a network, of which at most MOST are drawn: the locked ones, and then the strongest.

    `all` and `emphasized` are the graphics items. `shown` are the links that are drawn, (drawn,).
    """

    def __init__(self) -> None:
        self.all, self.emphasized = LinkLines(), LinkLines(emphasis=True)
        self.shown = np.empty(0, np.int64)
        self._segments, self._values, self._scale = np.empty((0, 4)), np.empty(0), 1.0
        self._chosen = np.empty(0, np.int64)

    def arrange(self, segments: NDArray[np.float64]) -> None:
        """Take over where the links are, (links, 4)."""
        self._segments = segments

    def forget(self) -> None:
        """Point nothing out: the links are others now."""
        self.emphasize(np.empty(0, np.int64))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of `theme`."""
        self.all.set_theme(theme)
        self.emphasized.set_theme(theme)

    def draw(self, values: Floats, locked: list[int]) -> None:
        """Show these values of all links, (links,)."""
        self._values, self._scale = values, round_scale(values)
        self.shown = strongest(values, locked)
        self.all.draw(self._segments[self.shown], values[self.shown], self._scale)
        if len(self._chosen):
            self.emphasize(self._chosen)

    def emphasize(self, links: NDArray[np.int64]) -> None:
        """Point these links out, whether or not they are drawn otherwise; without any, show all as usual."""
        self._chosen = links
        self.all.set_strength(FAINT if len(links) else 1)
        self.emphasized.draw(self._segments[links], self._values[links], self._scale)

    def middles(self, links: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the middles of links, (links, 2)."""
        return (self._segments[links, :2] + self._segments[links, 2:]) / 2

    def at(self, x: float, y: float) -> int | None:
        """Return the drawn link nearest to a point, if it is near."""
        if not len(self.shown):
            return None
        distances = distances_to(self._segments[self.shown], x, y)
        nearest = int(np.argmin(distances))
        return int(self.shown[nearest]) if distances[nearest] <= REACH else None


def strongest(values: Floats, locked: list[int]) -> NDArray[np.int64]:
    """Return at most MOST links, ascending: the locked ones first, then those with the largest absolute values."""
    if len(values) <= MOST:
        return np.arange(len(values))
    strength = np.abs(values)
    strength[locked] = np.inf
    return np.sort(np.argpartition(strength, -MOST)[-MOST:])


def round_scale(values: Floats) -> float:
    """Return the round number at or above the largest absolute value, so that the widths do not change all the time."""
    largest = max(float(np.abs(values).max(initial=0)), 1e-6)
    decade = 10.0 ** np.floor(np.log10(largest))
    return float(decade * ROUND[np.searchsorted(ROUND * decade, largest).clip(max=len(ROUND) - 1)])


def distances_to(segments: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    """Return how far a point is from each of the lines, (lines,)."""
    start, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    to_point = np.array([x, y]) - start
    share = np.clip((to_point * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-9), 0, 1)
    return np.hypot(*(to_point - share[:, np.newaxis] * along).T)
