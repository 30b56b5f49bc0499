"""A task: how many outputs it takes, what its choices bring each other, and what cannot be."""

import itertools

import pytest

from visualdl.experiment.data_choices import DATA_SETS
from visualdl.experiment.experiment import CHOICES, Experiment
from visualdl.experiment.task import BINARY, LOSS, SOFTMAX, SQUARED, Task, implied_changes_sentence

SPIRAL = Experiment(dataset="Spiral")


@pytest.mark.parametrize(
    ("task", "names", "outputs"),
    [
        (Task("Disk", 2, SQUARED), ("outside", "inside"), ("outside", "inside")),
        (Task("Disk", 5, BINARY), ("outside", "inside"), ("inside",)),
        (Task("XOR", 3, SOFTMAX), ("orange", "blue"), ("orange", "blue")),
        (Task("Rings", 2, BINARY), ("orange", "blue"), ("blue",)),
        (Task("Rings", 4, SOFTMAX), ("orange", "blue", "green", "pink"), ("orange", "blue", "green", "pink")),
        (Task("Plane", 4, SQUARED), (), ("value",)),
    ],
)
def test_outputs_speak_for_the_classes_or_the_value(task, names, outputs):
    task.check()
    assert (task.class_names, task.output_names, task.outputs) == (names, outputs, len(outputs))
    assert task.is_regression is (names == ())


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"dataset": "Plane", "loss": BINARY},
            "Plane has values, not classes: its loss must be Mean squared error, not",
        ),
        ({"dataset": "Multi-Gaussian", "loss": SOFTMAX}, "Multi-Gaussian has values, not classes"),
        ({"dataset": "Rings", "classes": 3, "loss": BINARY}, "Binary cross-entropy tells 2 classes apart, not 3: "),
    ],
)
def test_a_loss_that_cannot_measure_the_data_is_refused_in_a_sentence(choices, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        Experiment(**choices)


@pytest.mark.parametrize(
    ("before", "name", "value", "expected"),
    [
        (SPIRAL, "loss", BINARY, (2, BINARY, "Identity")),
        (SPIRAL, "loss", SOFTMAX, (2, SOFTMAX, "Identity")),
        (SPIRAL.choose("loss", BINARY), "loss", SQUARED, (2, SQUARED, "Tanh")),
        (SPIRAL.choose("loss", BINARY), "classes", 4, (4, SOFTMAX, "Identity")),
        (SPIRAL.choose("classes", 4), "loss", BINARY, (2, BINARY, "Identity")),
        (SPIRAL.choose("classes", 4), "dataset", "Plane", (4, SQUARED, "Identity")),
        (SPIRAL.choose("classes", 4), "dataset", "Disk", (4, SQUARED, "Tanh")),
        (Experiment(dataset="Moons", loss=BINARY, classes=5), "dataset", "Rings", (5, SOFTMAX, "Tanh")),
        (SPIRAL.choose("loss", SOFTMAX), "dataset", "Plane", (2, SQUARED, "Identity")),
        (Experiment().choose("dataset", "Plane"), "dataset", "Multi-Gaussian", (2, SQUARED, "Identity")),
        (Experiment().choose("dataset", "Plane"), "dataset", "XOR", (2, SQUARED, "Tanh")),
        (Experiment(output_activation="Sigmoid"), "dataset", "XOR", (2, SQUARED, "Sigmoid")),
    ],
)
def test_a_choice_brings_what_suits_it(before, name, value, expected):
    chosen = before.choose(name, value)
    assert getattr(chosen, name) == value
    classes, loss, activation = expected
    if expected[2] == "Tanh" and before.loss == BINARY:
        activation = "Tanh" if loss == SQUARED else chosen.output_activation
    assert (chosen.classes, chosen.loss, chosen.output_activation) == (classes, loss, activation)


def test_no_data_set_and_no_number_of_classes_can_be_chosen_in_vain():
    for dataset, classes, loss in itertools.product(DATA_SETS, (2, 6), LOSS.names):
        try:
            experiment = Experiment(dataset=dataset, classes=classes, loss=loss)
        except ValueError:
            continue
        for name in ("dataset", "classes"):
            for value in DATA_SETS if name == "dataset" else (2, 3, 6):
                assert getattr(experiment.choose(name, value), name) == value


@pytest.mark.parametrize(
    ("before", "name", "value", "sentence"),
    [
        (
            SPIRAL.choose("classes", 4),
            "loss",
            BINARY,
            f"{BINARY} tells 2 classes apart: the data has 2 now, instead of 4.",
        ),
        (SPIRAL.choose("loss", BINARY), "classes", 4, f"{BINARY} is not for 4 classes: {SOFTMAX} has taken its place."),
        (
            SPIRAL.choose("loss", SOFTMAX),
            "dataset",
            "Plane",
            f"{SOFTMAX} is not for values: {SQUARED} has taken its place.",
        ),
        (SPIRAL, "loss", SOFTMAX, ""),
        (SPIRAL, "dataset", "Disk", ""),
        (SPIRAL, "classes", 5, ""),
    ],
)
def test_what_a_choice_changes_that_nobody_would_expect_is_said(before, name, value, sentence):
    assert implied_changes_sentence(before.task, before.choose(name, value).task, name, value) == sentence


@pytest.mark.parametrize("name", ["dataset", "classes", "loss"])
def test_a_value_that_is_none_is_refused_before_it_brings_anything(name):
    with pytest.raises(ValueError, match=f"^{CHOICES[name].label} must be"):
        Experiment().choose(name, "Cube")


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        (SPIRAL, SPIRAL.choose("classes", 3), True),
        (SPIRAL.choose("classes", 3), Experiment(dataset="Rings", classes=3), False),
        (Experiment(), Experiment(classes=3), False),
        (SPIRAL, Experiment(dataset="Plane"), True),
        (Experiment(output_activation="Identity", loss=BINARY), Experiment(dataset="Plane"), True),
    ],
)
def test_another_number_of_outputs_or_values_instead_of_classes_need_a_new_network(before, after, anew):
    assert after.needs_new_network(before) is before.needs_new_network(after) is anew


def test_the_loss_says_what_the_outputs_become():
    sentences = {
        Task("Disk", 2, SQUARED).sentence: "2 outputs learn +1",
        Task("Disk", 2, BINARY).sentence: "one output learns the logit of “inside”",
        Task("Spiral", 4, SOFTMAX).sentence: "4 outputs learn the logits",
        Task("Plane", 2, SQUARED).sentence: "one output learns the value",
    }
    for sentence, part in sentences.items():
        assert part in sentence
