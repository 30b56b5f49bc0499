"""Indices of a network: one neuron, or one number among its weights and biases."""

from typing import NamedTuple


class Neuron(NamedTuple):
    """A neuron by its layer and its number there, from 0 on: layer 0 are the inputs, the last layer is the outputs."""

    layer: int
    number: int


class ParameterIndex(NamedTuple):
    """One number of a network: the name of its tensor, as in `Snapshot.weights`, and its position there."""

    name: str
    position: tuple[int, ...]


LARGEST = 1e6
"""The largest number that can be set at a place, above or below 0: with larger ones the loss soon is not finite."""
