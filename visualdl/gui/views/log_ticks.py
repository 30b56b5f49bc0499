"""Where a logarithmic axis has its numbers: at round ones that are far enough from each other, however it is zoomed."""

import math
from itertools import pairwise

STEPS = ((1, 2, 5), (1, 3), (1,))  # of each power of ten, from the closest together
ENOUGH = 3  # numbers in sight
MOST = 10  # even steps


def log_ticks(low: float, high: float, gap: float) -> list[float]:
    """Return the exponents of round numbers from about `low` to `high`, exponents too, at least `gap` apart.

    They are one, two or three of each power of ten, or every second, third ... power; where few of these are
    in sight, even steps between the numbers themselves, if there is room for two.
    """
    found = next((ticks for steps in STEPS if _fits(ticks := _of_each_power(low, high, steps), gap)), None)
    if found is None:
        stride = math.ceil(gap)
        found = [float(power) for power in range(math.floor(low / stride) * stride, math.ceil(high) + 1, stride)]
    if sum(low <= tick <= high for tick in found) >= ENOUGH:
        return found
    return next((ticks for ticks in _even_steps(low, high) if _fits(ticks, gap)), found)


def _of_each_power(low: float, high: float, steps: tuple[int, ...]) -> list[float]:
    powers = range(math.floor(low), math.ceil(high) + 1)
    return [power + math.log10(step) for power in powers for step in steps]


def _even_steps(low: float, high: float) -> list[list[float]]:
    """Return the exponents of ever fewer numbers, at least two, that are even steps apart."""
    least, largest = 10.0**low, 10.0**high
    finest = math.floor(math.log10((largest - least) / MOST)) if largest > least else 0
    found = []
    for step in (digit * 10.0**power for power in range(finest, finest + 3) for digit in (1, 2, 5)):
        numbers = range(math.ceil(least / step - 1e-9), math.floor(largest / step + 1e-9) + 1)
        if 2 <= len(numbers) <= MOST:
            found.append([math.log10(number * step) for number in numbers if number > 0])
    return found


def _fits(ticks: list[float], gap: float) -> bool:
    return all(after - before >= gap for before, after in pairwise(ticks))
