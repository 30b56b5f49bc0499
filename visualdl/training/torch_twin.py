"""The same network in torch.nn, trained by autograd and torch.optim: what minidl is compared with."""

from typing import Literal

import torch
from torch import Tensor

import minidl

ACTIVATIONS: dict[type[minidl.Module], type[torch.nn.Module]] = {
    minidl.ReLU: torch.nn.ReLU,
    minidl.Tanh: torch.nn.Tanh,
}


class TorchTwin:
    """torch.nn modules with the weights that `network` has now; from then on the two know nothing of each other.

    It learns by SGD on the squared error, whose "sum" is the paper's experiment and whose "mean" is what
    torch.nn.MSELoss does unless told otherwise. Raises ValueError for modules that have no twin here.
    """

    def __init__(self, network: minidl.Sequential, lr: float, reduction: Literal["sum", "mean"] = "sum") -> None:
        with torch.inference_mode(False):
            self._network = torch.nn.Sequential(*map(_twin_of, network.modules))
            self._loss = torch.nn.MSELoss(reduction=reduction)
            self._optimizer = torch.optim.SGD(self._network.parameters(), lr=lr)

    def set_learning_rate(self, lr: float) -> None:
        """Learn at the rate `lr` from now on."""
        for group in self._optimizer.param_groups:
            group["lr"] = lr

    def learn(self, inputs: Tensor, targets: Tensor) -> None:
        """Take one step on a mini-batch of ordinary tensors, (batch, 2) each: not those of an inference mode."""
        self._optimizer.zero_grad()
        self._loss(self._network(inputs), targets).backward()
        self._optimizer.step()

    def outputs(self, inputs: Tensor) -> Tensor:
        """Return the network's outputs, (..., 2)."""
        with torch.no_grad():
            outputs: Tensor = self._network(inputs)
        return outputs


def _twin_of(module: minidl.Module) -> torch.nn.Module:
    if isinstance(module, minidl.Linear):
        layer = torch.nn.Linear(module.in_features, module.out_features, bias=module.bias is not None)
        with torch.no_grad():
            layer.weight.copy_(module.weight.t())  # torch keeps W transposed
            if module.bias is not None:
                layer.bias.copy_(module.bias)
        return layer
    if type(module) not in ACTIVATIONS:
        raise ValueError(f"There is no torch twin of {type(module).__name__} here.")
    return ACTIVATIONS[type(module)]()
