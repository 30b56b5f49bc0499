"""How long the paper's 10 epochs take, next to torch's own modules: `python -m tests.benchmarks.bench_minidl`.

The training loop only, shuffling included; one thread; all candidates take turns in one process, so that whatever else
the machine does meets them alike. Only the ratios to torch eager travel to another machine.
"""

import argparse
import itertools
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

from minidl import SGD, Linear, LossMSE, ReLU, Sequential, Tanh, stack
from minidl.batches import Epoch
from minidl.datasets import disk
from minidl.standardization import Standardization
from minidl.targets import signed_targets

LEARNING_RATE, BATCH_SIZE, EPOCHS = 0.01, 50, 10
REQUIRED = {"minidl": (0.30, 0.20), "10 minidl runs at once, each": (0.10, 0.06)}  # at most, and aimed at


def data(samples: int) -> tuple[Tensor, Tensor]:
    points, labels = disk(samples, torch.Generator().manual_seed(0))
    return Standardization.of(points).apply(points), signed_targets(labels)


def minidl_network(width: int, generator: torch.Generator) -> Sequential:
    network = Sequential()
    for n in (2, width, width):
        network.add(Linear(n, width, generator=generator), ReLU())
    network.add(Linear(width, 2, generator=generator), Tanh())
    return network


def minidl_loop(
    network: Sequential, epoch: Callable[[], Epoch], lr: float, epochs: int = EPOCHS, *, runs: bool = False
) -> Sequential:
    loss, optimizer = LossMSE("sum", runs=runs), SGD(network.param(), lr)
    for _ in range(epochs):
        for inputs, targets in epoch().batches(BATCH_SIZE):
            optimizer.zero_grad()
            loss.forward(network.forward(inputs), targets)
            network.backward_parameters(loss.backward())
            optimizer.step()
    return network


@torch.inference_mode()
def train_minidl(inputs: Tensor, targets: Tensor, width: int = 25, epochs: int = EPOCHS) -> float:
    generator = torch.Generator().manual_seed(1)
    network = minidl_network(width, generator)
    start = time.perf_counter()
    minidl_loop(network, lambda: Epoch(inputs, targets, generator), _rate(width), epochs)
    return time.perf_counter() - start


@torch.inference_mode()
def train_minidl_at_once(inputs: Tensor, targets: Tensor, runs: int) -> float:
    generators = [torch.Generator().manual_seed(run) for run in range(runs)]
    networks = stack([minidl_network(25, generator) for generator in generators])
    start = time.perf_counter()
    minidl_loop(
        networks,
        lambda: Epoch.stack([Epoch(inputs, targets, generator) for generator in generators]),
        LEARNING_RATE,
        runs=True,
    )
    return (time.perf_counter() - start) / runs


def train_eager(inputs: Tensor, targets: Tensor, width: int = 25, epochs: int = EPOCHS) -> float:
    layers: list[torch.nn.Module] = []
    for n in (2, width, width):
        layers += [torch.nn.Linear(n, width), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(width, 2), torch.nn.Tanh())
    loss, optimizer = torch.nn.MSELoss(reduction="sum"), torch.optim.SGD(network.parameters(), lr=_rate(width))
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        for batch, target in zip(inputs[order].split(BATCH_SIZE), targets[order].split(BATCH_SIZE), strict=True):
            optimizer.zero_grad()
            loss(network(batch), target).backward()
            optimizer.step()
    return time.perf_counter() - start


def train_numpy(inputs: Tensor, targets: Tensor) -> float:
    generator, sizes = np.random.default_rng(0), (2, 25, 25, 25, 2)
    every_input, every_target = inputs.numpy(), targets.numpy()
    layers = [
        tuple(generator.uniform(-(n**-0.5), n**-0.5, shape).astype(np.float32) for shape in ((n, m), (m,)))
        for n, m in itertools.pairwise(sizes)
    ]
    rate = np.float32(LEARNING_RATE)
    start = time.perf_counter()
    for _ in range(EPOCHS):
        order = generator.permutation(len(every_input))
        shuffled, shuffled_targets = every_input[order], every_target[order]
        for first in range(0, len(order), BATCH_SIZE):
            outputs = [shuffled[first : first + BATCH_SIZE]]
            for depth, (weight, bias) in enumerate(layers):
                sums = outputs[-1] @ weight + bias
                outputs.append(np.maximum(sums, 0) if depth < 3 else np.tanh(sums))
            difference = outputs[-1] - shuffled_targets[first : first + BATCH_SIZE]
            np.square(difference).sum()
            gradient = 2 * difference * (1 - outputs[-1] ** 2)
            for depth in (3, 2, 1, 0):
                weight, bias = layers[depth]
                weight_gradient, bias_gradient = outputs[depth].T @ gradient, gradient.sum(0)
                if depth:
                    gradient = gradient @ weight.T * (outputs[depth] > 0)
                weight -= rate * weight_gradient
                bias -= rate * bias_gradient
    return time.perf_counter() - start


def jax_training() -> Callable[[Tensor, Tensor], float] | None:
    """Return a trainer that runs all steps in one compiled lax.scan, or None if JAX is not installed."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None

    def value(layers, batch, target):
        for depth, (weight, bias) in enumerate(layers):
            batch = batch @ weight + bias
            batch = jax.nn.relu(batch) if depth < 3 else jnp.tanh(batch)
        return jnp.square(batch - target).sum()

    def step(layers, batch):
        gradients = jax.grad(value)(layers, *batch)
        return jax.tree.map(lambda weight, gradient: weight - LEARNING_RATE * gradient, layers, gradients), None

    @jax.jit
    def loop(layers, inputs, targets, orders):
        return jax.lax.scan(step, layers, (inputs[orders], targets[orders]))[0]

    def train(inputs: Tensor, targets: Tensor) -> float:
        generator, sizes = np.random.default_rng(0), (2, 25, 25, 25, 2)
        layers = [
            tuple(jnp.asarray(generator.uniform(-(n**-0.5), n**-0.5, shape), jnp.float32) for shape in ((n, m), (m,)))
            for n, m in itertools.pairwise(sizes)
        ]
        arrays = jnp.asarray(inputs.numpy()), jnp.asarray(targets.numpy())
        start = time.perf_counter()
        orders = np.concatenate([generator.permutation(len(inputs)) for _ in range(EPOCHS)]).reshape(-1, BATCH_SIZE)
        jax.block_until_ready(loop(layers, *arrays, orders))
        return time.perf_counter() - start

    return train


def _rate(width: int) -> float:
    """Keep wide networks from overflowing: numbers that are not finite take another time to multiply."""
    return LEARNING_RATE * min(1.0, 25 / width) ** 2


def medians(candidates: dict[str, Callable[[], float]], repetitions: int) -> dict[str, float]:
    """Return each candidate's median seconds; the candidates take turns, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for repetition in range(repetitions + 1):
        for name, candidate in candidates.items():
            seconds = candidate()
            if repetition:
                times[name].append(seconds)
    return {name: statistics.median(each) for name, each in times.items()}


def paper_table(repetitions: int) -> Iterator[str]:
    inputs, targets = data(1000)
    candidates = {
        "torch.nn + autograd + optim.SGD, eager": lambda: train_eager(inputs, targets),
        "minidl": lambda: train_minidl(inputs, targets),
        "10 minidl runs at once, each": lambda: train_minidl_at_once(inputs, targets, 10),
        "numpy by hand": lambda: train_numpy(inputs, targets),
    }
    if (train_jax := jax_training()) is not None:
        candidates["JAX, lax.scan, compiled"] = lambda: train_jax(inputs, targets)
    result = medians(candidates, repetitions)
    eager = next(iter(result.values()))
    yield f"The paper's {EPOCHS} epochs, medians of {repetitions} runs, one thread, training loop only"
    yield f"{'':40}{'ms':>8}{'ratio':>8}"
    for name, seconds in result.items():
        ratio = seconds / eager
        verdict = ""
        if name in REQUIRED:
            required, aimed = REQUIRED[name]
            verdict = f"  required {required:.2f}: {'met' if ratio <= required else 'MISSED'}, aim {aimed:.2f}: " + (
                "met" if ratio <= aimed else "missed"
            )
        yield f"{name:40}{seconds * 1e3:8.1f}{ratio:8.3f}{verdict}"


def cost_table(title: str, cases: list[tuple[int, int, int]], repetitions: int, unit: str) -> Iterator[str]:
    """One row for every (width, samples, how many epochs are timed)."""
    yield f"{title}, ms per epoch"
    yield f"{unit:>12}{'minidl':>10}{'eager':>10}{'ratio':>8}"
    for width, samples, epochs in cases:
        inputs, targets = data(samples)
        result = medians(
            {
                "minidl": lambda inputs=inputs, targets=targets, w=width, e=epochs: train_minidl(inputs, targets, w, e),
                "eager": lambda inputs=inputs, targets=targets, w=width, e=epochs: train_eager(inputs, targets, w, e),
            },
            repetitions,
        )
        ours, eager = (result[name] * 1e3 / epochs for name in ("minidl", "eager"))
        yield f"{width if unit == 'width' else samples:12}{ours:10.2f}{eager:10.2f}{ours / eager:8.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=15, help="how often the paper's training is timed")
    parser.add_argument("--paper-only", action="store_true", help="leave out the tables of cost over size")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for line in paper_table(arguments.repetitions):
        print(line)
    if arguments.paper_only:
        return
    print()
    for line in cost_table("1000 samples", [(25, 1000, 3), (100, 1000, 3), (400, 1000, 2)], 9, "width"):
        print(line)
    print()
    for line in cost_table("Width 25", [(25, 1000, 3), (25, 10_000, 1), (25, 100_000, 1)], 9, "samples"):
        print(line)


if __name__ == "__main__":
    main()
