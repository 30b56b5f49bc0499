"""One epoch of mini-batches: every sample once, in an order that a generator shuffles."""

from collections.abc import Iterator

import torch
from torch import Tensor


class Epoch:
    """The samples of one epoch, shuffled once and handed out batch by batch.

    `inputs` and `targets` have one row a sample. The batch size is asked for with each batch, so it may change
    within an epoch. Raises ValueError if the row counts differ.
    """

    def __init__(self, inputs: Tensor, targets: Tensor, generator: torch.Generator | None = None) -> None:
        if len(inputs) != len(targets):
            raise ValueError(f"Every input needs its target: {len(inputs)} inputs came with {len(targets)} targets.")
        order = torch.randperm(len(inputs), generator=generator)
        self._inputs, self._targets = inputs[order], targets[order]
        self.position = 0

    @property
    def remaining(self) -> int:
        """How many samples have not been handed out yet."""
        return len(self._inputs) - self.position

    def take(self, batch_size: int) -> tuple[Tensor, Tensor]:
        """Return the next `batch_size` inputs and targets, or what is left of them. Raises ValueError below 1."""
        if batch_size < 1:
            raise ValueError(f"A mini-batch needs at least 1 sample, not {batch_size}.")
        rows = slice(self.position, self.position + batch_size)
        self.position = min(rows.stop, len(self._inputs))
        return self._inputs[rows], self._targets[rows]


def mini_batches(
    inputs: Tensor, targets: Tensor, batch_size: int, generator: torch.Generator | None = None
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield one epoch's mini-batches of `batch_size` samples in shuffled order; the last one may be smaller."""
    epoch = Epoch(inputs, targets, generator)
    while epoch.remaining:
        yield epoch.take(batch_size)
