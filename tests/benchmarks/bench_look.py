"""One frame with everything shown: an epoch of training, both losses, the boundary and a heatmap of every neuron.

Run as a file: python tests/benchmarks/bench_look.py

TensorFlow Playground's own code takes 143 ms on Node for such a frame of 3 x 25, before it draws anything.
"""

import statistics
import time
from collections.abc import Callable

import torch

from visualdl.experiment.experiment import Experiment
from visualdl.training.run.run import Run
from visualdl.training.values.parameter_index import Neuron
from visualdl.training.values.snapshot_request import ONLY_THE_RUN, SnapshotRequest

NETWORKS = {"6 x 8": (6, 8), "3 x 25": (3, 25), "8 x 128": (8, 128)}
ROUNDS = 30
EVERYTHING = SnapshotRequest(neurons=(33,), focus=Neuron(1, 0), plane=(Neuron(1, 0), Neuron(1, 1)))
LOOKS = {"run alone": ONLY_THE_RUN, "all neurons": SnapshotRequest(neurons=(33,)), "focus and plane, too": EVERYTHING}


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def epoch(run: Run) -> None:
    """Train to the end of the epoch."""
    end = run.epoch + 1
    while run.epoch < end and not run.problem:
        run.advance()


def measure(depth: int, width: int) -> list[float]:
    """Return medians in ms: an epoch, then a frame of each look, all in turns."""
    run = Run(Experiment(depth=depth, width=width, learning_rate=0.001))
    rounds = []
    for _ in range(ROUNDS):
        row = [milliseconds(lambda: epoch(run))]
        for look in LOOKS.values():
            run.advance()
            row.append(milliseconds(lambda look=look: run.snapshot(look)))
        rounds.append(row)
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    print(f"ms, medians of {ROUNDS} rounds on one thread; snapshots hold boundary, both losses and errors, weights")
    print(f"{'network':10}{'an epoch':>12}" + "".join(f"{name:>24}" for name in LOOKS) + f"{'epoch + all neurons':>24}")
    for name, shape in NETWORKS.items():
        training, *frames = measure(*shape)
        print(
            f"{name:10}{training:12.2f}"
            + "".join(f"{frame:24.2f}" for frame in frames)
            + f"{training + frames[1]:24.2f}"
        )


if __name__ == "__main__":
    main()
