"""The same network in torch.nn, trained by autograd and torch.optim: what minidl is compared with."""

import copy
from collections.abc import Sequence
from typing import Literal

import torch
from torch import Tensor
from torch.func import functional_call, stack_module_state

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


class TorchTwins:
    """K torch twins that learn at once: each what a `TorchTwin` alone learns, up to the rounding of batched products.

    Their weights are stacked and torch.vmap carries the one network over them; gradients are autograd's, as ever.
    Raises ValueError for no networks and for modules that have no twin here.
    """

    def __init__(
        self, networks: Sequence[minidl.Sequential], lr: float, reduction: Literal["sum", "mean"] = "sum"
    ) -> None:
        if not networks:
            raise ValueError("Torch twins need at least 1 network, not 0.")
        with torch.inference_mode(False):
            twins = [torch.nn.Sequential(*map(_twin_of, network.modules)) for network in networks]
            self._weights, _ = stack_module_state(twins)
        pattern = copy.deepcopy(twins[0]).to("meta")  # how to compute, without numbers
        loss = torch.nn.MSELoss(reduction=reduction)

        def outputs(weights: dict[str, Tensor], inputs: Tensor) -> Tensor:
            return functional_call(pattern, weights, (inputs,))  # type: ignore[no-any-return]

        self._outputs = torch.vmap(outputs)
        self._losses = torch.vmap(lambda weights, inputs, targets: loss(outputs(weights, inputs), targets))
        self._optimizer = torch.optim.SGD(self._weights.values(), lr=lr)

    def learn(self, inputs: Tensor, targets: Tensor) -> None:
        """Let each take one step on its mini-batch, ordinary tensors (K, batch, 2) each."""
        self._optimizer.zero_grad()
        # a twin's loss depends on its own weights alone, so the sum has the gradients of each
        self._losses(self._weights, inputs, targets).sum().backward()
        self._optimizer.step()

    def outputs(self, inputs: Tensor) -> Tensor:
        """Return the networks' outputs, (K, samples, 2), for inputs of that shape."""
        with torch.no_grad():
            outputs: Tensor = self._outputs(self._weights, inputs)
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
