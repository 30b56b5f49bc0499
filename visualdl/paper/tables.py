"""Tables I and II, ours: as rows of text, from which CSV, Markdown and the terminal is made."""

import csv
import io
from collections.abc import Sequence

from visualdl.paper import printed
from visualdl.paper.results import Floats, Outcome, Reproduction
from visualdl.paper.spread import Spread

Rows = Sequence[Sequence[str]]
"""The first row is the head."""

ENOUGH_FOR_QUARTILES = 4  # runs


def table1(found: Reproduction) -> Rows:
    """Return the parameters for training, as printed and as used."""
    return [
        ("Parameter", "Printed", "Used"),
        ("Batch size", f"{printed.BATCH_SIZE}", f"{found.experiment.training.batch_size}"),
        ("Learning rate", f"{printed.LEARNING_RATE:g}", f"{found.experiment.training.learning_rate:g}"),
        ("Epochs", f"{printed.EPOCHS}", f"{found.epochs}"),
    ]


def table2(found: Reproduction) -> Rows:
    """Return one row a run, for machines: times in ms, empty where runs were trained at once; errors in percent."""
    names = ("minidl", "torch_mse_loss", "torch_sum")
    columns = [f"{name}_{quantity}" for name in names for quantity in ("wall_ms", "cpu_ms", "train_%", "test_%")]
    wrapped = [f"torch_mse_loss_{name}_modulo_256_%" for name in ("train", "test")]
    mean = found.torch_mean
    rows: list[Sequence[str]] = [("seed", "trained", *columns, *wrapped)]
    for run, seed in enumerate(found.seeds):
        cells = [f"{seed}", "alone" if run < found.timed else "at once"]
        for outcome in (found.minidl, mean, found.torch_sum):
            cells += [f"{times[run]:.2f}" if run < found.timed else "" for times in (outcome.wall, outcome.cpu)]
            cells += [f"{outcome.train[run]:.1f}", f"{outcome.test[run]:.1f}"]
        cells += [f"{found.wrapped(errors)[run]:.1f}" for errors in (mean.train, mean.test)]
        rows.append(cells)
    return rows


def run_by_run(found: Reproduction) -> Rows:
    """Return what Table II has, for the runs that were trained one by one: wall time, training and test error."""
    mean, total = found.torch_mean, found.torch_sum
    head = ["Seed"]
    for name in ("minidl", "MSELoss", "sum"):
        head += [f"{name}: ms", "training %", "test %"]
    head += ["MSELoss modulo 256: training %", "test %"]
    rows: list[Sequence[str]] = [head]
    wrapped_train, wrapped_test = found.wrapped(mean.train), found.wrapped(mean.test)
    for run, seed in enumerate(found.seeds[: found.timed]):
        cells = [f"{seed}"]
        for outcome in (found.minidl, mean, total):
            cells += [f"{outcome.wall[run]:.1f}", f"{outcome.train[run]:.1f}", f"{outcome.test[run]:.1f}"]
        rows.append([*cells, f"{wrapped_train[run]:.1f}", f"{wrapped_test[run]:.1f}"])
    return rows


def printed_table2() -> Rows:
    """Return Table II as it was printed."""
    own, torch = printed.OWN_FRAMEWORK, printed.PYTORCH
    columns = zip(own.time, own.train, own.test, torch.time, torch.train, torch.test, strict=True)
    head = ("own framework: ms", "training %", "test %", "PyTorch: ms", "training %", "test %")
    return [
        head,
        *([f"{value:.{decimals}f}" for value, decimals in zip(row, (0, 1, 1) * 2, strict=True)] for row in columns),
    ]


def summary(found: Reproduction, *, means: bool = True) -> Rows:
    """Return Table II with a row for each framework: medians of what was printed and found, quartiles, and means."""

    def spreads(*columns: Sequence[float] | Floats) -> Sequence[str]:
        return [spread_text(errors, mean=means) for errors in columns]

    def printed_row(name: str, column: printed.Column) -> Sequence[str]:
        time = f"{Spread.of(column.time).median:.1f}"
        return (name, "", time, *spreads(column.train, column.test))

    def found_row(name: str, outcome: Outcome) -> Sequence[str]:
        wall, cpu = (f"{Spread.of(times).median:.1f}" for times in (outcome.wall, outcome.cpu))
        return (name, wall, cpu, *spreads(outcome.train, outcome.test))

    mean = found.torch_mean
    return [
        ("", "Wall ms", "CPU ms", "Training %", "Test %"),
        printed_row("Own framework, printed", printed.OWN_FRAMEWORK),
        found_row("minidl", found.minidl),
        printed_row("PyTorch, printed", printed.PYTORCH),
        ("torch.nn, MSELoss mod 256", "", "", *spreads(found.wrapped(mean.train), found.wrapped(mean.test))),
        found_row("torch.nn, MSELoss", mean),
        found_row("torch.nn, sum as loss", found.torch_sum),
    ]


def spread_text(errors: Sequence[float] | Floats, *, mean: bool) -> str:
    """Return median, quartiles and mean as "6.5 [4.8, 9.2], mean 7.4"; a few values have no quartiles."""
    spread = Spread.of(errors)
    quartiles = f" [{spread.lower:.1f}, {spread.upper:.1f}]" if len(errors) >= ENOUGH_FOR_QUARTILES else ""
    return f"{spread.median:.1f}{quartiles}{f', mean {spread.mean:.1f}' if mean else ''}"


def csv_text(rows: Rows) -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def plain(rows: Rows) -> str:
    """Return rows in columns of spaces, for a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
