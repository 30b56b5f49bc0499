"""What many seeds at once cost, next to one run: `python -m tests.benchmarks.bench_seeds`.

Without a window, on one thread, in turns: over the paper's ten epochs from their start, in which most epochs
are evaluated, and later, when every tenth is.
"""

import statistics
import time
from collections.abc import Callable

import torch

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.playback import SPEED
from visualdl.training.engine.seeds_job import SeedsJob
from visualdl.training.run.run import Run

ROUNDS, WARM_UP, PAPER = 9, 420, 200  # steps; 20 make an epoch


def milliseconds(act: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) / times * 1000


def seeds(count: int) -> SeedsJob:
    training = SeedsJob(Experiment(), count, False, time.perf_counter)
    training.pace.set_speed(SPEED.maximum)
    return training


def print_row(phase: str, count: int, rows: list[tuple[float, float]]) -> None:
    step, ratio = (statistics.median(each) for each in zip(*rows, strict=True))
    print(f"{phase:18}{count:6}{step:11.3f}{ratio:15.2f}", flush=True)


def main() -> None:
    torch.set_num_threads(1)
    print(f"{'':18}{'seeds':>6}{'ms a step':>11}{'times one run':>15}")
    for count in (10, 100):
        first, later = [], []
        one, many = Run(Experiment()), seeds(count)
        for training in (one.advance, many.work):
            milliseconds(training, WARM_UP)
        for _ in range(ROUNDS):
            alone, step = milliseconds(Run(Experiment()).advance, PAPER), milliseconds(seeds(count).work, PAPER)
            first.append((step, step / alone))
            alone, step = milliseconds(one.advance, PAPER), milliseconds(many.work, PAPER)
            later.append((step, step / alone))
        print_row("ten epochs, first", count, first)
        print_row("ten epochs, later", count, later)


if __name__ == "__main__":
    main()
