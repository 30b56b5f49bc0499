"""The structure says what the network has."""

import pytest

from tests.visualdl.watched import Watched
from visualdl.experiment.experiment import Experiment
from visualdl.experiment.network_choices import Layer
from visualdl.training.model.topology import linear_names, shapes

MIXED = Experiment(layers=(Layer(3, "Tanh"), Layer(5, "ReLU")))


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(depth=0, batch_norm="Yes"),
        Experiment(depth=2, width=7, dropout=0.5),
        MIXED,
        Experiment(layers=MIXED.layers, batch_norm="Yes", dropout=0.5),
    ],
)
def test_the_shapes_are_those_of_the_experiments_network(experiment):
    weights = Watched(experiment).snapshot().weights
    assert {name: array.shape for name, array in weights.items()} == shapes(experiment)
    assert list(weights) == list(shapes(experiment))


def test_linear_layers_have_their_names_whatever_else_there_is():
    plain = shapes(Experiment())
    assert linear_names(plain) == list(plain)
    assert linear_names(shapes(Experiment(batch_norm="Yes", dropout=0.5))) == list(plain)
