"""The map of agreement: at each point of the square, the share of runs that say one class, or the median of values."""

import contourpy
import numpy as np

from visualdl.experiment.experiment import Experiment
from visualdl.gui.theme import Theme
from visualdl.gui.views.plots.plot_keys import HELP
from visualdl.gui.views.plots.unit_square import UnitSquare
from visualdl.training.values.seeds import Agreement, Seeds


class AgreementMap(UnitSquare):
    """Of two classes, blue is where all runs say class 1, orange where none does; the line is where half of them do.

    Of more, a place has the colour of the class that most runs say, the paler, the fewer; of a regression, that of the
    median of what they say.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._vote: Agreement | None = None
        self._count = 0
        self._task = Experiment().task
        self._name()
        self.set_theme(theme)

    def draw(self, seeds: Seeds) -> None:
        """Show this moment."""
        self.show_units(seeds.experiment)
        if seeds.experiment.task != self._task:
            self._task = seeds.experiment.task
            self._name()
        if seeds.agreement is self._vote:
            return
        agreement, self._vote, self._count = seeds.agreement, seeds.agreement, len(seeds.seeds)
        if self._task.is_regression:
            self.draw_values(agreement.shares, (), scale=agreement.scale)
        elif agreement.predicted_classes is not None:
            self.draw_values(agreement.shares, (), agreement.shades)
        else:
            rows, columns = agreement.shares.shape
            ticks = np.linspace(0, 1, columns), np.linspace(0, 1, rows)
            heights = smoothed(agreement.shares)
            generator = contourpy.contour_generator(*ticks, heights, line_type=contourpy.LineType.Separate)
            self.draw_values(2 * agreement.shares - 1, generator.lines(0.5))
        self.tell()

    def describe(self, x1: float, x2: float) -> str:
        """Say what the runs say at the grid's point that is nearest."""
        assert self._vote is not None
        rows, columns = self._vote.shares.shape
        place = tuple(round(min(max(x, 0.0), 1.0) * (size - 1)) for x, size in ((x2, rows), (x1, columns)))
        share = float(self._vote.shares[place])
        if self._task.is_regression:
            return f"median of the values {share:+.3f}"
        name = self._task.class_names[
            1 if self._vote.predicted_classes is None else int(self._vote.predicted_classes[place])
        ]
        runs, say = ("run", "says") if self._count == 1 else ("runs", "say")
        return f"{round(share * self._count)} of {self._count} {runs} {say} {name}"

    def _name(self) -> None:
        names = self._task.class_names
        if self._task.is_regression:
            name, text = "Median of runs", "The median of the values that the runs predict"
        elif len(names) > 2:
            name, text = "Vote of runs", "The class that most runs say, paler where fewer do"
        else:
            name, text = f"Share of runs {names[1]}", f'The share of runs that say "{names[1]}"'
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{text}, over the square of all inputs. {HELP}")


def title_of(seeds: Seeds) -> str:
    """Return what the map shows, in few words."""
    names = seeds.experiment.class_names
    if not names:
        return "Median value"
    return "Vote of runs" if len(names) > 2 else f"Share {names[1]}"


def smoothed(share: np.ndarray) -> np.ndarray:
    """Return the mean over a point of the grid and its neighbours, weighted 1, 2, 1 each way.

    A share is a whole number of runs: a line through its steps would climb stairs that no network has.
    """
    padded = np.pad(share, 1, mode="edge")
    by_row = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return (by_row[:, :-2] + 2 * by_row[:, 1:-1] + by_row[:, 2:]) / 16
