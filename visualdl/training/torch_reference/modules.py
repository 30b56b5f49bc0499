"""minidl's modules in torch.nn: the same numbers, the same function, and the same chance."""

import torch
from torch import Tensor

import minidl

ACTIVATIONS: dict[type[minidl.Module], type[torch.nn.Module]] = {
    minidl.ReLU: torch.nn.ReLU,
    minidl.LeakyReLU: torch.nn.LeakyReLU,
    minidl.ELU: torch.nn.ELU,
    minidl.SELU: torch.nn.SELU,
    minidl.Sigmoid: torch.nn.Sigmoid,
    minidl.Tanh: torch.nn.Tanh,
    minidl.Softplus: torch.nn.Softplus,
    minidl.GELU: torch.nn.GELU,
    minidl.Identity: torch.nn.Identity,
}
"""Activations, by their defaults."""


class Dropout(torch.nn.Module):
    """Leaves out what minidl's Dropout of the probability `p` leaves out, drawing from the same `generator`."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self.generator: torch.Generator | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return X M in training, X in evaluation."""
        if not self.training:
            return x
        kept = torch.rand(x.shape, dtype=x.dtype, generator=self.generator) >= self.p
        return x * (kept / (1 - self.p))


def torch_modules_of(module: minidl.Module) -> list[torch.nn.Module]:
    """Return the twins of a module, or of those in a row; dropout has none: who needs it puts it there anew."""
    modules = module.modules if isinstance(module, minidl.Sequential) else [module]
    return [torch_module_of(each) for each in modules if not isinstance(each, minidl.Dropout)]


def torch_module_of(module: minidl.Module) -> torch.nn.Module:
    """Return the twin of one module, with its numbers. Raises ValueError for a module that has none here."""
    if isinstance(module, minidl.Linear):
        layer = torch.nn.Linear(module.in_features, module.out_features, bias=module.bias is not None)
        with torch.no_grad():
            layer.weight.copy_(module.weight.t())  # torch keeps W transposed
            if module.bias is not None:
                layer.bias.copy_(module.bias)
        return layer
    if isinstance(module, minidl.BatchNorm1d):
        return _normalization(module)
    if type(module) not in ACTIVATIONS:
        raise ValueError(f"There is no torch twin of {type(module).__name__} here.")
    return ACTIVATIONS[type(module)]()


def _normalization(module: minidl.BatchNorm1d) -> torch.nn.Module:
    twin = torch.nn.BatchNorm1d(len(module.running_mean), eps=module.epsilon, momentum=module.momentum)
    own = module.tensors()
    twin.load_state_dict(
        {
            "weight": own["scale"],
            "bias": own["shift"],
            "running_mean": own["running_mean"],
            "running_var": own["running_variance"],
            "num_batches_tracked": torch.tensor(0),
        }
    )
    return twin
