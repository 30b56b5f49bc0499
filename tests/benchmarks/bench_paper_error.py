"""The paper's experiment over 20 seeds: what error is left after its 10 epochs, and how long they take.

Run as a file: python tests/benchmarks/bench_paper_error.py
"""

import statistics
import time

import torch

from visualdl.experiment.experiment import Experiment
from visualdl.training.run.run import Run

SEEDS = 20
EPOCHS = 10


def main() -> None:
    """Print the medians and quartiles."""
    torch.set_num_threads(1)
    train, test, seconds = [], [], []
    for seed in range(SEEDS):
        run = Run(Experiment(seed=seed))
        start = time.perf_counter()
        while run.epoch < EPOCHS:
            run.advance()
        seconds.append(time.perf_counter() - start)
        evaluation = run.snapshot().evaluation
        train.append(100 * evaluation.train_error)
        test.append(100 * evaluation.test_error)
    print(f"paper's experiment, {EPOCHS} epochs, seeds 0 to {SEEDS - 1}: median [quartiles]")
    for name, errors in (("train", train), ("test", test)):
        lower, median, upper = statistics.quantiles(errors, n=4)
        print(
            f"  {name:<5} error {median:5.1f} % [{lower:.1f}, {upper:.1f}], from {min(errors):.1f} to {max(errors):.1f}"
        )
    print(f"  time        {1000 * statistics.median(seconds):5.1f} ms, the curves' evaluations in it")


if __name__ == "__main__":
    main()
