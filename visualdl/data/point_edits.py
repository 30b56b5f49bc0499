"""Points put onto the plane by hand, and wiped out again, so that there always is something to learn from."""

from dataclasses import replace

import numpy as np

from visualdl.data.own_data import FEWEST_ROWS, OwnData
from visualdl.data.table import MOST_ROWS


def with_points(data: OwnData, places: np.ndarray, label: int) -> OwnData:
    """Return the data with more points of a class at `places` (points, 2) of the unit square.

    Raises ValueError for more points than there may be.
    """
    if len(data) + len(places) > MOST_ROWS:
        raise ValueError(f"No point was added: there are {len(data):,}, and at most {MOST_ROWS:,} are allowed.")
    positions = np.concatenate([data.positions, data.frame.from_square(places)])
    labels = np.concatenate([data.labels, np.full(len(places), label)])
    return replace(data, positions=positions, labels=labels)


def without_points(data: OwnData, places: np.ndarray, radius: float) -> tuple[OwnData, str]:
    """Return the data without the points that lie up to `radius` from one of the `places` (places, 2) of the square.

    Of each class one point stays, and FEWEST_ROWS in all: a sentence says if some stay for that, else it is "".
    """
    in_square, near = data.in_square, np.zeros(len(data), bool)
    for place in places:
        near |= ((in_square - place) ** 2).sum(1) <= radius**2
    wiped = near.copy()
    for label in np.unique(data.labels[wiped]).tolist():
        of_class = data.labels == label
        if wiped[of_class].all():
            wiped[np.flatnonzero(of_class)[0]] = False
    missing = FEWEST_ROWS - (len(data) - int(wiped.sum()))
    wiped[np.flatnonzero(wiped)[: max(missing, 0)]] = False
    sentence = ""
    if wiped.sum() < near.sum():
        sentence = f"Training needs a point of each class, and {FEWEST_ROWS} in all: the last ones stay."
    if not wiped.any():
        return data, sentence
    return replace(data, positions=data.positions[~wiped], labels=data.labels[~wiped]), sentence
