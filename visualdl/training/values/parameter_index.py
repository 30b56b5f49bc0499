"""Indices of a network: one neuron, or one number among its weights and biases."""

from typing import Literal, NamedTuple


class Neuron(NamedTuple):
    """A neuron by its layer and its number there, from 0 on: layer 0 are the inputs, the last layer is the outputs."""

    layer: int
    number: int


class ParameterIndex(NamedTuple):
    """A weight or a bias: the name of its tensor, as in `Snapshot.weights`, and its position there.

    A weight's position is (neuron of the layer before, neuron), a bias's (neuron,).
    """

    name: str
    position: tuple[int, ...]

    @property
    def kind(self) -> Literal["weight", "bias"]:
        """Which of the two it is, as a reader sees it as well."""
        return "weight" if len(self.position) == 2 else "bias"


LARGEST = 1e6
"""The largest number that can be set at a place, above or below 0: with larger ones the loss soon is not finite."""
