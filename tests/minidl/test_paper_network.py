"""The paper's experiment, end to end: the same trajectory as torch's own modules, autograd and optimiser."""

import torch

from minidl import SGD, Linear, LossMSE, ReLU, Sequential, Tanh
from minidl.batches import mini_batches
from minidl.datasets import disk
from minidl.standardization import Standardization
from minidl.targets import signed_targets

EPOCHS = 3  # the setting is chaotic: later on, rounding alone pulls two right implementations apart


def paper_network(generator: torch.Generator) -> Sequential:
    network = Sequential()
    for n in (2, 25, 25):
        network.add(Linear(n, 25, generator=generator, dtype=torch.float64), ReLU())
    network.add(Linear(25, 2, generator=generator, dtype=torch.float64), Tanh())
    return network


def torch_network(network: Sequential) -> torch.nn.Sequential:
    """Return torch's network of the same weights; torch keeps W transposed."""
    layers: list[torch.nn.Module] = []
    for module in network.modules:
        if isinstance(module, Linear):
            layer = torch.nn.Linear(*module.weight.shape, dtype=torch.float64)
            with torch.no_grad():
                layer.weight.copy_(module.weight.t())
                layer.bias.copy_(module.bias)
            layers.append(layer)
        else:
            layers.append(torch.nn.ReLU() if isinstance(module, ReLU) else torch.nn.Tanh())
    return torch.nn.Sequential(*layers)


def test_three_epochs_follow_torch_step_by_step() -> None:
    generator = torch.Generator().manual_seed(0)
    points, labels = disk(1000, generator)
    inputs = Standardization.of(points).apply(points).double()
    targets = signed_targets(labels).double()

    network = paper_network(generator)
    loss, optimizer = LossMSE("sum"), SGD(network.param(), lr=0.01)
    twin = torch_network(network)
    twin_loss, twin_optimizer = torch.nn.MSELoss(reduction="sum"), torch.optim.SGD(twin.parameters(), lr=0.01)

    values = []
    for _ in range(EPOCHS):
        for batch, target in mini_batches(inputs, targets, 50, generator):
            optimizer.zero_grad()
            value = loss.forward(network.forward(batch), target)
            network.backward(loss.backward())
            optimizer.step()

            twin_optimizer.zero_grad()
            twin_value = twin_loss(twin(batch), target)
            twin_value.backward()
            twin_optimizer.step()

            torch.testing.assert_close(value, twin_value.detach(), rtol=1e-8, atol=1e-8)
            values.append(value.item())

    for (weight, _), theirs in zip(network.param(), twin.parameters(), strict=True):
        torch.testing.assert_close(
            weight, theirs.detach().t() if weight.dim() == 2 else theirs.detach(), rtol=1e-7, atol=1e-8
        )
    assert sum(values[-20:]) < 0.8 * sum(values[:20]), "it learns"
