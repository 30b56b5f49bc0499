"""Foreign text in a sentence of ours: on one line, without signs that cannot be printed, and short enough to read."""

LONGEST_VALUE = 80
LONGEST = 300


def one_line(text: str) -> str:
    """Return `text` fit for a label: on one line, without signs that cannot be printed, single spaces between words."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def quoted(value: object) -> str:
    """Return `value` as Python writes it, such as 3 or 'abc', cut where it is long."""
    return cut(repr(value), LONGEST_VALUE)


def sentence(text: str) -> str:
    """Return what a library says of an error as the end of a sentence: on one line, cut if it is long, a full stop."""
    line = one_line(text).replace(". - at ", " - at ")  # where msgspec adds the place to a sentence of ours
    return f"{cut(line, LONGEST).rstrip('.')}."


def cut(text: str, longest: int) -> str:
    """Return `text`, its end left out if it has more than `longest` signs."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
