"""Where a logarithmic axis has its numbers: at round ones that are far enough from each other, however it is zoomed."""

import math
from itertools import pairwise

STEPS = ((1, 2, 5), (1, 3), (1,))  # of each power of ten, from the closest together
ENOUGH = 3  # numbers in sight
MOST = 10  # even steps


def log_ticks(low: float, high: float, gap: float) -> list[float]:
    """Return the exponents of round numbers from about `low` to `high`, exponents too, at least `gap` apart.

    They are three, two or one of each power of ten, or every second, third ... power; where few of these are in sight,
    even steps between the numbers themselves, if those are more. Wherever there is room for a number, there is one.
    """
    stride = max(1, math.ceil(gap))
    powers = range(math.floor(low / stride) * stride, math.ceil(high) + 1, stride)
    choices = [ticks for steps in STEPS if _fits(ticks := _of_each_power(low, high, steps), gap)]
    best = max([*choices, [float(power) for power in powers]], key=lambda ticks: _in_sight(ticks, low, high))
    if _in_sight(best, low, high) < ENOUGH:
        best = max(best, _even_steps(low, high, gap), key=lambda ticks: _in_sight(ticks, low, high))
    return best


def _in_sight(ticks: list[float], low: float, high: float) -> int:
    return sum(low <= tick <= high for tick in ticks)


def _of_each_power(low: float, high: float, steps: tuple[int, ...]) -> list[float]:
    powers = range(math.floor(low), math.ceil(high) + 1)
    return [power + math.log10(step) for power in powers for step in steps]


def _even_steps(low: float, high: float, gap: float) -> list[float]:
    """Return the exponents of numbers that are even steps apart: of the smallest steps for which there is room."""
    least, largest = 10.0**low, 10.0**high
    finest = math.floor(math.log10((largest - least) / MOST)) if largest > least else 0
    ticks: list[float] = []
    for step in (digit * 10.0**power for power in range(finest, finest + 4) for digit in (1, 2, 5)):
        numbers = range(math.ceil(least / step - 1e-9), math.floor(largest / step + 1e-9) + 1)
        if not 1 <= len(numbers) <= MOST:
            continue
        ticks = [math.log10(number * step) for number in numbers if number > 0]
        if _fits(ticks, gap):
            break
    return ticks if _fits(ticks, gap) else ticks[:1]


def _fits(ticks: list[float], gap: float) -> bool:
    return all(after - before >= gap for before, after in pairwise(ticks))
