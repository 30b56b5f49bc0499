"""A curve view says how one quantity went, on the training and on the test set, from the first epoch to now."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from visualdl.gui.theme import LIGHT, Theme
from visualdl.gui.views.curves.curve_panel import CurvePanel, epoch_text
from visualdl.gui.views.curves.swatch import Swatch
from visualdl.gui.views.plots.curve_plot import CurvePlot, line_pens
from visualdl.gui.widgets.layout_helpers import switch
from visualdl.training.values.pictures import Floats
from visualdl.training.values.snapshot import Change, Curves

MOST_MARKERS = 50  # the latest ones; more would hide the curves


def loss_curve(*actions: QAction) -> "CurveView":
    """Return the view of the loss per sample, with a switch for each of `actions`."""
    return CurveView("loss", "Loss", lambda curves: (curves.train_loss, curves.test_loss), actions=actions)


def error_curve(*actions: QAction) -> "CurveView":
    """Return the view of the share of misclassified points, in percent, with a switch for each of `actions`."""
    return CurveView("error", "Error %", lambda curves: (curves.train_error, curves.test_error), 100.0, "%", actions)


class CurveView(CurvePanel):
    """A curve panel of train and test, with a legend, and markers where a hyperparameter changed."""

    def __init__(
        self,
        quantity: str,
        label: str,
        values_of: Callable[[Curves], tuple[Floats, Floats]],
        scale: float = 1.0,
        unit: str = "",
        actions: Sequence[QAction] = (),
    ) -> None:
        """`values_of` gives train and test, (moments,) each; they are shown times `scale`, in `unit`."""
        super().__init__(f"{quantity.capitalize()} curve", label, CurvePlot)
        self._quantity, self._values_of, self._scale, self._unit = quantity, values_of, scale, unit
        self._epochs = np.empty(0)
        self._values = np.empty((2, 0))
        self._changes: tuple[Change, ...] = ()
        for action in actions:
            self.header.addWidget(switch(action))
        self._swatches = Swatch(), Swatch()
        for swatch, name in zip(self._swatches, ("train", "test"), strict=True):
            self.header.addSpacing(2)
            self.header.addWidget(swatch)
            self.header.addWidget(QLabel(name))
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        for swatch, pen in zip(self._swatches, line_pens(theme), strict=True):
            swatch.show_line(pen)

    def show_error_name(self, name: str) -> None:
        """Say what the error is called: "error", or what a regression has in its place."""
        self._quantity = name
        self.title.setText(f"{name[0].upper()}{name[1:]} {self._unit}".rstrip())
        self.say()

    def draw(self, curves: Curves) -> None:
        """Show the run so far. What is not finite leaves a gap."""
        self._epochs = curves.epochs.astype(float)
        self._values = np.array(self._values_of(curves), dtype=float) * self._scale
        self.plot.draw(self._epochs, self._values)
        changes = curves.changes[-MOST_MARKERS:]
        if changes != self._changes:
            self._changes = changes
            self.plot.draw_markers([change.epoch for change in changes])
        self.say()

    def describe(self, moment: int) -> str:
        """Return train and test at a moment, and the changes that the mouse points at."""
        values = (f"{value:.3g} {self._unit}".rstrip() for value in self._values[:, moment])
        parts = (f"{name} {self._quantity} {value}" for name, value in zip(("train", "test"), values, strict=True))
        near = [change for change in self._changes if self.plot.points_at(change.epoch)]
        texts = [change.text for change in near if change.epoch == near[-1].epoch]
        return "; ".join((f"{epoch_text(self._epochs[moment])}: {', '.join(parts)}", *texts))
