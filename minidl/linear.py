"""The fully connected layer: every output is a weighted sum of every input."""

import torch
from torch import Tensor

from minidl.checks import described, floating_dtype, whole
from minidl.initialization import PAPER, Initialization
from minidl.module import Module, Parameter, expect_gradient, never_forward


class Linear(Module):
    """Y = X W + b.

    Input (..., in_features), output (..., out_features); W is (in_features, out_features), b is (out_features,).
    `weights` and `biases` say how both start, drawn from `generator` (torch's default one if None): by default from
    U(-1/sqrt(in_features), 1/sqrt(in_features)). As K runs (see `stack`): input (K, ..., in_features), output
    (K, ..., out_features), W (K, in_features, out_features), b (K, out_features).

    Raises ValueError if a size is not a whole number of at least 1, or if the input's last dimension is not
    `in_features`, its first not the K of K runs, or its dtype not that of W. Source: the paper, section I.A.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
        weights: Initialization = PAPER,
        biases: Initialization = PAPER,
    ) -> None:
        self.in_features = whole("Linear", "in_features", in_features)
        self.out_features = whole("Linear", "out_features", out_features)
        floating_dtype("Linear", dtype)
        for name, rule in (("weights", weights), ("biases", biases)):
            if not isinstance(rule, Initialization):
                raise ValueError(f"Linear needs an Initialization for its {name}, such as He(), not {rule!r}.")
        self.weight = weights.draw((in_features, out_features), in_features, out_features, generator, dtype)
        self.weight_gradient = torch.zeros_like(self.weight)
        self.bias: Tensor | None = None
        self.bias_gradient: Tensor | None = None
        if bias:
            self.bias = biases.draw((out_features,), in_features, out_features, generator, dtype)
            self.bias_gradient = torch.zeros_like(self.bias)
        self._input: Tensor | None = None
        self._input_rows: Tensor | None = None  # the input as (rows, features), or (K, rows, features) of K runs
        self._ones: Tensor | None = None  # (1, rows), or (K, 1, rows)
        self._weight_transposed: Tensor | None = None  # views, kept because making one takes a quarter of a product's
        self._bias_gradient_row: Tensor | None = None  # time, and made anew when the optimiser has moved the numbers

    def forward(self, x: Tensor) -> Tensor:
        """Return Y = X W + b."""
        weight, bias = self.weight, self.bias
        dimensions = weight.dim()
        try:
            rows = x if x.dim() == dimensions else self._rows(x)
            if bias is None:
                output = torch.matmul(rows, weight)
            elif dimensions == 2:
                output = torch.addmm(bias, rows, weight)
            else:
                output = torch.baddbmm(bias.unsqueeze(1), rows, weight)
        except (RuntimeError, IndexError, AttributeError):
            self._expect_input(x)  # only now: looking at shapes takes a tenth of the time of a small product
            raise
        self._input, self._input_rows = x, rows
        return output if rows is x else output.reshape(*x.shape[:-1], self.out_features)

    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dX and add to the gradients of W and b.

        Y_ij = sum_k X_ik W_kj + b_j, so with G = dL/dY, the rows of all leading dimensions taken together:
        dL/dX_ik = sum_j G_ij W_kj, that is G W^T; `backward_parameters` has the rest.
        """
        self.backward_parameters(output_gradient)
        weight, transposed = self.weight, self._weight_transposed
        if transposed is None or transposed.data_ptr() != weight.data_ptr():
            transposed = self._weight_transposed = weight.mT
        if output_gradient.dim() == weight.dim():
            return output_gradient.mm(transposed) if output_gradient.dim() == 2 else output_gradient.bmm(transposed)
        input_gradient = torch.matmul(self._rows(output_gradient), transposed)
        return input_gradient.reshape(*output_gradient.shape[:-1], self.in_features)

    def backward_parameters(self, output_gradient: Tensor) -> None:
        """Add to the gradients of W and b.

        Y_ij = sum_k X_ik W_kj + b_j, so dL/dW_kj = sum_i X_ik G_ij, that is X^T G, and dL/db_j = sum_i G_ij, that is
        1^T G: each one operation with its addition.
        """
        x, rows = self._input, self._input_rows
        if x is None or rows is None:
            raise never_forward(self)
        dimensions = rows.dim()
        if rows is not x:
            self._expect_output_gradient(x, output_gradient)
            output_gradient = self._rows(output_gradient)
        try:
            if dimensions == 2:
                self.weight_gradient.addmm_(rows.mT, output_gradient)
            else:
                self.weight_gradient.baddbmm_(rows.mT, output_gradient)
        except (RuntimeError, IndexError, TypeError):
            self._expect_output_gradient(x, output_gradient)  # only now, as in forward
            raise
        gradient, row, ones = self.bias_gradient, self._bias_gradient_row, self._ones
        if gradient is None:
            return
        if row is None or row.data_ptr() != gradient.data_ptr():
            row = self._bias_gradient_row = gradient.unsqueeze(-2)
        if ones is None or ones.shape[-1] != rows.shape[-2]:
            ones = self._ones = torch.ones(*rows.shape[:-2], 1, rows.shape[-2], dtype=rows.dtype)
        if dimensions == 2:
            row.addmm_(ones, output_gradient)
        else:
            row.baddbmm_(ones, output_gradient)

    def param(self) -> list[Parameter]:
        """Return [(W, dL/dW), (b, dL/db)]; without the bias if there is none."""
        weight = Parameter(self.weight, self.weight_gradient)
        if self.bias is None or self.bias_gradient is None:
            return [weight]
        return [weight, Parameter(self.bias, self.bias_gradient)]

    def tensors(self) -> dict[str, Tensor]:
        """Return W as "weight" and b, if there is one, as "bias"."""
        return {"weight": self.weight} if self.bias is None else {"weight": self.weight, "bias": self.bias}

    def _rows(self, tensor: Tensor) -> Tensor:
        """Return (..., features) as (rows, features), and (K, ..., features) of K runs as (K, rows, features)."""
        if tensor.dim() == self.weight.dim():
            return tensor
        runs = self.weight.shape[:-2]
        if tensor.shape[: len(runs)] != runs:
            raise RuntimeError(f"{tuple(runs)} runs do not lead {tuple(tensor.shape)}")
        return tensor.reshape(*runs, -1, tensor.shape[-1])

    def _expect_input(self, x: Tensor) -> None:
        runs = self.weight.shape[:-2]
        if (
            not isinstance(x, Tensor)
            or x.dim() <= len(runs)
            or x.shape[-1] != self.in_features
            or x.shape[: len(runs)] != runs
        ):
            expected = ", ".join([*map(str, runs), "...", str(self.in_features)])
            given = tuple(x.shape) if isinstance(x, Tensor) else described(x)
            raise ValueError(
                f"Linear({self.in_features}, {self.out_features}) needs an input of shape ({expected}), not {given}."
            )
        if x.dtype != self.weight.dtype:
            raise ValueError(f"Linear with weights of {self.weight.dtype} needs such an input, not {x.dtype}.")

    def _expect_output_gradient(self, x: Tensor, output_gradient: Tensor) -> None:
        expect_gradient(output_gradient, (*x.shape[:-1], self.out_features), x.dtype, self)
