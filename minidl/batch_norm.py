"""Batch normalisation: every feature is brought to mean 0 and deviation 1 over the mini-batch."""

import torch
from torch import Tensor

from minidl.checks import at_least, described, floating_dtype, share, whole
from minidl.module import Module, Parameter, expect_gradient, remembered


class BatchNorm1d(Module):
    """Y = s (X - mean) / sqrt(variance + epsilon) + b, feature by feature, with learned scale s and shift b.

    Input and output: (N, features) or (N, features, L). In training, mean and variance are the mini-batch's own, over
    all its N (times L) numbers of a feature, and the running ones follow them:
    running <- (1 - momentum) running + momentum (mean, or variance N / (N - 1)). In evaluation the running ones are
    used. As K runs (see `stack`): input (K, N, features) or (K, N, features, L), every tensor (K, features).

    Raises ValueError for fewer than 1 feature, a negative or infinite `epsilon`, a `momentum` outside 0 to 1, an
    input of another shape or dtype, and, in training, an input of just 1 number a feature.
    Source: Ioffe and Szegedy, Batch normalization, 2015.
    """

    def __init__(
        self,
        features: int,
        epsilon: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = True,
        *,
        dtype: torch.dtype | None = None,
    ) -> None:
        whole("BatchNorm1d", "a feature count", features)
        floating_dtype("BatchNorm1d", dtype)
        self.epsilon = at_least("BatchNorm1d", "epsilon", epsilon)
        self.momentum = share("BatchNorm1d", "momentum", momentum)
        self.running_mean, self.running_variance = torch.zeros(features, dtype=dtype), torch.ones(features, dtype=dtype)
        self.scale = torch.ones(features, dtype=dtype) if affine else None
        self.shift = torch.zeros(features, dtype=dtype) if affine else None
        self.scale_gradient = torch.zeros(features, dtype=dtype) if affine else None
        self.shift_gradient = torch.zeros(features, dtype=dtype) if affine else None
        self._normalized: Tensor | None = None
        self._factor: Tensor | None = None
        self._by_batch = True

    def forward(self, x: Tensor) -> Tensor:
        """Return Y; in training, let the running mean and variance follow."""
        self._expect_input(x)
        self._by_batch = self.training
        mean, variance = self._along(self.running_mean, x), self._along(self.running_variance, x)
        if self.training and x.numel():
            others = self._others(x)
            mean = x.mean(others, keepdim=True)
            variance = (x - mean).square().mean(others, keepdim=True)
            count = x.numel() // self.running_mean.numel()
            self.running_mean.lerp_(mean.view_as(self.running_mean), self.momentum)
            self.running_variance.lerp_((variance * (count / (count - 1))).view_as(self.running_mean), self.momentum)
        self._factor = (variance + self.epsilon).rsqrt()
        self._normalized = (x - mean) * self._factor
        if self.scale is None or self.shift is None:
            return self._normalized
        return self._normalized * self._along(self.scale, x) + self._along(self.shift, x)

    def backward(self, output_gradient: Tensor) -> Tensor:
        """Return dL/dX and add to the gradients of s and b.

        Feature by feature, with Z the normalised X and f = 1 / sqrt(variance + epsilon), so that Y = s Z + b:
        dL/ds = sum_i dL/dY_i Z_i, dL/db = sum_i dL/dY_i and H = dL/dZ = s dL/dY. In evaluation Z = (X - mean) f with
        constants, so dL/dX = f H. In training mean and f depend on every X_i: dmean/dX_i = 1/N and, from
        variance = mean((X - mean)^2), df/dX_i = -f^3 (X_i - mean) / N = -f^2 Z_i / N. Together,
        dL/dX_i = f (H_i - mean(H) - Z_i mean(H Z)).
        """
        normalized, factor = remembered(self._normalized, self), remembered(self._factor, self)
        expect_gradient(output_gradient, normalized.shape, normalized.dtype, self)
        others = self._others(normalized)
        gradient = output_gradient
        if self.scale is not None and self.scale_gradient is not None and self.shift_gradient is not None:
            self.scale_gradient.add_((output_gradient * normalized).sum(others))
            self.shift_gradient.add_(output_gradient.sum(others))
            gradient = output_gradient * self._along(self.scale, normalized)
        if not self._by_batch or not gradient.numel():
            return gradient * factor
        along = (gradient * normalized).mean(others, keepdim=True)
        return (gradient - gradient.mean(others, keepdim=True) - normalized * along) * factor

    def param(self) -> list[Parameter]:
        """Return [(s, dL/ds), (b, dL/db)]; nothing if not `affine`."""
        if self.scale is None or self.shift is None or self.scale_gradient is None or self.shift_gradient is None:
            return []
        return [Parameter(self.scale, self.scale_gradient), Parameter(self.shift, self.shift_gradient)]

    def tensors(self) -> dict[str, Tensor]:
        """Return "scale" and "shift", if there are, "running_mean" and "running_variance"."""
        learned = {} if self.scale is None or self.shift is None else {"scale": self.scale, "shift": self.shift}
        return learned | {"running_mean": self.running_mean, "running_variance": self.running_variance}

    def _others(self, x: Tensor) -> tuple[int, ...]:
        """Return all dimensions of `x` but the features' and the runs'."""
        runs = self.running_mean.dim() - 1
        return tuple(dimension for dimension in range(runs, x.dim()) if dimension != runs + 1)

    def _along(self, tensor: Tensor, x: Tensor) -> Tensor:
        """Return (features,), or (K, features), such that it stands along the features, and runs, of `x`."""
        for dimension in self._others(x):
            tensor = tensor.unsqueeze(dimension)
        return tensor

    def _expect_input(self, x: Tensor) -> None:
        *runs, features = self.running_mean.shape
        fits = (
            isinstance(x, Tensor) and x.dim() in (len(runs) + 2, len(runs) + 3) and x.shape[len(runs) + 1] == features
        )
        if not fits or list(x.shape[: len(runs)]) != runs:
            shape = ", ".join(map(str, [*runs, "N", features]))
            given = tuple(x.shape) if isinstance(x, Tensor) else described(x)
            raise ValueError(f"BatchNorm1d({features}) needs an input of shape ({shape}) or ({shape}, L), not {given}.")
        if x.dtype != self.running_mean.dtype:
            raise ValueError(f"BatchNorm1d of {self.running_mean.dtype} needs such an input, not {x.dtype}.")
        if self.training and x.numel() == self.running_mean.numel():
            raise ValueError(
                "BatchNorm1d needs more than 1 number a feature in training, "
                f"not an input of shape {tuple(x.shape)}: it has no variance."
            )
