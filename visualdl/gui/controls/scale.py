"""A scale lays a range along a slider and says which round numbers lie on it."""

import math

from visualdl.experiment.choices import Range

ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Ten round numbers a decade, each about 1.26 times the one before: ten steps up multiply by ten."""


class Scale:
    """The slider positions 0 to `LENGTH` for a range: by ratio if it is logarithmic, else by difference."""

    LENGTH = 1000

    def __init__(self, choice: Range) -> None:
        self.choice = choice
        self._start, self._end = self._along(choice.minimum), self._along(choice.maximum)

    def position(self, value: float) -> int:
        """Return the slider position next to `value`."""
        return round((self._along(value) - self._start) / (self._end - self._start) * self.LENGTH)

    def number_at(self, position: int) -> float:
        """Return the round number next to a slider position; a whole one for an integer range."""
        along = self._start + position / self.LENGTH * (self._end - self._start)
        return self._bounded(self._rounded(10**along if self.choice.logarithmic else along))

    def stepped(self, value: float, steps: int) -> float:
        """Return the number `steps` steps from `value`: whole numbers count, others go from round one to round one."""
        if self.choice.integer:
            return self._bounded(value + steps)
        index = self._index(value)
        whole = round(index)
        if math.isclose(index, whole, abs_tol=1e-9):
            return self._bounded(self._round_number(whole + steps))
        # From between two round numbers the first step goes to the neighbour.
        return self._bounded(self._round_number(math.floor(index) + steps if steps > 0 else math.ceil(index) + steps))

    def _along(self, value: float) -> float:
        return math.log10(value) if self.choice.logarithmic else value

    def _bounded(self, value: float) -> float:
        bounded = min(max(value, self.choice.minimum), self.choice.maximum)
        return int(bounded) if self.choice.integer else float(bounded)

    def _rounded(self, value: float) -> float:
        if not self.choice.integer:
            return self._round_number(round(self._index(value)))
        return round(float(f"{value:.2g}")) if self.choice.logarithmic else round(value)

    def _index(self, value: float) -> float:
        """Return the index of a round number; for other values, how far they lie between two of them."""
        if not self.choice.logarithmic:
            return value / self._linear_step()
        decade = math.floor(math.log10(value) + 1e-12)
        mantissa = value / 10.0**decade
        below = max((i for i, number in enumerate(ROUND) if number <= mantissa * (1 + 1e-12)), default=0)
        low, high = (*ROUND, 10)[below : below + 2]
        return 10 * decade + below + math.log(mantissa / low) / math.log(high / low)

    def _round_number(self, index: int) -> float:
        if not self.choice.logarithmic:
            # Through text, so that 3 steps of 0.1 are 0.3 and not 0.30000000000000004.
            return float(f"{index * self._linear_step():.12g}")
        decade, within = divmod(index, 10)
        return float(f"{ROUND[within]}e{decade}")

    def _linear_step(self) -> float:
        return 10.0 ** round(math.log10(self.choice.maximum - self.choice.minimum) - 2)
