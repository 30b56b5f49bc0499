"""Edits of single weights, that can be undone: typed or stepped, while training goes on or not."""

from collections.abc import Callable

from visualdl.gui.editing.edit_history import Edit, EditHistory
from visualdl.training.values.parameter_index import ParameterIndex

SetNumber = Callable[[ParameterIndex, float], None]


class WeightEdits:
    """The edits of one network's numbers, in a `history`. `set_number` is called with each new value.

    Undoing sets the number to what it was before the edit, however far training has taken it since. Steps of one
    number that follow each other are one edit.
    """

    def __init__(self, set_number: SetNumber, history: EditHistory) -> None:
        self._set_number, self._history = set_number, history

    def edit(self, place: ParameterIndex, before: float, after: float, stepped: bool = False) -> None:
        """Set the number at a place to `after`, so that undoing sets it to `before`."""
        self._history.make(_Edit(place, before, after, self._set_number, stepped))

    def clear(self) -> None:
        """Forget all edits: another network has begun."""
        self._history.forget(_Edit)


class _Edit:
    def __init__(
        self, place: ParameterIndex, before: float, after: float, set_number: SetNumber, stepped: bool
    ) -> None:
        self.name = f"{place.kind} edit"
        self.place, self.after, self.stepped = place, after, stepped
        self._before, self._set_number = before, set_number

    def make(self) -> None:
        self._set_number(self.place, self.after)

    def undo(self) -> None:
        self._set_number(self.place, self._before)

    def takes_in(self, later: Edit) -> bool:
        """A later step of the same number."""
        if not (isinstance(later, _Edit) and later.place == self.place and self.stepped and later.stepped):
            return False
        self.after = later.after
        return True
