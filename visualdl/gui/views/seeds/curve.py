"""A curve of many seeds says how one quantity spread over the runs, from the first epoch to now."""

import numpy as np

from visualdl.gui.theme import LIGHT
from visualdl.gui.views.curves.curve_panel import CurvePanel, epoch_text
from visualdl.gui.views.seeds.band_plot import BandPlot
from visualdl.training.seeds.quartiles import Quartiles
from visualdl.training.values.seeds import Seeds

SETS = {"train": "training", "test": "test"}


class SeedsCurve(CurvePanel):
    """Shows "error", in percent, or "loss", per sample, of all runs on the training or the test set."""

    def __init__(self, quantity: str) -> None:
        super().__init__(f"Seeds {quantity} curve", "", BandPlot)
        self._quantity = quantity
        self._scale, self._unit = (100.0, "%") if quantity == "error" else (1.0, "")
        self._epochs = np.empty(0)
        self._spreads: tuple[Quartiles, ...] = ()
        self._set_name, self._name = "", quantity
        self.set_theme(LIGHT)

    def draw(self, seeds: Seeds, set_name: str) -> None:
        """Show the runs on one of SETS. What is not finite leaves a gap."""
        self._set_name = set_name
        self._name = seeds.experiment.task.error_name if self._quantity == "error" else self._quantity
        self.title.setText(f"{set_name.capitalize()} {self._name} {self._unit}".rstrip())
        runs, *compared = (
            np.asarray(getattr(curves, f"{set_name}_{self._quantity}"), dtype=float) * self._scale
            for curves in (seeds.minidl, seeds.torch)
            if curves is not None
        )
        self._epochs = seeds.minidl.epochs.astype(float)
        self._spreads = self.plot.draw_runs(self._epochs, runs, compared[0] if compared else None)
        self.say()

    def describe(self, moment: int) -> str:
        """Return median and quartiles at a moment."""
        names = ("minidl", "torch.nn") if len(self._spreads) > 1 else ("median",)
        unit = f" {self._unit}".rstrip()
        parts = (
            f"{name} {spread.median[moment]:.3g}{unit} [{spread.lower[moment]:.3g}, {spread.upper[moment]:.3g}]"
            for name, spread in zip(names, self._spreads, strict=True)
        )
        return f"{epoch_text(self._epochs[moment])}: {self._set_name} {self._name}, {', '.join(parts)}"
