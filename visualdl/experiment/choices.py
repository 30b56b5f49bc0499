"""What a choice may be: a number within a range, or one of some names, with its label, unit and help."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from visualdl.sentences import quoted

Reason = Callable[[Any], str]
"""Says of an Experiment why a choice has no effect in it, in a sentence; "" if it has one."""


def always_acts(_experiment: Any) -> str:
    """The reason of a choice that has an effect whatever the others are: none."""
    return ""


@dataclass(frozen=True)
class Range:
    """A number from `minimum` to `maximum`, both included.

    `integer` numbers have no fraction; `logarithmic` ones are picked by their ratio rather than by their difference.
    `idle` says of an experiment why the number has no effect in it.
    """

    label: str
    minimum: float
    maximum: float
    help: str
    unit: str = ""
    integer: bool = False
    logarithmic: bool = False
    idle: Reason = always_acts

    def allowed(self) -> str:
        """Say in words which values are allowed."""
        kind = "a whole number" if self.integer else "a number"
        return f"{kind} from {self.minimum:g} to {self.maximum:g}"

    def check(self, value: object) -> None:
        """Raise ValueError, naming the value and the range, unless `value` is allowed."""
        is_number = isinstance(value, int if self.integer else (int, float)) and not isinstance(value, bool)
        if not (is_number and self.minimum <= value <= self.maximum):  # type: ignore[operator]
            raise ValueError(f"{self.label} must be {self.allowed()}, not {quoted(value)}.")

    def parse(self, text: str) -> int | float:
        """Return the number that `text` writes; raise ValueError, naming text and range, if it is not allowed."""
        try:
            value = int(text) if self.integer else float(text)
        except ValueError:
            raise ValueError(f"{self.label} must be {self.allowed()}, not {quoted(text)}.") from None
        self.check(value)
        return value


@dataclass(frozen=True)
class Names:
    """One of some plain names; `idle` says of an experiment why it has no effect in it."""

    label: str
    names: tuple[str, ...]
    help: str
    idle: Reason = always_acts

    def allowed(self) -> str:
        """Say in words which values are allowed."""
        return "one of " + ", ".join(self.names)

    def check(self, value: object) -> None:
        """Raise ValueError, naming the value and the names, unless `value` is one of them."""
        if value not in self.names:
            raise ValueError(f"{self.label} must be {self.allowed()}, not {quoted(value)}.")

    def parse(self, text: str) -> str:
        """Return the name that `text` writes in any case of letters; raise ValueError if it is none of them."""
        for name in self.names:
            if name.casefold() == text.casefold():
                return name
        raise ValueError(f"{self.label} must be {self.allowed()}, not {quoted(text)}.")


def chosen(default: Any, choice: Range | Names) -> Any:
    """Return the field of a `Choices` that may be what `choice` allows."""
    return field(default=default, metadata={"choice": choice})


@dataclass(frozen=True)
class Choices:
    """Choices that belong together; raises ValueError, naming value and what is allowed, for one that may not be."""

    def __post_init__(self) -> None:
        for entry in fields(self):
            if "choice" in entry.metadata:
                entry.metadata["choice"].check(getattr(self, entry.name))


def choices_of(kind: type[Choices]) -> dict[str, Range | Names]:
    """Return what each field may be, by name."""
    return {entry.name: entry.metadata["choice"] for entry in fields(kind) if "choice" in entry.metadata}
