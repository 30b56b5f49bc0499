"""Losses: how far an output is from its target, as one number, and the gradient of that number."""

from typing import Literal

from torch import Tensor

from minidl.module import remembered


class LossMSE:
    """The squared error: L = sum_ij (Y_ij - Y*_ij)^2, or its mean over all elements.

    Output and target: one shape, any. `reduction="sum"` is the paper's experiment (section I.E prints the value of a
    mean with the gradient of the sum; here the gradient always is the exact derivative of the value);
    `reduction="mean"` divides by the number of elements. Raises ValueError for another reduction or unequal shapes.
    """

    def __init__(self, reduction: Literal["sum", "mean"] = "sum") -> None:
        if reduction not in ("sum", "mean"):
            raise ValueError(f'LossMSE takes the reduction "sum" or "mean", not {reduction!r}.')
        self.reduction = reduction
        self._difference: Tensor | None = None

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """Return L, a tensor without dimensions."""
        if output.shape != target.shape:
            raise ValueError(
                "LossMSE needs an output and a target of one shape, "
                f"not {tuple(output.shape)} and {tuple(target.shape)}."
            )
        self._difference = output - target
        squares = self._difference * self._difference
        return squares.sum() if self.reduction == "sum" else squares.mean()

    def backward(self) -> Tensor:
        """d(Y - Y*)^2/dY = 2 (Y - Y*): the gradient of the sum; the mean's is that over the number of elements."""
        difference = remembered(self._difference, self)
        factor = 2.0 if self.reduction == "sum" else 2.0 / max(difference.numel(), 1)
        return difference * factor
