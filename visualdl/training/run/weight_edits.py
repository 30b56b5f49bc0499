"""Edits of single numbers of a network: set one by hand, or keep one as it is while the others learn."""

from collections.abc import Mapping

import torch
from torch import Tensor

from visualdl.training.values.parameter_index import LARGEST, ParameterIndex
from visualdl.training.values.topology import Topology


class Edits:
    """Sets and locks weights and biases among a network's `tensors`, in place: they stay the same objects and memory.

    Every method raises ValueError, in a sentence, for a place that the network does not have.
    """

    def __init__(self, tensors: Mapping[str, Tensor], topology: Topology) -> None:
        self._tensors, self._topology = tensors, topology
        self._locked: dict[ParameterIndex, float] = {}
        self._restored: list[tuple[Tensor, Tensor, Tensor]] = []  # a tensor, flat indices in it, what stands there

    @property
    def locked(self) -> frozenset[ParameterIndex]:
        """The places whose numbers do not learn."""
        return frozenset(self._locked)

    def number(self, place: ParameterIndex) -> float:
        """Return the number at a place."""
        self._topology.check(place)
        return float(self._tensors[place.name][place.position])

    def set_number(self, place: ParameterIndex, value: float) -> None:
        """Set the number at a place, locked or not. Raises ValueError unless it lies within -LARGEST and LARGEST."""
        self._topology.check(place)
        if not -LARGEST <= value <= LARGEST:  # nan does not, either
            raise ValueError(f"A weight or bias must lie between {-LARGEST:g} and {LARGEST:g}, not {value:g}.")
        self._tensors[place.name][place.position] = value
        if place in self._locked:
            self._lock_all({**self._locked, place: value})

    def set_locked(self, place: ParameterIndex, locked: bool) -> None:
        """Keep the number at a place from learning, or let it learn again."""
        number = self.number(place)
        others = {each: value for each, value in self._locked.items() if each != place}
        self._lock_all({**others, place: number} if locked else others)

    def restore(self) -> None:
        """Put every locked number back, after a step of the optimiser. Without locks it does nothing."""
        for tensor, indices, numbers in self._restored:
            tensor.put_(indices, numbers)

    def _lock_all(self, locked: dict[ParameterIndex, float]) -> None:
        self._locked = locked
        self._restored = []
        for name in dict.fromkeys(place.name for place in locked):
            tensor = self._tensors[name]
            numbers = {_flat(place, tensor): value for place, value in locked.items() if place.name == name}
            self._restored.append(
                (tensor, torch.tensor(list(numbers)), torch.tensor(list(numbers.values()), dtype=tensor.dtype))
            )


def _flat(place: ParameterIndex, tensor: Tensor) -> int:
    index = 0
    for at, size in zip(place.position, tensor.shape, strict=True):
        index = index * size + at
    return index
