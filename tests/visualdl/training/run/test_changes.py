"""Changes are said as a user would say them, and layers are followed through them."""

import pytest

from visualdl.experiment.experiment import Experiment, Layer
from visualdl.training.model.layer_matching import origins_of
from visualdl.training.run.changes import changes_of


def layers(text):
    """Read "4R 3T" as a ReLU layer of 4 neurons and a Tanh layer of 3."""
    return tuple(Layer(int(word[:-1]), {"R": "ReLU", "T": "Tanh"}[word[-1]]) for word in text.split())


@pytest.mark.parametrize(
    ("old", "new", "origins"),
    [
        ("", "", ()),
        ("4R 4R", "4R 4R", (0, 1)),
        ("4R 4R 4R", "9R 9R 9R", (0, 1, 2)),
        ("4R 5R", "5R 5R", (0, 1)),
        ("4R 5R", "4T 5R", (0, 1)),
        ("4R 4R", "4R 4R 4R", (0, 1, None)),
        ("", "4R 4R", (None, None)),
        ("4R 5R", "4R 8T 5R", (0, None, 1)),
        ("4R 5R", "8T 4R 5R", (None, 0, 1)),
        ("4R 5R", "8T 4R 5R 6R", (None, 0, 1, None)),
        ("4R 5R 6R", "4R 6R", (0, 2)),
        ("4R 5R 6R", "5R 6R", (1, 2)),
        ("4R 4R 4R", "4R", (0,)),
        ("4R 5R 6R", "", ()),
        ("4R 5R 6R", "6R 4R 5R", (2, 0, 1)),
        ("4R 4R 6R", "4R 6R 4R", (0, 2, 1)),
    ],
)
def test_layers_are_followed(old, new, origins):
    assert origins_of(layers(old), layers(new)) == origins


def said(old, new):
    return [" ".join(filter(None, change)) for change in changes_of(old, new)]


def test_what_the_sliders_change_is_said_by_their_names():
    assert said(Experiment(), Experiment(width=30)) == ["Width 25 30"]
    assert said(Experiment(), Experiment(depth=4)) == ["Depth 3 4"]
    assert said(Experiment(), Experiment(hidden_activation="Tanh", learning_rate=0.5, output_activation="ReLU")) == [
        "Hidden activation ReLU Tanh",
        "Output activation Tanh ReLU",
        "Learning rate 0.01 0.5",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("4R 5R", "4R 8T 5R", ["Layer 2 added"]),
        ("4R 5R 6R", "4R 6R", ["Layer 2 removed"]),
        ("4R 5R", "4R 9R", ["Layer 2: width 5 9"]),
        ("4R 5R", "4R 5T", ["Layer 2: ReLU Tanh"]),
        ("4R 5R", "5R 4R", ["Layers reordered"]),
        ("4R 4R", "4R 5R", ["Layer 2: width 4 5"]),
    ],
)
def test_what_changes_in_single_layers_is_said_by_their_numbers(old, new, expected):
    start = Experiment(width=4, depth=2)
    assert said(start.with_hidden(layers(old)), start.with_hidden(layers(new))) == expected


def test_what_means_nothing_without_hidden_layers_is_not_said():
    assert said(Experiment(depth=0), Experiment(depth=0, width=99, hidden_activation="Tanh")) == []
