"""Runs that differ in their seed as a table of comma-separated values: how good each is now."""

import csv
import io

from visualdl.experiment.task import Task
from visualdl.training.values.seeds import SeedCurves, Seeds

QUANTITIES = ("train_error", "test_error", "train_loss", "test_loss")
OF_VALUES = "unexplained_variance"  # what a regression has in the error's place


def seeds_csv(seeds: Seeds) -> str:
    """Return a header and a line for each run: its seed, the epoch, errors (0 to 1) and losses per sample.

    A regression has unexplained variance instead of errors: the share 1 - R^2.
    Where torch.nn trains beside, its numbers follow. Every number reads back as it is; what is not finite is written
    as nan, inf or -inf.
    """
    columns: dict[str, list[object]] = {
        "seed": list(seeds.seeds),
        "epoch": [float(seeds.minidl.epochs[-1])] * len(seeds.seeds),
        **_latest("minidl", seeds.minidl, seeds.experiment.task),
    }
    if seeds.torch is not None:
        columns |= _latest("torch", seeds.torch, seeds.experiment.task)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def _latest(framework: str, curves: SeedCurves, task: Task) -> dict[str, list[object]]:
    said = {name: name.replace("error", OF_VALUES) if task.is_regression else name for name in QUANTITIES}
    return {f"{framework}_{said[name]}": getattr(curves, name)[-1].tolist() for name in QUANTITIES}
