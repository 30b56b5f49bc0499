"""How a typed number is read, the same in every box: a comma is a point, and what is no number is None."""

import re

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
SIGNS_OF_A_NUMBER = frozenset("+-.,e")


def number_from_text(text: str) -> float | None:
    """Return the number that the whole of `text` writes, or None."""
    plain = text.strip().replace(",", ".")
    return float(plain) if NUMBER.fullmatch(plain) else None


def may_be_typed(text: str, also: str = "") -> bool:
    """Say whether `text` has only characters that a number is written with, in any order, or those of `also`.

    The order is judged when the number is committed: a box that swallows a key makes another number of the rest.
    """
    return all(sign.isdecimal() or sign in SIGNS_OF_A_NUMBER or sign in also for sign in text.strip().lower())
