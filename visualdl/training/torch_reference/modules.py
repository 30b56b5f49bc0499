"""minidl's modules in torch.nn: the same numbers, the same function, and the same chance."""

import torch
from torch import Tensor

import minidl
from visualdl.experiment.network_choices import ACTIVATIONS


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
    name = type(module).__name__
    if name not in ACTIVATIONS:
        raise ValueError(f"There is no torch twin of {name} here.")
    activation: torch.nn.Module = getattr(torch.nn, name)()  # by its defaults, as minidl's
    return activation


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
