"""What many seeds at once cost, next to one run: `python -m tests.benchmarks.bench_seeds`.

Without a window, on one thread, in turns; past the first epochs, in which every epoch is evaluated.
"""

import statistics
import time
from collections.abc import Callable

import torch

from visualdl.experiment import SPEED, Experiment
from visualdl.training.seed_training import SeedTraining
from visualdl.training.session import Session

ROUNDS, WARM_UP = 9, 420  # steps; 20 make an epoch


def milliseconds(act: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) / times * 1000


def main() -> None:
    torch.set_num_threads(1)
    one, many = Session(Experiment()), {}
    for count in (10, 100):
        many[count] = SeedTraining(Experiment(), count, False, time.perf_counter)
        many[count].pace.set_speed(SPEED.maximum)
        for _ in range(WARM_UP):
            many[count].work()
    rows: dict[int, list[tuple[float, float]]] = {count: [] for count in many}
    for _ in range(ROUNDS):
        alone = milliseconds(one.advance, 100)
        for count, training in many.items():
            step = milliseconds(training.work, 60 if count < 50 else 20)
            rows[count].append((step, step / alone))
    print(f"{'seeds at once':>13}{'ms a step':>11}{'times one run':>15}")
    for count, row in rows.items():
        step, ratio = (statistics.median(each) for each in zip(*row, strict=True))
        print(f"{count:13}{step:11.3f}{ratio:15.2f}")


if __name__ == "__main__":
    main()
