"""The same network in torch.nn, trained by autograd and torch.optim: what minidl is compared with."""

import copy
from collections.abc import Callable, Sequence
from typing import Literal

import torch
from torch import Tensor
from torch.func import functional_call, stack_module_state

import minidl
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.task import BINARY, SOFTMAX, SQUARED
from visualdl.experiment.training_choices import OPTIMIZERS
from visualdl.training.model.training_step import dropout_generator, rate_at
from visualdl.training.torch_reference.modules import Dropout, torch_module_of, torch_modules_of

LOSSES: dict[str, type[torch.nn.Module]] = {
    SQUARED: torch.nn.MSELoss,
    BINARY: torch.nn.BCEWithLogitsLoss,
    SOFTMAX: torch.nn.CrossEntropyLoss,
}

PENALTIES: dict[str, Callable[[Tensor], Tensor]] = {
    "L1": lambda weights: weights.abs().sum(),
    "L2": lambda weights: weights.square().sum() / 2,
}


class TorchReference:
    """torch.nn modules with the weights that `network` has now; from then on the two know nothing of each other.

    It learns as the experiment says. The "sum" of its loss is the paper's experiment, the "mean" what torch.nn.MSELoss
    does unless told otherwise. Raises ValueError for modules that have no twin here.
    """

    def __init__(
        self, network: minidl.Sequential, experiment: Experiment, reduction: Literal["sum", "mean"] = "sum"
    ) -> None:
        self._experiment = experiment
        with torch.inference_mode(False):
            self._layers = [torch_modules_of(module) for module in network.modules]
            self._loss = LOSSES[experiment.network.loss](reduction=reduction)
            self._choose()
            self._optimizer = self._make_optimizer()

    def change(self, experiment: Experiment) -> None:
        """Learn as another experiment with the same network says; another optimiser begins with fresh memories."""
        before, self._experiment = self._experiment, experiment
        with torch.inference_mode(False):
            self._choose()
            if experiment.training.optimizer != before.training.optimizer:
                self._optimizer = self._make_optimizer()

    def learn(self, inputs: Tensor, targets: Tensor, step: int = 0, epoch: float = 0.0) -> None:
        """Take one step on a mini-batch, (batch, features), and its targets.

        They are ordinary tensors, not those of an inference mode. `step` and `epoch` say how many steps and passes came
        before: dropout and schedule ask for them.
        """
        self._set_rate(rate_at(self._experiment, epoch))
        for layer, module in enumerate(self._dropouts):
            module.generator = dropout_generator(self._experiment.seed, layer, step)
            module.train()
        for normalization in self._normalizations:
            normalization.train(len(inputs) > 1)  # as minidl's learns
        self._optimizer.zero_grad()
        loss = self._loss(self._network(inputs), targets)
        if self._experiment.training.penalty in PENALTIES:
            costs = [PENALTIES[self._experiment.training.penalty](weights) for weights in self._weights]
            loss = loss + self._experiment.training.penalty_rate * torch.stack(costs).sum()
        loss.backward()
        self._optimizer.step()

    def outputs(self, inputs: Tensor) -> Tensor:
        """Return the network's outputs, (..., outputs)."""
        for module in (*self._dropouts, *self._normalizations):
            module.eval()
        with torch.no_grad():
            outputs: Tensor = self._network(inputs)
        return outputs

    def _choose(self) -> None:
        """Put dropout behind the hidden layers' activations, or take it out; the other modules stay."""
        self._dropouts = []
        modules = []
        for place, layer in enumerate(self._layers):
            modules += layer
            if self._experiment.training.dropout and place % 2 and place < len(self._layers) - 1:
                self._dropouts.append(Dropout(self._experiment.training.dropout))
                modules.append(self._dropouts[-1])
        self._network = torch.nn.Sequential(*modules)
        self._normalizations = [module for module in modules if isinstance(module, torch.nn.BatchNorm1d)]
        self._weights = [module.weight for module in modules if isinstance(module, torch.nn.Linear)]

    def _make_optimizer(self) -> torch.optim.Optimizer:
        training = self._experiment.training
        optimizer = OPTIMIZERS[training.optimizer]
        made: torch.optim.Optimizer = getattr(torch.optim, optimizer.kind)(
            self._network.parameters(), training.learning_rate, **dict(optimizer.options)
        )
        return made

    def _set_rate(self, rate: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = rate


class TorchReferences:
    """K references that learn at once: each what a `TorchReference` alone learns, up to batched products' rounding.

    They learn by SGD alone, on the squared error. Their weights are stacked and torch.vmap carries the one network over
    them; gradients are autograd's, as ever. Raises ValueError for no networks and for modules that have no twin here,
    such as those of batch normalisation and dropout.
    """

    def __init__(
        self, networks: Sequence[minidl.Sequential], lr: float, reduction: Literal["sum", "mean"] = "sum"
    ) -> None:
        if not networks:
            raise ValueError("Torch twins need at least 1 network, not 0.")
        with torch.inference_mode(False):
            twins = [torch.nn.Sequential(*map(torch_module_of, network.modules)) for network in networks]
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
