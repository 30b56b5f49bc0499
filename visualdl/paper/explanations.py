"""Why our numbers are not the printed ones: each reason in plain sentences, with what was found as its proof."""

import numpy as np

from visualdl.paper.markdown import prose
from visualdl.paper.printed import BYTE, OWN_FRAMEWORK, PYTORCH
from visualdl.paper.results import Outcome, Reproduction
from visualdl.paper.spread import Spread, chance_distance, distance, likely_medians

ENOUGH = 30  # runs, from which on a distribution can be judged
TEN = len(OWN_FRAMEWORK.train)


def one_byte(found: Reproduction) -> str:
    """Say where PyTorch's printed errors come from."""
    mean, samples, seed = found.torch_mean, found.samples, found.seeds[0]
    wrong = round(mean.train[0] * samples / 100)
    would_be = f"{100 * (wrong % BYTE) / samples:.1f} %"
    largest, shift = max(*PYTORCH.train, *PYTORCH.test), 100 * BYTE / samples
    train, test = (f"{Spread.of(errors).median + shift:.1f} %" for errors in (PYTORCH.train, PYTORCH.test))
    low, high = min(PYTORCH.train) + shift, max(PYTORCH.train) + shift
    close = 100 * np.mean((mean.train >= low) & (mean.train <= high))
    return prose(f"""
The report counted errors by summing the result of a comparison. In torch 0.3, of that time, such a result was a
`ByteTensor`, and so was its sum: it counts from 0 to {BYTE - 1} and then starts again from 0. Here `torch.nn` with
`MSELoss` misclassifies {wrong} of {samples:,} training points in the run with seed {seed}. In one byte that is
{wrong % BYTE}, and would have been printed as {would_be}.

No error that was counted so can be above 25.5 %, and no printed one of PyTorch's is above {largest:.1f} %. Give each
the {BYTE} errors back that one overflow takes, {shift:.1f} points: then the printed medians become {train} on the
training points and {test} on the test points. Here `torch.nn` with the same loss at the same learning rate is at
{_pair(mean)}. The errors of the authors' own framework were below 25.6 %, where a byte counts correctly.

One thing stays open. Undone in this way, PyTorch's printed training errors all lie between {low:.1f} and {high:.1f} %.
Of our runs {close:.0f} % do; the others reach so far up and down that their remainders lie anywhere in the byte. This
is why the row *mod {BYTE}* has another median than the printed row. Runs with the same initial weights that differ in
the order of their batches alone do end within 2 to 5 points of each other (30 runs from each of four starts, tried
once). The report does not say how its runs were seeded.
""")


def step_size(found: Reproduction) -> str:
    """Say why torch.nn with its own loss learns so slowly."""
    batch, rate = found.experiment.training.batch_size, found.experiment.training.learning_rate
    mean, total, ours = map(_pair, (found.torch_mean, found.torch_sum, found.minidl))
    return prose(f"""
The report states the loss as a mean, L = 1/N Σ (Y − Y\\*)², but its gradient as 2 (Y − Y\\*), which is that of the sum.
PyTorch's `MSELoss` is the mean over all elements, {batch} samples times 2 outputs; its gradient is {2 * batch} times
smaller. At the same learning rate of {rate:g} the two frameworks therefore did not solve the same task: PyTorch's steps
were {2 * batch} times shorter. In minidl a loss's gradient is the exact derivative of its value, and the report's
experiment is `LossMSE("sum")`. With the sum as its loss, `torch.nn` does solve the same task: its errors go from {mean}
to {total}, where minidl is at {ours}.
""")


def chance(found: Reproduction) -> str:
    """Say how far single runs can be compared at all."""
    apart = np.abs(found.minidl.train - found.torch_sum.train)
    typical = f"{np.median(apart):.1f} points apart"
    if found.runs > 1:
        typical += f" in the median of all runs, and up to {apart.max():.1f}"
    text = f"""
With steps as long as these, training is chaotic: after some three epochs a difference in the last digit of a number has
grown to points of error. minidl and `torch.nn` with the sum as loss start from the same weights, see the same batches
and differ in rounding alone; yet after {found.epochs} epochs their training errors are {typical}. So a single run
proves nothing, neither here nor in the printed table: what can be compared is how the errors of many runs spread.
"""
    if found.runs >= ENOUGH:
        return prose(f"{text}\n{_compared(found)}")
    return prose(f"""{text}
That needs more than {found.runs} {"run" if found.runs == 1 else "runs"}, `--runs 500` for example. In an earlier
measurement with 500 seeds minidl's training error was 6.5 % [4.8, 9.2] and its test error 6.9 % [5.2, 9.5],
as median and quartiles.
""")


def time(found: Reproduction) -> str:
    """Say what the printed times are, and what ours."""
    ours, mean, total = (Spread.of(each.cpu).median for each in (found.minidl, found.torch_mean, found.torch_sum))
    own, torch = (Spread.of(column.time).median for column in (OWN_FRAMEWORK, PYTORCH))
    measured = "one run" if found.timed == 1 else f"{found.timed} runs, as a median"
    return prose(f"""
The printed times are of another machine, in 2018; where the authors' log survives, it is CPU time, not wall time. Only
their ratio can be compared. The authors' framework took {own:g} ms and PyTorch {torch:g} ms: {own / torch:.2f} of it.
Here minidl takes {ours:.1f} ms of CPU time and `torch.nn` {total:.1f} ms with the sum as loss: {ours / total:.2f} of
it, and {mean:.1f} ms with the mean. That is {measured}, of the training loop alone: all {found.epochs} epochs with
their shuffling, but without what is evaluated between them. The frameworks take turns in one process, on one thread.
""")


def _compared(found: Reproduction) -> str:
    apart, by_chance = distance(found.minidl.test, found.torch_sum.test), chance_distance(found.runs)
    verdict = "the two spread alike" if apart <= by_chance else "the two do not quite spread alike"
    train, test = _judged(found.minidl.train, OWN_FRAMEWORK.train), _judged(found.minidl.test, OWN_FRAMEWORK.test)
    return f"""
How minidl's and `torch.nn`'s test errors spread differs by {apart:.3f} (Kolmogorov and Smirnov's distance, where chance
alone stays below {by_chance:.3f} in 95 of 100 cases): {verdict}. And ten runs, as the report has them, drawn from ours:
in 95 of 100 draws their median training error is {train}, and their median test error is {test}.
"""


def _judged(ours: np.ndarray, theirs: tuple[float, ...]) -> str:
    low, high = likely_medians(ours, TEN)
    median = Spread.of(theirs).median
    place = "within" if low <= median <= high else "outside"
    return f"from {low:.1f} to {high:.1f} % (the printed {median:.1f} % is {place})"


def _pair(outcome: Outcome) -> str:
    return f"{Spread.of(outcome.train).median:.1f} % and {Spread.of(outcome.test).median:.1f} %"
