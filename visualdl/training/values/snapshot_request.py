"""A snapshot request says what is to be seen of a run beside its numbers."""

from dataclasses import dataclass

from visualdl.training.values.parameter_index import Neuron

RESOLUTIONS = {"Coarse": 33, "Usual": 65, "Fine": 129, "Finest": 193}
"""How many points along each side the picture over the square has."""


GRID = RESOLUTIONS["Usual"]


@dataclass(frozen=True)
class SnapshotRequest:
    """What a snapshot shall show beside the run itself. It costs time, so only what is on the screen is asked for.

    `neurons` are the sides, in pixels, of the maps of each layer's neurons, from the inputs on; layers beyond the last
    side have that one, too. Without any, no maps are made. `resolution` is one of RESOLUTIONS: how finely the network's
    output is seen, or that of the neuron in focus. `level_lines` asks for `Boundary.levels`.
    """

    neurons: tuple[int, ...] = ()
    focus: Neuron | None = None
    plane: tuple[Neuron, Neuron] | None = None
    predictions: bool = False
    resolution: int = GRID
    level_lines: bool = False

    def of_output(self) -> "SnapshotRequest":
        """Return the look at the output alone, seen as in this one."""
        return SnapshotRequest(resolution=self.resolution, level_lines=self.level_lines)


ONLY_THE_RUN = SnapshotRequest()
"""Nothing beside the run itself."""
