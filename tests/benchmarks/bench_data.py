"""Training with 100,000 samples beside the paper's 2,000: steps a second, and what frames and other data take.

Run as a file: python tests/benchmarks/bench_data.py
"""

import statistics
import time
from collections.abc import Callable

import torch

from visualdl.experiment.experiment import Experiment
from visualdl.training.run.run import Run
from visualdl.training.values.snapshot_request import SnapshotRequest

SAMPLES = (2_000, 20_000, 100_000)
STEPS, FRAMES = 2_000, 40
LOOK = SnapshotRequest(neurons=(33,))  # as the window does with its network page on show


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(samples: int) -> list[float]:
    """Return steps per second, and in ms a frame while training, a frame at rest, and a change to other data."""
    run = Run(Experiment(samples=samples, learning_rate=0.001))

    def train() -> None:
        for _ in range(STEPS):
            run.advance()

    seconds = milliseconds(train) / 1000
    moving, resting, changing = [], [], []
    for draw in range(FRAMES):
        run.advance()
        moving.append(milliseconds(lambda: run.snapshot(LOOK, exact=False)))
        run.advance()
        resting.append(milliseconds(lambda: run.snapshot(LOOK)))
        other = Experiment(samples=samples, learning_rate=0.001, data_draw=draw + 1)
        changing.append(milliseconds(lambda other=other: run.change(other)))
    return [STEPS / seconds, *map(statistics.median, (moving, resting, changing))]


def main() -> None:
    """Print the table."""
    torch.set_num_threads(1)
    print(f"on one thread, 3 x 25, batches of 50; {STEPS} steps with the exact ends of their epochs, {FRAMES} frames")
    print(f"{'samples':>10}{'steps/s':>12}{'frame, ms':>14}{'at rest, ms':>14}{'new data, ms':>14}")
    for samples in SAMPLES:
        speed, *times = measure(samples)
        print(f"{samples:10,}{speed:12,.0f}" + "".join(f"{each:14.1f}" for each in times))


if __name__ == "__main__":
    main()
