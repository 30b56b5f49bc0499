"""The reproduction as a page to read: figures and tables, what came out, and why that is not what was printed."""

from collections.abc import Sequence

import numpy as np

from visualdl.paper import explanations, printed
from visualdl.paper.markdown import bullets, prose, table
from visualdl.paper.results import Floats, Reproduction
from visualdl.paper.spread import Spread
from visualdl.paper.tables import printed_table2, run_by_run, summary, table1
from visualdl.process.machine import machine, versions


def report(found: Reproduction) -> str:
    """Return the page as Markdown; its pictures are the PNG files that lie beside it."""
    sections = (_head, _in_short, _functions, _data, _training, _table2, _spread, _reasons, _sentences, _made_with)
    return "\n\n".join("\n\n".join(section(found)) for section in sections) + "\n"


def _head(found: Reproduction) -> Sequence[str]:
    seeds = f"seeds {found.seeds[0]} to {found.seeds[-1]}" if found.runs > 1 else f"seed {found.seeds[0]}"
    return (
        f"# {printed.TITLE}, reproduced",
        prose(f"""
The report by {printed.AUTHORS}, run again from end to end: each of its tables and figures as it comes out with `minidl`
and with PyTorch's own modules, `torch.nn` of torch {versions()["torch"]}, beside what was printed. {_runs(found.runs)}
of each, {seeds}. A run's seed decides its points, its initial weights and the order of its batches; all frameworks
get the same. An error is the share of misclassified points; the median over the runs stands for all of them, with
[quartiles] where there are enough.
"""),
    )


def _in_short(found: Reproduction) -> Sequence[str]:
    own, pytorch, ours, mean, total = (
        f"{_median(errors.train)} and {_median(errors.test)}"
        for errors in (printed.OWN_FRAMEWORK, printed.PYTORCH, found.minidl, found.torch_mean, found.torch_sum)
    )
    shift = 100 * printed.BYTE / found.samples
    undone = [_median(np.array(errors) + shift) for errors in (printed.PYTORCH.train, printed.PYTORCH.test)]
    return (
        "## In short",
        "Errors on the training points and on the test points:",
        bullets(
            f"**The authors' framework.** After {found.epochs} epochs minidl is at {ours}. Printed were {own}.",
            f"**PyTorch, as printed:** {pytorch}. It did not reach that: the errors were counted in one byte. "
            f"With the {printed.BYTE} errors that one overflow takes they are {undone[0]} and {undone[1]}, and here "
            f"`torch.nn` with the same `MSELoss` is at {mean}.",
            f"**PyTorch on the same task**, with the sum as its loss: `torch.nn` is at {total}.",
            f"**Time.** For the same training minidl takes {_ratio(found):.2f} of `torch.nn`'s CPU time. "
            f"Printed was {_printed_ratio():.2f}.",
        ),
    )


def _functions(_found: Reproduction) -> Sequence[str]:
    return (
        "## Figures 1 and 2: ReLU and Tanh",
        "![ReLU and its derivative](figure1_relu.png)\n![Tanh and its derivative](figure2_tanh.png)",
        "Solid the function, dashed its derivative, as minidl's `forward` and `backward` compute them.",
    )


def _data(found: Reproduction) -> Sequence[str]:
    return (
        "## Figure 3: the data",
        "![Training and test points](figure3_data.png)",
        prose(f"""
{found.samples:,} points to learn from and {found.samples:,} for the test, uniform in the unit square: those of seed
{found.seeds[0]}. Label 1 is inside the disk of radius 1/√(2π) around (0.5, 0.5), which is half of the area.
"""),
    )


def _training(found: Reproduction) -> Sequence[str]:
    curves, network = found.minidl.train_curves[: printed.FIGURE_4_RUNS], found.experiment.network
    runs = f"the first {len(curves)} runs" if len(curves) > 1 else "the first run"
    return (
        "## Table I and Figure 4: training",
        table(table1(found)),
        prose(f"""
The network is the report's: 2 inputs, {network.depth} hidden layers of {network.width} {network.hidden_activation}
units and 2 {network.output_activation} outputs.
"""),
        "![Training error over the epochs](figure4_training_error.png)",
        prose(f"""
minidl's training error in {runs}, before the first epoch and after each; the lowest is {curves.min():.1f} %. It falls
"generally epoch by epoch", as the report says, and not steadily: the steps are long (see below).
"""),
    )


def _table2(found: Reproduction) -> Sequence[str]:
    runs = _runs(found.runs)
    which = f"All {runs}" if found.runs > 1 else "The run"
    if found.runs > found.timed:
        which = f"The first {found.timed} of {runs}; all are in [table2.csv](table2.csv)"
    return (
        "## Table II: comparison with PyTorch",
        table(summary(found)),
        prose(f"""
Times are medians over {_runs(found.timed)} trained one by one; errors are over all {runs}. The printed rows have ten
runs each. *mod {printed.BYTE}* is what the row below it looks like when errors are counted in one byte.
"""),
        prose(f"{which}. Times are wall time, errors in percent; *sum* is `torch.nn` with the sum as its loss:"),
        table(run_by_run(found)),
        "As it was printed:",
        table(printed_table2()),
        "Rows of the two tables are not the same runs: the seeds of the printed ones are not known.",
    )


def _spread(found: Reproduction) -> Sequence[str]:
    return (
        "## Figure 5: how the errors spread",
        "![Histograms of the training and the test error](figure5_distribution.png)",
        prose(f"""
{_runs(found.runs)} of each framework as histograms, and under them the printed values. Hollow triangles are PyTorch's
printed values with {printed.BYTE} misclassified points more: where they stand once an overflow of the byte is undone.
The report has no such figure.
"""),
    )


def _reasons(found: Reproduction) -> Sequence[str]:
    return (
        "## Why our numbers are not the printed ones",
        "### PyTorch's errors were counted in one byte",
        explanations.one_byte(found),
        "### The two frameworks took steps of different length",
        explanations.step_size(found),
        "### Chance and rounding",
        explanations.chance(found),
        "### Time",
        explanations.time(found),
    )


def _sentences(found: Reproduction) -> Sequence[str]:
    ours = found.minidl
    at_most_10 = [_share(each.test <= 10) for each in (ours, found.torch_sum, found.torch_mean)]
    rows = (
        ("The report says", "Here"),
        (
            '"the training error can reach as low as 5% after 10 epochs"',
            f"{_share(ours.train <= 5)} of minidl's runs are at 5 % or below, the best at {ours.train.min():.1f} %",
        ),
        (
            '"the test error is around 5% for the most of the time"',
            f"{_share((ours.test >= 4) & (ours.test <= 6))} of minidl's runs are from 4 to 6 %; "
            f"the median is {_median(ours.test)}",
        ),
        (
            '"both our framework and PyTorch can reach an error rate as low as 10 %"',
            f"on the test points {at_most_10[0]} of minidl's runs are at 10 % or below, {at_most_10[1]} of "
            f"`torch.nn`'s with the sum as loss and {at_most_10[2]} with `MSELoss`",
        ),
        ('"our framework runs a little bit faster than PyTorch"', f"minidl takes {_ratio(found):.2f} of its CPU time"),
    )
    return "## What the report says in words", table(rows, right=False)


def _made_with(found: Reproduction) -> Sequence[str]:
    facts = {**versions(), **machine()}
    together = "; the others many at once, for their errors" if found.runs > found.timed else ""
    return (
        "## How this was made",
        prose(f"""
`visualdl paper --runs {found.runs} --seed {found.seeds[0]}` trained {_runs(found.timed)} one by one, for the
times{together}. The same command finds the same errors on the same machine. All runs with their seeds and all settings
are in [runs.json](runs.json), the tables in [table1.csv](table1.csv) and [table2.csv](table2.csv), and each figure lies
beside this file as SVG, too.
"""),
        table([("", ""), *facts.items()], right=False),
    )


def _median(errors: Sequence[float] | Floats) -> str:
    return f"{Spread.of(errors).median:.1f} %"


def _share(which: np.ndarray) -> str:
    return f"{100 * np.mean(which):.0f} %"


def _ratio(found: Reproduction) -> float:
    """Return minidl's share of torch.nn's CPU time: printed times are CPU time, and other programs move it least."""
    return Spread.of(found.minidl.cpu).median / Spread.of(found.torch_sum.cpu).median


def _printed_ratio() -> float:
    return Spread.of(printed.OWN_FRAMEWORK.time).median / Spread.of(printed.PYTORCH.time).median


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"
