"""How a neuron's value is written: with three digits that count."""

import math


def three_digits(value: float, sign: str = "-") -> str:
    """Write a neuron's value with three digits that count, zeros too: 1.80, 0.0123, 123, 1.80e-05, and 0 as 0.00.

    `sign` is "+" to write it before positive ones as well.
    """
    if value == 0 or not math.isfinite(value):
        return f"{value:{sign}.2f}"
    mantissa, exponent = f"{value:{sign}.2e}".split("e")
    if -3 <= int(exponent) <= 2:
        return f"{value:{sign}.{2 - int(exponent)}f}"
    return f"{mantissa}e{exponent}"
