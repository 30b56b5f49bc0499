"""What own points must be for a network to learn from them: neither too few nor too many, and some of each class."""

from visualdl.data.own_data import FEWEST_ROWS, OwnData
from visualdl.data.table import MOST_ROWS, shown
from visualdl.data_choices import OWN
from visualdl.sentences import quoted


def expect_learnable(dataset: str, own: OwnData | None) -> None:
    """Raise ValueError, in one sentence, unless there are own points where the data set needs them, and good ones."""
    if dataset != OWN and own is not None:
        raise ValueError(f"Own points belong to the dataset {OWN}, not to {quoted(dataset)}.")
    if dataset != OWN:
        return
    if own is None:
        raise ValueError(f"The dataset {OWN} needs points: import them, or edit those of another data set.")
    if not FEWEST_ROWS <= len(own) <= MOST_ROWS:
        raise ValueError(f"Own data must have {FEWEST_ROWS} to {MOST_ROWS:,} points, not {len(own):,}.")
    for name, count in zip(own.classes, own.counts, strict=True):
        if count == 0:
            raise ValueError(f"Own data must have a point of each class, and has none of {shown(name)}.")
