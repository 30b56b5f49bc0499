"""The structure of an experiment's network: where in it the numbers of each layer stand, by their names and shapes.

Linear layers stand at the even places, so that layer k has the weights "2k.weight" and the biases "2k.bias" whatever
else is chosen. What makes a layer's sums into its values stands at the odd place behind it: the activation, or, in a
row of their own, normalisation, activation and dropout.
"""

from collections.abc import Iterable
from itertools import pairwise

from visualdl.experiment.experiment import Experiment

LINEAR = ("weight", "bias")
NORMALIZATION = ("scale", "shift", "running_mean", "running_variance")


def names_by_layer(experiment: Experiment) -> list[list[str]]:
    """Return for each layer of the experiment's network the names of its tensors.

    They are its weights, then what each of its neurons has one number of, the biases first.
    """
    found = []
    for layer in range(experiment.network.depth + 1):
        names = [f"{2 * layer}.{name}" for name in LINEAR]
        if experiment.network.has_batch_norm and layer < experiment.network.depth:
            names += [f"{2 * layer + 1}.0.{name}" for name in NORMALIZATION]
        found.append(names)
    return found


def shapes(experiment: Experiment) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every tensor of the experiment's network."""
    sizes = [
        len(experiment.network.features),
        *(layer.width for layer in experiment.network.hidden),
        experiment.task.outputs,
    ]
    found: dict[str, tuple[int, ...]] = {}
    for (inputs, outputs), (weight, *others) in zip(pairwise(sizes), names_by_layer(experiment), strict=True):
        found |= {weight: (inputs, outputs), **dict.fromkeys(others, (outputs,))}
    return found


def linear_names(names: Iterable[str]) -> list[str]:
    """Return those of the `names` of a network's tensors that are a linear layer's weights or biases."""
    return [name for name in names if name.count(".") == 1 and name.rpartition(".")[2] in LINEAR]
