"""The fully connected layer: every output is a weighted sum of every input."""

import torch
from torch import Tensor

from minidl.initialization import uniform_fan_in
from minidl.module import Module, Parameter, expect_shape, remembered


class Linear(Module):
    """Y = X W + b.

    Input (..., in_features), output (..., out_features); W is (in_features, out_features), b is (out_features,).
    Both start from U(-1/sqrt(in_features), 1/sqrt(in_features)), drawn from `generator` (torch's default one
    if None). Raises ValueError if a size is below 1, or if the input's last dimension is not `in_features` or its dtype
    is not that of W.
    Source: the paper, section I.A.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        for name, size in (("in_features", in_features), ("out_features", out_features)):
            if size < 1:
                raise ValueError(f"Linear needs {name} of at least 1, not {size}.")
        self.weight = uniform_fan_in(in_features, out_features, fan_in=in_features, generator=generator, dtype=dtype)
        self.weight_gradient = torch.zeros_like(self.weight)
        self.bias: Tensor | None = None
        self.bias_gradient: Tensor | None = None
        if bias:
            self.bias = uniform_fan_in(out_features, fan_in=in_features, generator=generator, dtype=dtype)
            self.bias_gradient = torch.zeros_like(self.bias)
        self._input: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return Y = X W + b."""
        if x.dim() == 0 or x.shape[-1] != self.weight.shape[0]:
            raise ValueError(
                f"Linear({self.weight.shape[0]}, {self.weight.shape[1]}) needs an input of shape "
                f"(..., {self.weight.shape[0]}), not {tuple(x.shape)}."
            )
        if x.dtype != self.weight.dtype:
            raise ValueError(f"Linear with weights of {self.weight.dtype} needs such an input, not {x.dtype}.")
        self._input = x
        if self.bias is None:
            return x @ self.weight
        if x.dim() == 2:
            return torch.addmm(self.bias, x, self.weight)
        return x @ self.weight + self.bias

    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dX and add to the gradients of W and b.

        Y_ij = sum_k X_ik W_kj + b_j, so with G = dL/dY, the rows of all leading dimensions taken together:
        dL/dW_kj = sum_i X_ik G_ij, that is X^T G;  dL/db_j = sum_i G_ij;  dL/dX_ik = sum_j G_ij W_kj, that is G W^T.
        """
        x = remembered(self._input, self)
        expect_shape(output_gradient, (*x.shape[:-1], self.weight.shape[1]), self)
        rows, row_gradients = x.reshape(-1, x.shape[-1]), output_gradient.reshape(-1, self.weight.shape[1])
        self.weight_gradient.addmm_(rows.t(), row_gradients)
        if self.bias_gradient is not None:
            self.bias_gradient.add_(row_gradients.sum(0))
        return output_gradient @ self.weight.t()

    def param(self) -> list[Parameter]:
        """Return [(W, dL/dW), (b, dL/db)]; without the bias if there is none."""
        weight = Parameter(self.weight, self.weight_gradient)
        if self.bias is None or self.bias_gradient is None:
            return [weight]
        return [weight, Parameter(self.bias, self.bias_gradient)]
