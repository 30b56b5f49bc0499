"""Changes are said as a user would say them, and layers are followed through them."""

from dataclasses import replace

import pytest

from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.model.layer_matching import origins_of
from visualdl.training.run.changes import MOST_MARKS, ChangeMarks, changes_of
from visualdl.training.values.events import NumberLocked, NumberSet, event_of
from visualdl.training.values.parameter_index import ParameterIndex


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


def marks_of(*steps):
    """Return the marks of experiments that follow each other: (epoch, choices, whether it goes on) each."""
    experiment = Experiment()
    marks = ChangeMarks(experiment)
    for epoch, choices, continues in steps:
        after = replace(experiment, **choices)
        marks.add(event_of(0, experiment, after, continues=continues), epoch)
        experiment = after
    return [(change.epoch, change.text) for change in marks.all()]


def test_one_drag_of_a_slider_is_one_mark_where_it_began():
    drag = [(5.0, 0.02), (5.2, 0.05), (5.9, 0.1)]
    found = marks_of(*((epoch, {"learning_rate": rate}, True) for epoch, rate in drag))
    assert found == [(5.0, "Learning rate 0.01 → 0.1")]


def test_marks_of_other_choices_and_at_other_times_stand_alone():
    found = marks_of(
        (5.0, {"learning_rate": 0.1}, False), (5.1, {"batch_size": 100}, True), (9.0, {"batch_size": 10}, False)
    )
    assert found == [(5.0, "Learning rate 0.01 → 0.1"), (5.1, "Batch size 50 → 100"), (9.0, "Batch size 100 → 10")]


def test_a_drag_that_comes_back_leaves_no_mark_and_a_change_back_that_is_no_drag_leaves_two():
    for continues, marks in ((True, 0), (False, 2)):
        found = marks_of((5.0, {"learning_rate": 0.1}, False), (5.5, {"learning_rate": 0.01}, continues))
        assert len(found) == marks


def test_a_mark_that_has_no_values_is_said_by_its_label_and_never_taken_back():
    layers = tuple(Layer(width, "ReLU") for width in (4, 5, 6))
    found = marks_of(
        (1.0, {"layers": layers[:2]}, False), (2.0, {"layers": layers}, True), (3.0, {"layers": layers[::-1]}, True)
    )
    assert found[-2:] == [(2.0, "Layer 3 added"), (3.0, "Layers reordered")]


def test_marks_are_bounded_and_the_latest_ones_stay():
    found = marks_of(*((float(number), {"batch_size": 1 + number % 2}, False) for number in range(10 * MOST_MARKS)))
    assert len(found) == MOST_MARKS
    assert found[-1][0] == 10 * MOST_MARKS - 1


def test_a_number_that_is_set_is_a_mark_and_a_lock_is_none():
    marks, bias = ChangeMarks(Experiment()), ParameterIndex("0.bias", (1,))
    marks.add(NumberLocked(3, bias, True), 0.5)
    marks.add(NumberSet(3, bias, 0.25, 0.1), 0.5)
    assert [(change.epoch, change.text) for change in marks.all()] == [(0.5, "Bias 2, layer 1: 0.1 → 0.25")]
