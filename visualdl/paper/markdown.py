"""Markdown from text: paragraphs whose lines are filled, lists, and tables."""

import textwrap
from collections.abc import Sequence

WIDTH = 120  # characters


def prose(text: str) -> str:
    """Return `text` with the lines of each of its paragraphs filled; an empty line separates them."""
    return "\n\n".join(_filled(paragraph) for paragraph in text.strip().split("\n\n"))


def bullets(*texts: str) -> str:
    """Return a list of these texts."""
    return "\n".join(_filled(f"- {text}", indent="  ") for text in texts)


def table(rows: Sequence[Sequence[str]], *, right: bool = True) -> str:
    """Return rows, the first of them the head, as a table; `right` puts all columns but the first to the right."""
    head, *body = rows
    rule = [":--", *["--:" if right else ":--"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def _filled(text: str, indent: str = "") -> str:
    words = " ".join(text.split())
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
