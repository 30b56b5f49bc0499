"""Many runs at once: each of the K learns what it learns alone."""

import copy
import re
from collections.abc import Sequence
from functools import partial

import pytest
import torch
from torch import Tensor

from minidl import (
    SGD,
    Adam,
    AdamW,
    BatchNorm1d,
    Dropout,
    Linear,
    LossMSE,
    ReLU,
    RMSprop,
    Sequential,
    Tanh,
    stack,
    unstack,
)
from minidl.batches import Epoch
from minidl.datasets import disk
from minidl.standardization import Standardization
from minidl.targets import signed_targets

SEEDS = (0, 1, 2, 3)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def network(seed: int, width: int = 25, dtype: torch.dtype = torch.float64) -> Sequential:
    generator = seeded(seed)
    layers = [Linear(n, width, generator=generator, dtype=dtype) for n in (2, width, width)]
    last = Linear(width, 2, generator=generator, dtype=dtype)
    return Sequential(layers[0], ReLU(), layers[1], ReLU(), layers[2], ReLU(), last, Tanh())


def data(seed: int, dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    points, labels = disk(400, seeded(seed))
    return Standardization.of(points).apply(points).to(dtype), signed_targets(labels).to(dtype)


def dtype_of(module: Sequential) -> torch.dtype:
    return module.param()[0].value.dtype


def train_alone(module: Sequential, seed: int, lr: float, optimizer_type=SGD, epochs: int = 3) -> list[float]:
    loss, optimizer, order, values = LossMSE(), optimizer_type(module.param(), lr), seeded(100 + seed), []
    samples = data(seed, dtype_of(module))
    for _ in range(epochs):
        for inputs, targets in Epoch(*samples, order).batches(50):
            optimizer.zero_grad()
            values.append(loss.forward(module.forward(inputs), targets).item())
            module.backward_parameters(loss.backward())
            optimizer.step()
    return values


def train_together(
    module: Sequential, lr: float | Tensor, optimizer_type=SGD, epochs: int = 3, seeds: Sequence[int] = SEEDS
) -> Tensor:
    loss, optimizer, values = LossMSE(runs=True), optimizer_type(module.param(), lr), []
    samples, orders = [data(seed, dtype_of(module)) for seed in seeds], [seeded(100 + seed) for seed in seeds]
    for _ in range(epochs):
        together = Epoch.stack([Epoch(*each, order) for each, order in zip(samples, orders, strict=True)])
        for inputs, targets in together.batches(50):
            optimizer.zero_grad()
            values.append(loss.forward(module.forward(inputs), targets))
            module.backward_parameters(loss.backward())
            optimizer.step()
    return torch.stack(values, 1)


@pytest.mark.parametrize("optimizer_type", [SGD, Adam])
@pytest.mark.parametrize("rates", [[0.002] * 4, [0.001, 0.002, 0.003, 0.004]], ids=["one rate", "a rate a run"])
def test_each_run_learns_what_it_learns_alone(optimizer_type, rates: list[float]) -> None:
    together = stack([network(seed) for seed in SEEDS])
    lr = rates[0] if len(set(rates)) == 1 else torch.tensor(rates)
    values = train_together(together, lr, optimizer_type)
    for run, (single, seed) in enumerate(zip(unstack(together), SEEDS, strict=True)):
        alone = network(seed)
        expected = train_alone(alone, seed, float(torch.tensor(rates)[run]), optimizer_type)
        torch.testing.assert_close(values[run], torch.tensor(expected, dtype=torch.float64), rtol=1e-7, atol=1e-7)
        torch.testing.assert_close(single.state(), alone.state(), rtol=1e-6, atol=1e-7)
        assert sum(expected[-8:]) < sum(expected[:8])


@pytest.mark.parametrize(
    "optimizer_type",
    [
        partial(SGD, momentum=0.5, nesterov=True, weight_decay=0.01),
        partial(Adam, weight_decay=0.01),
        AdamW,
        RMSprop,
        partial(RMSprop, momentum=0.5, centered=True),
    ],
    ids=["SGD", "Adam", "AdamW", "RMSprop", "RMSprop centred"],
)
def test_every_optimizer_moves_each_run_as_it_moves_it_alone(optimizer_type) -> None:
    together, rates = stack([network(seed, 5) for seed in SEEDS]), torch.tensor([0.001, 0.002, 0.003, 0.004])
    train_together(together, rates, optimizer_type, epochs=1)
    for run, single in enumerate(unstack(together)):
        alone = network(run, 5)
        train_alone(alone, run, rates[run].item(), optimizer_type, epochs=1)
        torch.testing.assert_close(single.state(), alone.state(), rtol=1e-8, atol=1e-9)


def error_rate(module: Sequential, seed: int) -> float:
    inputs, targets = data(1000 + seed, dtype_of(module))
    return (module.forward(inputs).argmax(1) != targets.argmax(1)).double().mean().item()


def test_where_the_setting_is_chaotic_runs_together_have_the_error_rates_of_runs_alone() -> None:
    seeds, lr, epochs = range(60), 0.01, 16
    dtype = torch.float32  # whose rounding is large enough for chaos to come early
    together = stack([network(seed, dtype=dtype) for seed in seeds])
    train_together(together, lr, epochs=epochs, seeds=seeds)
    alone = []
    for seed in seeds:
        single = network(seed, dtype=dtype)
        train_alone(single, seed, lr, epochs=epochs)
        alone.append(error_rate(single, seed))
    rates = [error_rate(single, seed) for seed, single in enumerate(unstack(together))]
    assert alone != rates, "not chaotic: compare the runs one by one"
    at_most = torch.tensor(sorted(alone + rates))
    shares = [
        torch.searchsorted(torch.tensor(sorted(each)), at_most, right=True) / len(seeds) for each in (alone, rates)
    ]
    # Kolmogorov and Smirnov's distance: above 0.36 in 1 of 1000 pairs of samples from one distribution
    assert (shares[0] - shares[1]).abs().max() < 0.36
    assert torch.tensor(rates).median() < 0.15  # learned: half is guessing


def test_stacking_copies_values_gradients_and_generators() -> None:
    generator = seeded(0)
    single = Sequential(Linear(2, 3, generator=generator), BatchNorm1d(3), Dropout(0.5, generator=generator))
    single.backward(torch.ones_like(single.forward(torch.ones(4, 2))))
    before, drawn = copy.deepcopy(single.param()), generator.get_state()
    together = stack([single, single])
    assert [tuple(p.gradient.shape) for p in together.param()] == [(2, 2, 3), (2, 3), (2, 3), (2, 3)]
    torch.testing.assert_close(together.param()[0].gradient[1], before[0].gradient)
    together.forward(torch.ones(2, 4, 2))
    for value, gradient in together.param():
        value.zero_()
        gradient.zero_()
    torch.testing.assert_close(single.param(), before, rtol=0, atol=0)
    assert torch.equal(generator.get_state(), drawn)


def test_a_stacked_network_has_forgotten_its_forward() -> None:
    single = network(0)
    single.forward(torch.zeros(4, 2, dtype=torch.float64))
    with pytest.raises(RuntimeError, match="call forward first"):
        stack([single]).backward(torch.zeros(1, 4, 2, dtype=torch.float64))


def test_unstacked_networks_are_copies() -> None:
    together = stack([network(0), network(1)])
    first, second = unstack(together)
    torch.testing.assert_close(first.state(), network(0).state(), rtol=0, atol=0)
    torch.testing.assert_close(second.state(), network(1).state(), rtol=0, atol=0)
    first.modules[0].weight.zero_()
    torch.testing.assert_close(together.modules[0].weight[0], network(0).modules[0].weight, rtol=0, atol=0)


@pytest.mark.parametrize("shape", [(2,), (3, 2), (4, 2), (3, 5, 2), (4, 3, 5, 2), (1, 5, 2), (2, 5, 3), ()])
def test_an_input_without_the_runs_raises_a_sentence_with_both_shapes(shape: tuple[int, ...]) -> None:
    together = stack([Linear(2, 3), Linear(2, 3)])
    if shape == (2,):
        assert together.forward(torch.zeros(2, 2)).shape == (2, 3)  # one sample a run
    message = f"Linear(2, 3) needs an input of shape (2, ..., 2), not {shape}."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        together.forward(torch.zeros(shape))


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        (list, "stack needs at least 1 network, not 0."),
        (lambda: [Linear(2, 3), Linear(2, 4)], "Linear.out_features differs: 3, 4."),
        (lambda: [Linear(2, 3), Linear(2, 3, False)], "Linear.bias differs: Tensor, NoneType."),
        (lambda: [Sequential(ReLU()), Sequential(Tanh())], "Sequential.modules[0] differs: ReLU, Tanh."),
        (lambda: [Sequential(ReLU()), Sequential()], "Sequential.modules differs: 1, 0 modules."),
        (lambda: [Dropout(0.1), Dropout(0.2)], "Dropout.p differs: 0.1, 0.2."),
        (
            lambda: [Linear(2, 3), Linear(2, 3, dtype=torch.float64)],
            "Linear.weight differs: (2, 3) of torch.float32, (2, 3) of torch.float64.",
        ),
    ],
)
def test_networks_that_are_not_alike_raise_a_sentence(modules, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        stack(modules())


def test_a_network_in_evaluation_mode_does_not_stack_with_one_in_training() -> None:
    first, second = ReLU(), ReLU()
    second.evaluate()
    with pytest.raises(ValueError, match=r"^ReLU\.training differs: True, False\.$"):
        stack([first, second])


@pytest.mark.parametrize("make", [ReLU, lambda: Dropout(0.5, generator=seeded(0))])
def test_what_has_nothing_to_learn_is_unstacked_and_stacked_again(make) -> None:
    together = stack([make(), make(), make()])
    apart = unstack(together)
    assert [module.runs for module in apart] == [None, None, None]
    assert stack(apart).runs == 3
    x = torch.ones(3, 5)
    torch.testing.assert_close(
        torch.stack([module.forward(row) for module, row in zip(apart, x, strict=True)]), together.forward(x)
    )


def test_unstack_needs_runs() -> None:
    with pytest.raises(ValueError, match=r"^unstack needs a network that stack made, not a Linear of one run\.$"):
        unstack(Linear(3, 3))


@pytest.mark.parametrize("shape", [(1, 4, 3), (2, 4, 1), (2, 1, 3), (2, 4, 2), (4, 3), (2, 4, 1, 3)])
def test_an_output_gradient_of_another_shape_raises_a_sentence_with_both(shape: tuple[int, ...]) -> None:
    together = stack([Linear(2, 3), Linear(2, 3)])
    together.forward(torch.zeros(2, 4, 2))
    message = "Linear.backward needs a gradient of its output's shape and dtype, (2, 4, 3) of torch.float32, "
    message += f"not {shape} of torch.float32."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        together.backward(torch.ones(shape))
    assert not any(parameter.gradient.any() for parameter in together.param())
