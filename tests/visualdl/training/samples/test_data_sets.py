"""Data sets by name: each is the function that it says, and takes what it says."""

import pytest
import torch

from minidl import datasets
from visualdl.experiment.data_choices import DATA_SETS
from visualdl.training.samples.data_sets import draw_data


def seeded():
    return torch.Generator().manual_seed(0)


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_name_draws_its_data_set_with_as_many_classes_as_it_says(name):
    data_set = DATA_SETS[name]
    assert data_set.name == name
    assert data_set.drawn_by == name.lower().replace("-", "_")
    for classes in range(2, data_set.most_classes + 1):
        points, labels = draw_data(name, 300, classes, 0.1, seeded())
        assert points.shape == (300, 2)
        assert labels.unique().tolist() == list(range(classes))


def test_no_data_set_of_minidl_is_missing():
    functions = {name for name in datasets.__all__ if name.islower()}
    assert {data_set.drawn_by for data_set in DATA_SETS.values()} == functions


def test_a_regression_has_values_and_takes_any_number_of_classes():
    names = {name for name, data_set in DATA_SETS.items() if data_set.is_regression}
    assert names == {"Plane", "Multi-Gaussian"}
    for name in names:
        values = [draw_data(name, 10, classes, 0.1, seeded())[1] for classes in (2, 5)]
        assert values[0].dtype == torch.float32
        assert torch.equal(*values)


def test_noise_and_chance_reach_the_data_set():
    points, labels = draw_data("Moons", 40, 2, 0.2, seeded())
    expected_points, expected_labels = datasets.moons(40, seeded(), noise=0.2)
    assert torch.equal(points, expected_points)
    assert torch.equal(labels, expected_labels)


@pytest.mark.parametrize(
    ("name", "samples", "classes", "noise", "message"),
    [
        ("Swiss roll", 10, 2, 0, "Dataset must be one of Disk, Circle, .*, Multi-Gaussian, not 'Swiss roll'."),
        ("Moons", 10, 3, 0, "Moons has 2 classes, not 3."),
        ("Rings", 10, 7, 0, "A data set needs from 2 to 6 classes, not 7."),
        ("Disk", -1, 2, 0, "A data set needs a sample count that is a whole number of at least 0, not -1."),
        ("Plane", 10, 2, 0.6, "A data set needs noise from 0 to 0.5, not 0.6."),
    ],
)
def test_bad_values_raise_a_sentence(name, samples, classes, noise, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        draw_data(name, samples, classes, noise, seeded())
