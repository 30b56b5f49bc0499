"""One epoch of mini-batches: every sample once, in an order that a generator shuffles."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from minidl.checks import described, whole


class Epoch:
    """The samples of one epoch, shuffled once and handed out batch by batch.

    `inputs` and `targets` have one row a sample. The batch size is asked for with each batch, so it may change
    within an epoch. Raises ValueError if the row counts differ.
    """

    def __init__(self, inputs: Tensor, targets: Tensor, generator: torch.Generator | None = None) -> None:
        for name, tensor in (("inputs", inputs), ("targets", targets)):
            if not isinstance(tensor, Tensor) or tensor.dim() == 0:
                raise ValueError(f"An epoch needs {name} with one row a sample, not {described(tensor)}.")
        if len(inputs) != len(targets):
            raise ValueError(f"Every input needs its target: {len(inputs)} inputs came with {len(targets)} targets.")
        order = torch.randperm(len(inputs), generator=generator)
        self._inputs, self._targets = inputs.index_select(0, order), targets.index_select(0, order)
        self._samples, self._dimension = len(inputs), 0
        self.position = 0

    @classmethod
    def stack(cls, epochs: "Sequence[Epoch]") -> "Epoch":
        """Return one epoch of K runs (see `minidl.stack`): batches (K, batch size, ...), row k from epoch k.

        Raises ValueError for no epochs, or if some differ in their number of samples or their position.
        """
        remaining = {(epoch._samples, epoch.position, epoch._dimension) for epoch in epochs}
        if len(remaining) != 1:
            raise ValueError(f"Epochs stack if they are of one size and none is ahead, not at {sorted(remaining)}.")
        together = cls.__new__(cls)
        together._inputs = torch.stack([epoch._inputs for epoch in epochs])
        together._targets = torch.stack([epoch._targets for epoch in epochs])
        together._samples, together._dimension = epochs[0]._samples, epochs[0]._dimension + 1
        together.position = epochs[0].position
        return together

    @property
    def remaining(self) -> int:
        """How many samples have not been handed out yet."""
        return self._samples - self.position

    def take(self, batch_size: int) -> tuple[Tensor, Tensor]:
        """Return the next `batch_size` inputs and targets, or what is left of them. Raises ValueError below 1."""
        _expect_batch_size(batch_size)
        start, count = self.position, min(batch_size, self.remaining)
        self.position += count
        return self._inputs.narrow(self._dimension, start, count), self._targets.narrow(self._dimension, start, count)

    def batches(self, batch_size: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield all batches of `batch_size` samples, the last one perhaps smaller, from the first sample on.

        The position stays: this is the quick way through an epoch for who never changes the batch size.
        """
        _expect_batch_size(batch_size)
        if self._samples:
            inputs = torch.split(self._inputs, batch_size, self._dimension)
            targets = torch.split(self._targets, batch_size, self._dimension)
            yield from zip(inputs, targets, strict=True)


def mini_batches(
    inputs: Tensor, targets: Tensor, batch_size: int, generator: torch.Generator | None = None
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield one epoch's mini-batches of `batch_size` samples in shuffled order; the last one may be smaller."""
    return Epoch(inputs, targets, generator).batches(batch_size)


def _expect_batch_size(batch_size: int) -> None:
    whole("A mini-batch", "a sample count", batch_size)
